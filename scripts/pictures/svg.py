"""The paper the pictures are drawn on: shapes, colours for light and dark, and words for those who do not see them."""

from __future__ import annotations

from xml.sax.saxutils import escape

WIDTH = 800
MARGIN = 20
# Mean width of a letter in a sans-serif of 12 px; text is given room by it, never cut.
LETTER = 6.3

_LIGHT = {
    "paper": "#ffffff",
    "ink": "#1e2b3c",
    "soft": "#566170",
    "grid": "#d8dee5",
    "window": "#c9ddf5",
    "met": "#17703f",
    "late": "#8a5a00",
    "missed": "#b42318",
    "open": "#1f5fa5",
    "void": "#5c6470",
}
_DARK = {
    "paper": "#14181e",
    "ink": "#e8edf3",
    "soft": "#a9b4c0",
    "grid": "#333c47",
    "window": "#26466a",
    "met": "#62d292",
    "late": "#e9b955",
    "missed": "#ff8f85",
    "open": "#8fc2ff",
    "void": "#adb6c1",
}


class Sheet:
    """A drawing that grows downwards."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def text(
        self, x: float, y: float, words: str, look: str = "ink", anchor: str = "start", *, bold: bool = False
    ) -> None:
        """Words with a rim of paper around them, so that lines behind do not cross them out."""
        weight = ' font-weight="600"' if bold else ""
        anchored = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self._parts.append(
            f'<text class="halo {look}" x="{_n(x)}" y="{_n(y)}"{anchored}{weight}>{escape(words)}</text>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, look: str = "ink", *, width: float = 1.5, dashes: str = ""
    ) -> None:
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._parts.append(
            f'<line class="{look}-line" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
            f' stroke-width="{_n(width)}"{dashed}/>'
        )

    def bar(self, x1: float, x2: float, y: float, height: float, look: str) -> None:
        self._parts.append(
            f'<rect class="{look}" x="{_n(x1)}" y="{_n(y)}" width="{_n(max(x2 - x1, 0))}" height="{_n(height)}" rx="2"/>'
        )

    def ring(self, x: float, y: float, radius: float = 4.5) -> None:
        self._parts.append(
            f'<circle class="paper ink-line" cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" stroke-width="1.5"/>'
        )

    def disc(self, x: float, y: float, look: str = "ink", radius: float = 4.5) -> None:
        self._parts.append(f'<circle class="{look}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"/>')

    def cross(self, x: float, y: float, look: str = "missed", size: float = 4.5) -> None:
        self.line(x - size, y - size, x + size, y + size, look, width=2)
        self.line(x - size, y + size, x + size, y - size, look, width=2)

    def finished(self, height: float, title: str, description: str) -> str:
        """The picture as a file, with what a screen reader reads out."""
        size = f'viewBox="0 0 {WIDTH} {_n(height)}" width="{WIDTH}" height="{_n(height)}"'
        look = 'font-family="system-ui, sans-serif" font-size="12"'
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc" {look}>',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(description)}</desc>',
            f"<style>{_style(_LIGHT)}@media (prefers-color-scheme: dark) {{{_style(_DARK)}}}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{_n(height)}"/>',
            *self._parts,
            "</svg>",
        ]
        return "\n".join(lines) + "\n"


def width_of(words: str) -> float:
    """About how wide a text of the usual size is."""
    return len(words) * LETTER


def _style(colours: dict[str, str]) -> str:
    halo = f".halo{{stroke:{colours['paper']};stroke-width:4px;paint-order:stroke}}"
    return halo + "".join(
        f".{name}{{fill:{colour}}}.{name}-line{{stroke:{colour}}}" for name, colour in colours.items()
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

"""Copies what the pages take from npm packages into `web/design/static/vendor/`, and makes one sprite of the icons.

Only files are taken; nothing of the packages is run. Licences come along.
"""

import re
import shutil
import sys
from pathlib import Path
from xml.sax.saxutils import quoteattr

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
DESIGN = ROOT / "src" / "framdrift" / "web" / "design"
VENDOR = DESIGN / "static" / "vendor"

FILES = {
    "designsystemet/theme.css": "@digdir/designsystemet-css/dist/theme/designsystemet.css",
    "designsystemet/index.css": "@digdir/designsystemet-css/dist/src/index.css",
    "designsystemet/index.js": "@digdir/designsystemet-web/dist/umd/index.js",
    "designsystemet/LICENSE": "@digdir/designsystemet-css/LICENSE",
    "inter/index.css": "@fontsource-variable/inter/wght.css",
    "inter/LICENSE": "@fontsource-variable/inter/LICENSE",
    "axe/axe.min.js": "axe-core/axe.min.js",
    "axe/LICENSE": "axe-core/LICENSE",
}


def main() -> int:
    made = VENDOR.with_name("vendor.new")
    shutil.rmtree(made, ignore_errors=True)
    for name, source in FILES.items():
        _copy(PACKAGES / source, made / name)
    fonts = PACKAGES / "@fontsource-variable" / "inter"
    for font in re.findall(r"url\(\./(files/[\w.-]+)\)", (made / "inter" / "index.css").read_text(encoding="utf-8")):
        _copy(fonts / font, made / "inter" / font)
    sprite = made / "icons" / "sprite.svg"
    sprite.parent.mkdir()
    sprite.write_text(_sprite(_wanted()), encoding="utf-8")
    shutil.rmtree(VENDOR, ignore_errors=True)
    made.rename(VENDOR)
    return 0


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix in {".css", ".js"}:
        # The maps are not taken along, and a storage that hashes file names refuses a file that names a missing one.
        text = source.read_text(encoding="utf-8")
        target.write_text(re.sub(r"(//# |/\*# )sourceMappingURL=\S+( \*/)?\s*$", "", text), encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def _wanted() -> list[str]:
    lines = (DESIGN / "icons.txt").read_text(encoding="utf-8").splitlines()
    return [name for line in lines if (name := line.partition("#")[0].strip())]


def _sprite(names: list[str]) -> str:
    folder = PACKAGES / "@navikt" / "aksel-icons" / "dist" / "svg"
    unknown = [name for name in names if not (folder / f"{name}.svg").exists()]
    if unknown:
        sys.exit(f"{DESIGN / 'icons.txt'} names icons that @navikt/aksel-icons lacks: {', '.join(unknown)}.")
    symbols = [_symbol(name, (folder / f"{name}.svg").read_text(encoding="utf-8")) for name in names]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _symbol(name: str, svg: str) -> str:
    found = re.fullmatch(r"<svg\b([^>]*)>(.*)</svg>", svg.strip(), re.DOTALL)
    box = re.search(r'viewBox="([^"]+)"', found[1]) if found else None
    if not found or not box:
        sys.exit(f"The icon {name} is not the plain SVG that a sprite is made of.")
    return f'<symbol id={quoteattr(name)} viewBox="{box[1]}" fill="none">{found[2].strip()}</symbol>'


if __name__ == "__main__":
    sys.exit(main())

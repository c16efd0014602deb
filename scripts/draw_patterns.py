"""Draws the pictures of docs/standard.md from cases that are really evaluated, so that no picture can lie.

.venv/bin/python scripts/draw_patterns.py
"""

from __future__ import annotations

from pathlib import Path

from pictures import groups, timeline
from pictures.cases import PICTURES

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"


def drawn() -> dict[str, str]:
    """Each picture by the name of its file."""
    return {f"{picture.name}.svg": timeline.draw(picture) for picture in PICTURES} | {
        f"{picture.name}.svg": groups.draw(picture) for picture in groups.PICTURES
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, picture in drawn().items():
        (FOLDER / name).write_text(picture, encoding="utf-8")

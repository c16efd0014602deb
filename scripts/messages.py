"""Compiles translation catalogues (.po) to what gettext reads (.mo), without needing gettext's own programs."""

import sys
from pathlib import Path

import polib

if __name__ == "__main__":
    for catalogue in sys.argv[1:]:
        polib.pofile(catalogue).save_as_mofile(str(Path(catalogue).with_suffix(".mo")))

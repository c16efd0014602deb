"""The scripts that write parts of the docs are imported as they are run: from their own folder."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

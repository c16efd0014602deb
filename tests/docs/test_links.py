"""What the docs point to is there, and what is there they point to."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from framdrift import __version__

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("**/*.md")])
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def links(page):
    return _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8")))


def anchors(page):
    """The names of a page's headings, as the usual readers of Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("told", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_somewhere(told):
    broken = []
    for link in links(told):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (told.parent / path).resolve() if path else told
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


def test_the_index_leads_to_every_page():
    reached, waiting = set(), [DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.is_file() or page.suffix != ".md":
            continue
        reached.add(page)
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in links(page) if ":" not in link]
    assert {page for page in PAGES if page != ROOT / "README.md"} <= reached


def test_a_decision_s_file_has_its_number():
    for page in (DOCS / "adr").glob("*.md"):
        number = re.match(r"# (\d+)\. .+", page.read_text(encoding="utf-8"))[1]
        assert page.name.startswith(f"{int(number):04}-")


def test_every_room_is_told_in_the_architecture():
    told = (DOCS / "architecture.md").read_text(encoding="utf-8")
    source = ROOT / "src" / "framdrift"
    rooms = [
        *(room.parent.relative_to(source) for room in source.glob("*/__init__.py")),
        *(room.parent.relative_to(source) for room in source.glob("casework/*/__init__.py")),
        *(room.parent.relative_to(source) for room in source.glob("web/*/__init__.py")),
    ]
    assert len(rooms) > 15
    assert not {str(room) for room in rooms if f"`{room}/`" not in told}


def test_no_room_is_told_that_is_not_there():
    told = (DOCS / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w/]+)/` \|", told, re.MULTILINE)
    assert not {room for room in rows if not (ROOT / "src" / "framdrift" / room).is_dir()}


def test_files_that_the_docs_name_are_there():
    """`standard/loading.py`, `tests/guards.py`: from the root, from the package, or beside the page's own subject."""
    missing = set()
    for page in [ROOT / "CONTRIBUTING.md", DOCS / "architecture.md", *(DOCS / "adr").glob("000*.md")]:
        for name in re.findall(r"`([\w./-]+\.(?:py|yaml|json))`", page.read_text(encoding="utf-8")):
            if not any(ROOT.glob(f"{start}{name}") for start in ("", "src/framdrift/", "src/framdrift/standard/")):
                missing.add((page.name, name))
    allowed = {"models.py", "actions.py", "queries.py", "examples_in_time.py", "examples_in_order.py", "strategies.py"}
    assert not {(page, name) for page, name in missing if name not in allowed}


def test_commands_that_the_docs_name_exist():
    """`make …` and `framdrift …`, in fenced and indented code as in running text."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    told = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    named = set(re.findall(r"(?:`|^ {4})make ([a-z]+)", told, re.MULTILINE))
    assert named
    assert named <= targets
    commands = set(re.findall(r"(?:`|^ {4}|bin/)framdrift ([a-z]+)", told, re.MULTILINE))
    help_text = subprocess.run(
        [sys.executable, "-m", "framdrift.cli", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert commands
    assert {command for command in commands if not re.search(rf"\b{command}\b", help_text)} == set()


def test_the_version_told_is_the_version_made():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"What will be {__version__.partition('.dev')[0]}" in changes or f"## [{__version__}]" in changes

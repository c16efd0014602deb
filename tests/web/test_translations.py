"""Every Norwegian string of the code has its English, and what a job-seeker reads its nynorsk; with every placeholder.

Each web app keeps the words of its own pages; ``web/locale`` keeps those of the rooms without a catalogue. A string
that several pages share stands in one of them, or in each with the same words.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.utils.translation import override
from django.utils.translation.template import templatize

import framdrift
from framdrift.casework.access.rules import Chosen

PACKAGE = Path(framdrift.__file__).parent
JOBSEEKERS = ("web/design", "web/jobseeker", "web/registration")
"""The rooms whose every string has its nynorsk too, since a job-seeker reads them."""
SHOWN_TO_STAFF = ("gallery.py", "gallery.html", "charts.py")
CALLS = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "gettext_noop"}
PLACEHOLDER = re.compile(r"%\(\w+\)s")
# Texts that Django's own catalogue, or the same word in both languages, takes care of.
MARKED = re.compile(r"(?<!\w)(?:_|gettext|pgettext|ngettext|npgettext)\(")


def marked_in(source: str, name: str) -> Iterator[str]:
    """The source strings of a module, by its calls of gettext."""
    for node in ast.walk(ast.parse(source, name)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if not texts:
                continue
            yield texts[1] if node.func.id.startswith("pgettext") else texts[0]


def marked_in_template(path: Path) -> Iterator[str]:
    """The source strings of a template: Django turns them into calls, between what it blanks out."""
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for call in MARKED.finditer(text):
        expression = StringIO(text[call.start() :]).read()
        end = expression.index(") ") if ") " in expression else expression.rindex(")")
        yield from marked_in(expression[: end + 1].strip(), str(path))


def source_strings(rooms: tuple[str, ...] = ("web", "casework", "site"), without: tuple[str, ...] = ()) -> set[str]:
    found: set[str] = set()
    for room in rooms:
        for path in (PACKAGE / room).rglob("*.py"):
            if path.name not in without:
                found.update(marked_in(path.read_text(encoding="utf-8"), str(path)))
        for path in (PACKAGE / room).rglob("templates/**/*.html"):
            if path.name not in without:
                found.update(marked_in_template(path))
    return found


def catalogues(language: str) -> list[polib.POFile]:
    found = sorted(PACKAGE.rglob(f"locale/{language}/LC_MESSAGES/django.po"))
    return [polib.pofile(str(path)) for path in found]


@pytest.fixture(scope="module", params=["en", "nn"])
def entries(request: pytest.FixtureRequest) -> list[polib.POEntry]:
    return [entry for catalogue in catalogues(request.param) for entry in catalogue]


def translated(language: str) -> set[str]:
    return {entry.msgid for catalogue in catalogues(language) for entry in catalogue if entry.translated()}


def test_every_string_is_translated() -> None:
    sought = source_strings()
    assert len(sought) > 300, "the strings are not found any more"
    assert sought - translated("en") == set()


def test_what_a_job_seeker_reads_is_in_nynorsk_too() -> None:
    read = source_strings(JOBSEEKERS, without=SHOWN_TO_STAFF) | {_source(each) for each in Chosen}
    assert read - translated("nn") == set()


def _source(choice: Chosen) -> str:
    with override(None):
        return str(choice.label)


def test_nothing_is_translated_that_is_not_there(entries: list[polib.POEntry]) -> None:
    assert {entry.msgid for entry in entries} - source_strings() == set()


def test_a_string_has_one_translation_wherever_it_stands(entries: list[polib.POEntry]) -> None:
    """Django reads the catalogues in turn, so that one app's words would change another's pages."""
    words: dict[tuple[str | None, str], str] = {}
    for entry in entries:
        given = entry.msgstr or str(sorted(entry.msgstr_plural.items()))
        assert words.setdefault((entry.msgctxt, entry.msgid), given) == given, entry.msgid


def test_every_placeholder_is_kept(entries: list[polib.POEntry]) -> None:
    for entry in entries:
        sought = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(PLACEHOLDER.findall(text)) <= sought, entry.msgid
            assert sought - set(PLACEHOLDER.findall(text)) <= {"%(n)s"}, entry.msgid

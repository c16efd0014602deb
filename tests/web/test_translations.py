"""Every Norwegian string of the code has its English, and every placeholder of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

import framdrift

PACKAGE = Path(framdrift.__file__).parent
CATALOGUE = PACKAGE / "web/locale/en/LC_MESSAGES/django.po"
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


def source_strings() -> set[str]:
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        if {"web", "casework", "site"} & set(path.relative_to(PACKAGE).parts):
            found.update(marked_in(path.read_text(encoding="utf-8"), str(path)))
    for path in PACKAGE.rglob("templates/**/*.html"):
        found.update(marked_in_template(path))
    return found


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_every_string_is_translated(catalogue: polib.POFile) -> None:
    translated = {entry.msgid for entry in catalogue if entry.translated()}
    sought = source_strings()
    assert len(sought) > 300, "the strings are not found any more"
    assert sought - translated == set()


def test_nothing_is_translated_that_is_not_there(catalogue: polib.POFile) -> None:
    assert {entry.msgid for entry in catalogue} - source_strings() == set()


def test_every_placeholder_is_kept(catalogue: polib.POFile) -> None:
    for entry in catalogue:
        sought = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(PLACEHOLDER.findall(text)) <= sought, entry.msgid
            assert sought - set(PLACEHOLDER.findall(text)) <= {"%(n)s"}, entry.msgid

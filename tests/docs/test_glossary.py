"""One word for each thing: the glossary has every word of the house, and nothing that people read contradicts it."""

import ast
import re
from dataclasses import dataclass

import polib
import pytest
import write_tables
from django.apps import apps
from django.utils.translation import override

from framdrift import cli
from framdrift.casework.offices.roles import Role
from framdrift.events import KINDS
from framdrift.standard import load, profiles
from framdrift.standard import words as explained
from framdrift.standard.loading import _PATTERN_KEYS
from framdrift.standard.model import ORIGINS, OWED_BY, YARDSTICKS, State
from framdrift.web.conformity import words as shown

GLOSSARY = (write_tables.DOCS / "glossary.md").read_text(encoding="utf-8")
ROOT = write_tables.DOCS.parent
CATALOGUE = polib.pofile(str(ROOT / "src/framdrift/web/locale/en/LC_MESSAGES/django.po"))


@dataclass(frozen=True)
class Word:
    section: str
    english: tuple[str, ...]
    codes: tuple[str, ...]
    norwegian: tuple[str, ...]


def words():
    for part in GLOSSARY.split("\n## ")[1:]:
        section, _, rows = part.partition("\n")
        for row in re.findall(r"^\| (.+?) \| (.+?) \| (.*?) ?\|$", rows, re.MULTILINE):
            if row[0] != "Word":
                name, norwegian, _ = row
                english = re.sub(r" *`[^`]*`", "", name)
                codes = tuple(re.findall("`([^`]*)`", name))
                yield Word(section, tuple(english.split(", ")), codes, tuple(norwegian.split(", ")))


WORDS = [word for word in words() if word.section != "Not used"]
BY_CODE = {code: word for word in WORDS for code in word.codes}
NOT_USED = re.findall(r"^\| ([^|]+?) \| ", GLOSSARY.partition("## Not used")[2], re.MULTILINE)[1:]
# What the makers of Framdrift agreed on before its first line; the Norwegian in brackets there, here after the colon.
AGREED = """
    job-seeker: arbeidssøker; advisor: veileder; reception: mottak; short-term follow-up: korttidsoppfølging;
    long-term follow-up: oppfølging over tid; needs assessment: behovsvurdering; §14a decision: 14a-vedtak;
    service group: innsatsgruppe; work ability assessment: arbeidsevnevurdering; request: bestilling;
    mapping: kartlegging; activity plan: aktivitetsplan; activity agreement: avtale om aktivitet; contact: kontakt;
    conversation: samtale; individual follow-up: individuell oppfølging; job match: jobbmatch; job log: jobblogg;
    measure: tiltak; measure ladder: tiltakstrappen; condition: vilkår; consequence: konsekvens; transfer: overføring;
    shuttlecock case: kasteball; participation: medvirkning; complaint: klage; conformity: samsvar; standard: standard;
    office day: kontordag; duty rota: vaktplan
"""
VERDICTS = {
    "conforms": "i samsvar",
    "partly": "delvis i samsvar",
    "does not conform": "ikke i samsvar",
    "cannot be judged": "kan ikke vurderes",
}
# Commands of those who run the site; no words of the domain.
OF_OPERATIONS = {"demo", "serve", "database", "manage"}


@pytest.mark.parametrize("pair", AGREED.split(";"), ids=str.strip)
def test_the_agreed_words_are_there(pair):
    english, norwegian = (part.strip() for part in pair.split(":"))
    assert [word for word in WORDS if word.english[0] == english and word.norwegian[0] == norwegian]


def test_there_is_one_word_for_each_thing_and_one_thing_for_each_word():
    for section in {word.section for word in WORDS}:
        names = [(word.english[0], word.codes[:1]) for word in WORDS if word.section == section]
        assert len(names) == len(set(names))
        norwegian = [word.norwegian[0] for word in WORDS if word.section == section]
        assert not {name for name in norwegian if norwegian.count(name) > 1}


def test_a_code_stands_once():
    codes = [code for word in WORDS for code in word.codes]
    assert not {code for code in codes if codes.count(code) > 1}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_word_and_what_people_read_uses_it(kind):
    word = BY_CODE[kind]
    with override("nb"):
        assert {explained.KINDS[kind][0], str(shown.KINDS[kind])} <= set(word.norwegian)


def test_every_code_of_the_vocabulary_is_told():
    codes = {code for kind in KINDS.values() for attribute in kind.attributes.values() for code in attribute.codes}
    assert not {code for code in codes if f"`{code}`" not in GLOSSARY}


def test_the_words_of_the_standard_are_told():
    codes = {*_PATTERN_KEYS, *YARDSTICKS, *ORIGINS, *OWED_BY, *State.__args__}
    assert not {code for code in codes if f"`{code}`" not in GLOSSARY}


@pytest.mark.parametrize("state", State.__args__)
def test_states_are_told_alike(state):
    assert explained.STATES[state] == (BY_CODE[state].norwegian[0], BY_CODE[state].english[0])


def test_yardsticks_are_told_alike():
    with override("nb"):
        for yardstick in ("guideline", "intention"):
            told = {explained.YARDSTICKS[yardstick][0], str(shown.YARDSTICKS[yardstick]).lower()}
            assert told == {BY_CODE[yardstick].norwegian[0]}


def test_verdicts_are_told_alike():
    pages = {entry.msgstr.lower(): entry.msgid.lower() for entry in CATALOGUE}
    for english, norwegian in VERDICTS.items():
        assert [word.norwegian for word in WORDS if word.english[0] == english] == [(norwegian,)]
        assert norwegian in pages.values()


@pytest.mark.parametrize("role", Role)
def test_roles_are_told_alike(role):
    with override("nb"):
        assert str(role.label) == BY_CODE[role.value].norwegian[0]


def test_every_table_of_the_records_has_a_word():
    ours = [model for model in apps.get_models() if model.__module__.startswith("framdrift.casework.")]
    assert len(ours) > 10
    assert not {model.__name__ for model in ours} - BY_CODE.keys()


def test_every_command_of_the_domain_has_a_word():
    assert not {name for name in cli._COMMANDS if name not in OF_OPERATIONS} - BY_CODE.keys()


def test_a_page_translates_a_word_as_the_glossary_does():
    """Where the whole of a text is a word of the glossary, its translation is that word too."""
    by_norwegian = {}
    for word in WORDS:
        for norwegian in word.norwegian:
            by_norwegian.setdefault(norwegian.lower(), set()).add(word)
    checked, wrong = 0, []
    for entry in CATALOGUE:
        if candidates := by_norwegian.get(entry.msgid.lower()):
            checked += 1
            accepted = {english.lower() for word in candidates for english in word.english}
            if entry.msgstr.lower() not in accepted:
                wrong.append((entry.msgid, entry.msgstr, accepted))
    assert checked > 40
    assert not wrong


def read_by_people():
    """Everything that somebody reads, by where it stands."""
    yield (
        "pages",
        "\n".join(text for entry in CATALOGUE for text in (entry.msgid, entry.msgstr, *entry.msgstr_plural.values())),
    )
    for template in ROOT.glob("src/framdrift/web/**/*.html"):
        # Names of addresses and of other templates are code.
        text = re.sub(r"{% (?:url|include|extends|load) .*?%}", "", template.read_text(encoding="utf-8"))
        yield str(template.relative_to(ROOT)), text
    for module in [*ROOT.glob("src/framdrift/cli/*.py"), *ROOT.glob("src/framdrift/**/errors.py")]:
        constants = (node.value for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if is_prose(node))
        yield str(module.relative_to(ROOT)), "\n".join(constants)
    for group in (explained.KINDS, explained.VALUES, explained.YARDSTICKS, explained.STATES):
        yield "explanations", "\n".join(text for pair in group.values() for text in pair)
    for name in profiles():
        for rule in load(name).rules:
            yield (
                f"{name} {rule.id}",
                "\n".join([*rule.title.values(), *rule.reading_title.values(), *rule.source.values()]),
            )
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        text = page.read_text(encoding="utf-8").partition("## Not used")[0]
        yield (
            str(page.relative_to(ROOT)),
            re.sub(r"```.*?```|`[^`\n]*`|(?<=\])\([^)\s]*\)|^ {4}.*$", "", text, flags=re.DOTALL | re.MULTILINE),
        )


def is_prose(node):
    """A text with more than one word in it: a code has one."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip()


@pytest.mark.parametrize("unwanted", NOT_USED)
def test_nobody_reads_a_word_that_is_not_used(unwanted):
    assert len(NOT_USED) > 10
    form = re.compile(rf"\b{re.escape(unwanted)}(s|en|er|et|ene|e|n|r)?\b", re.IGNORECASE)
    found = {where: form.search(text)[0] for where, text in read_by_people() if form.search(text)}
    assert not found

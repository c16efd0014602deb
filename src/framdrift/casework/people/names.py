"""How names are compared and ordered: Norwegian letters and order, other languages' accents met halfway.

The order of the database's column ``sort_key`` is made in SQL, by the function ``framdrift_sort_key`` of a migration of
this app; the function of that name here gives the same key, and a test holds the two equal.
"""

from __future__ import annotations

import re
import unicodedata

# What parts the words of a name, whoever typed it: spaces, hyphens, apostrophes and other marks.
_MARKS = "\t\n\r!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\u00a0´·ʹʻʼʽ‐‑‒–—―‘’‚‛“”„\u202f"
_SEPARATORS = str.maketrans(dict.fromkeys(_MARKS, " "))
# æ, ø and å take the places after z in ASCII, so that bytes sort as the alphabet does. Those with an accent that
# belongs to the letter do so before accents are taken away, the others after.
_WITH_RING_OR_DOTS = str.maketrans("äöåǻ", "{|}}")
_WITHOUT = str.maketrans("æø", "{|")
_LETTERS = str.maketrans("{|}", "æøå")
# What is no other letter with an accent to Unicode, Sami letters among them; and ü, which is y.
_LIKENED = str.maketrans("üđðŋŧłħıς", "yddntlhiσ")
_SPELLED_OUT = (("ß", "ss"), ("þ", "th"), ("œ", "oe"))
_ACCENTS = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(" +")
BARE = "~"
"""Marks a bare word among the words of a name; in no folded word, since it is a mark that parts words."""
LONGEST_WORD = 100
_BARE = str.maketrans("æøå", "aoa")
_SPELLED_BARE = re.compile("(a|o)e")
_UNDOTTED = str.maketrans("äöü", "aou")


def fold(text: str) -> str:
    """The text as names are compared: lower case, single spaces, no accents but those of å, æ and ø.

    ä and ö are æ and ø, ü is y and aa is å, as the Norwegian alphabet orders them; marks part words.
    """
    return _key(text).translate(_LETTERS)


def words_of(given: str, family: str) -> tuple[str, ...]:
    """The words a name is found by, each once, in order of letters.

    A word that `fold` respells is there as it is written too: Isaac, or whoever types "Isa" would not find him; and
    Müller as muller, which is what a keyboard without ü writes. Those that a keyboard without æ, ø and å writes
    otherwise are there once more, marked and `bare`, for a second try.
    """
    name = f"{given} {family}"
    words = {*fold(name).split(), *_as_written(name).split()}
    return tuple(sorted(words | {f"{BARE}{bare(word)}"[:LONGEST_WORD] for word in words if bare(word) != word}))


def bare(word: str) -> str:
    """A folded word in bare letters, however it is spelled in them: løken, loeken and loken are loken."""
    return _SPELLED_BARE.sub(r"\1", word.translate(_BARE))


def sort_key(family: str, given: str) -> str:
    """Orders by family name and then by given name in the Norwegian alphabet, compared byte by byte (COLLATE "C").

    Two spaces end the family name, and come before one space and a further family name.
    """
    return f"{_key(family)}  {_key(given)}"


def _key(text: str) -> str:
    return _without_accents(_parted(text)).replace("aa", "}")


def _as_written(text: str) -> str:
    return _without_accents(_parted(text).translate(_UNDOTTED)).translate(_LETTERS)


def _parted(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().translate(_SEPARATORS)


def _without_accents(text: str) -> str:
    likened = text.translate(_WITH_RING_OR_DOTS).translate(_LIKENED)
    for letter, spelling in _SPELLED_OUT:
        likened = likened.replace(letter, spelling)
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", likened)))
    return _SPACES.sub(" ", bare.translate(_WITHOUT)).strip(" ")

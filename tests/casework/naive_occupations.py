"""The search for occupations once more, as its description says it: every title, every place, every slip tried out."""

from functools import lru_cache

from framdrift.casework.occupations.searching import Occupation, fold

WORST, MISSING = 3, 4


def words(text):
    """What stands between everything that is neither a letter nor a digit."""
    return "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()


@lru_cache(maxsize=100)
def slips(fragment):
    """All that may have been meant: the fragment itself, and whatever is one slip away."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    found = {fragment}
    for place in range(len(fragment) + 1):
        before, after = fragment[:place], fragment[place:]
        found |= {before + after[1:], before + after[1:2] + after[:1] + after[2:]}
        found |= {before + letter + rest for letter in letters for rest in (after, after[1:])}
    return found


def rank(fragment, word, borders):
    if word.startswith(fragment):
        return 0
    if any(word.startswith(fragment, border) for border in borders):
        return 1
    return 2 if len(fragment) >= 3 and fragment in word else None


def is_near(fragment, word, borders):
    lengths = range(max(len(fragment) - 1, 1), len(fragment) + 2)
    beginnings = {word[start : start + length] for start in (0, *borders) for length in lengths}
    return bool(beginnings & slips(fragment))


def search(text, titles, borders_of):
    """`titles` with their strokes taken out; `borders_of` a folded word, where its parts meet."""
    asked = words(text[:100])
    if not asked:
        return []
    found = []
    for title in titles:
        ranks = [best(fragment, title, borders_of) for fragment in asked]
        if None not in ranks:
            found.append((ranks, title))
    for slipped, fragment in enumerate(asked) if not found else ():
        for title in titles if len(fragment) >= 5 else ():
            ranks = [best(each, title, borders_of) for each in asked]
            ranks[slipped] = (
                WORST if any(is_near(fragment, word, borders_of.get(word, ())) for word in words(title.title)) else None
            )
            if None not in ranks:
                found = [row for row in found if row[1] != title]
                found.append((ranks, title))
    if not found:
        some = [([best(each, title, borders_of) for each in asked], title) for title in titles]
        found = [
            ([MISSING if each is None else each for each in ranks], title)
            for ranks, title in some
            if ranks != [None] * len(asked)
        ]
    return [title for _, title in sorted(found, key=lambda row: order(*row, " ".join(asked)))]


def best(fragment, title, borders_of):
    if fragment.isdigit() and title.code.startswith(fragment):
        return 0
    ranks = [rank(fragment, word, borders_of.get(word, ())) for word in words(title.title)]
    return min((each for each in ranks if each is not None), default=None)


def order(ranks, title, typed):
    folded = " ".join(words(title.title))
    alphabet = title.title.lower().replace("æ", "{").replace("ø", "|").replace("å", "}")
    return max(ranks), sum(ranks), folded != typed, not folded.startswith(typed), len(folded), alphabet, title.code


def unmarked(marked):
    """The titles, and the borders that the strokes in them mark."""
    borders = {}
    for each in marked:
        for part in "".join(
            letter if letter.isalnum() or letter == "|" else " " for letter in fold(each.title)
        ).split():
            word = part.replace("|", "")
            places = [len(part[:at].replace("|", "")) for at, letter in enumerate(part) if letter == "|"]
            borders.setdefault(word, set()).update(place for place in places if 0 < place < len(word))
    return [Occupation(each.code, each.title.replace("|", "")) for each in marked], borders

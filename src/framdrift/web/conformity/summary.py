"""The result in two or three plain sentences, made from the verdicts. The same figures always give the same words."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from framdrift.casework.conformity.judging import Judgement, Result
from framdrift.web.conformity.definitions import short_name
from framdrift.web.conformity.words import text
from framdrift.web.design import formats

_JUDGED = ("does not conform", "partly", "conforms")
# "Partly" spans from one requirement short of all to half of them failing; the sentence tells which end it is near.
_FEW_FAILING = Fraction(1, 4)
_BEST_NAMED = 2


def sentences(judgement: Judgement) -> list[str]:
    guideline, intention = judgement.of_yardstick("guideline"), judgement.of_yardstick("intention")
    told = [_both(judgement), _weakest(guideline, intention), _strongest([*guideline, *intention])]
    told.append(_unjudged([*guideline, *intention]))
    return [sentence for sentence in told if sentence]


def _both(judgement: Judgement) -> str:
    guideline, intention = judgement.verdict("guideline"), judgement.verdict("intention")
    prescribed = {
        "conforms": _("Kontoret gjør det som er foreskrevet"),
        "partly": _much_or_some(judgement.of_yardstick("guideline")),
        "does not conform": _("Kontoret gjør lite av det som er foreskrevet"),
        "cannot be judged": _("Det er for lite data til å si om kontoret gjør det som er foreskrevet"),
    }[guideline]
    wanted = {
        "conforms": _("når det reformen ville"),
        "partly": _("når noe av det reformen ville"),
        "does not conform": _("når sjelden det reformen ville"),
        "cannot be judged": _("det er for lite data til å si om det når det reformen ville"),
    }[intention]
    # What is partly done has a "but" of its own, and one is enough.
    falls_short = guideline == "conforms" and intention in ("partly", "does not conform")
    joined = _("%(prescribed)s, men %(wanted)s.") if falls_short else _("%(prescribed)s, og %(wanted)s.")
    return joined % {"prescribed": prescribed, "wanted": wanted}


def _much_or_some(results: list[Result]) -> str:
    judged = [result.verdict for result in results if result.verdict in _JUDGED]
    if Fraction(judged.count("does not conform"), max(len(judged), 1)) <= _FEW_FAILING:
        return _("Kontoret gjør mye, men ikke alt, av det som er foreskrevet")
    return _("Kontoret gjør noe, men langt fra alt, av det som er foreskrevet")


def _named(result: Result) -> str:
    share = formats.share(result.counts.met, result.counts.closed)
    return _("%(rule)s, %(title)s (%(share)s)") % {
        "rule": short_name(result.rule),
        "title": text(result.rule.title)[:1].lower() + text(result.rule.title)[1:],
        "share": share,
    }


def _weakest(guideline: list[Result], intention: list[Result]) -> str:
    """The lowest share by each yardstick, where it fails."""
    lowest = [_lowest_failing(guideline), _lowest_failing(intention)]
    named = [_named(result) for result in lowest if result is not None]
    return _("Svakest: %(what)s.") % {"what": "; ".join(named)} if named else ""


def _lowest_failing(judged: list[Result]) -> Result | None:
    failing = [result for result in judged if result.verdict == "does not conform" and result.has_cases]
    return min(failing, key=lambda result: result.counts.rate or 0, default=None)


def _strongest(judged: list[Result]) -> str:
    holding = [result for result in judged if result.verdict == "conforms" and result.has_cases]
    highest = sorted(holding, key=lambda result: -(result.counts.rate or 0))[:_BEST_NAMED]
    return _("Best: %(what)s.") % {"what": "; ".join(map(_named, highest))} if highest else ""


def _unjudged(judged: list[Result]) -> str:
    count = sum(result.verdict == "cannot be judged" for result in judged)
    if not count:
        return ""
    return ngettext(
        "%(n)s krav har for få tilfeller til å vurderes.", "%(n)s krav har for få tilfeller til å vurderes.", count
    ) % {"n": count}

"""The result in two or three plain sentences, made from the verdicts. The same figures always give the same words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from framdrift.casework.conformity.judging import Judgement, Result
from framdrift.standard.model import Verdict
from framdrift.web.conformity.definitions import short_name
from framdrift.web.conformity.words import text
from framdrift.web.design import formats

_ORDER = ("does not conform", "partly", "conforms")
_NAMED = 2


def sentences(judgement: Judgement) -> list[str]:
    guideline, intention = judgement.verdict("guideline"), judgement.verdict("intention")
    judged = [*judgement.of_yardstick("guideline"), *judgement.of_yardstick("intention")]
    told = [_both(guideline, intention), _weakest(judged), _strongest(judged), _unjudged(judged)]
    return [sentence for sentence in told if sentence]


def _both(guideline: Verdict, intention: Verdict) -> str:
    prescribed = {
        "conforms": _("Kontoret gjør det som er foreskrevet"),
        "partly": _("Kontoret gjør mye, men ikke alt, av det som er foreskrevet"),
        "does not conform": _("Kontoret gjør lite av det som er foreskrevet"),
        "cannot be judged": _("Det er for lite data til å si om kontoret gjør det som er foreskrevet"),
    }[guideline]
    wanted = {
        "conforms": _("når det reformen ville"),
        "partly": _("når noe av det reformen ville"),
        "does not conform": _("når sjelden det reformen ville"),
        "cannot be judged": _("det er for lite data til å si om det når det reformen ville"),
    }[intention]
    worse = "cannot be judged" not in (guideline, intention) and _ORDER.index(intention) < _ORDER.index(guideline)
    joined = _("%(prescribed)s, men %(wanted)s.") if worse else _("%(prescribed)s, og %(wanted)s.")
    return joined % {"prescribed": prescribed, "wanted": wanted}


def _named(result: Result) -> str:
    share = formats.share(result.counts.met, result.counts.closed)
    return _("%(rule)s, %(title)s (%(share)s)") % {
        "rule": short_name(result.rule),
        "title": text(result.rule.title)[:1].lower() + text(result.rule.title)[1:],
        "share": share,
    }


def _weakest(judged: list[Result]) -> str:
    failing = [result for result in judged if result.verdict == "does not conform" and result.has_cases]
    lowest = sorted(failing, key=lambda result: result.counts.rate or 0)[:_NAMED]
    return _("Svakest: %(what)s.") % {"what": "; ".join(map(_named, lowest))} if lowest else ""


def _strongest(judged: list[Result]) -> str:
    holding = [result for result in judged if result.verdict == "conforms" and result.has_cases]
    highest = sorted(holding, key=lambda result: -(result.counts.rate or 0))[:_NAMED]
    return _("Best: %(what)s.") % {"what": "; ".join(map(_named, highest))} if highest else ""


def _unjudged(judged: list[Result]) -> str:
    count = sum(result.verdict == "cannot be judged" for result in judged)
    if not count:
        return ""
    return ngettext(
        "%(n)s krav har for få tilfeller til å vurderes.", "%(n)s krav har for få tilfeller til å vurderes.", count
    ) % {"n": count}

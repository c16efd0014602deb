"""What the pages of a registration answer: parse, one action or query, respond. Portal and staff call the same."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from framdrift.casework.registration import queries
from framdrift.casework.registration.actions import InvalidError, StaleError, save_step
from framdrift.casework.registration.answers import STEPS, Problems
from framdrift.casework.registration.drafts import Draft
from framdrift.web.registration import picks
from framdrift.web.registration.conflict import conflict_of
from framdrift.web.registration.filled import LAYOUT, Filled
from framdrift.web.registration.page import step_page
from framdrift.web.registration.party import Party

ONWARDS = frozenset({"next", "back", "later", "go", "review"})
ON_THE_PAGE = frozenset({"add", "remove", "pick", "unpick"})


def step_answer(request: HttpRequest, party: Party, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    if request.method == "POST":
        return _saved(request, party, step)
    draft = queries.draft_or_start(party.person, today=timezone.localdate())
    new_row = request.GET.get("ny", "")
    filled = Filled.of(step, draft.data(step), new_row=new_row)
    if step in draft.steps and not new_row:
        filled.show(draft.problems(step))
    return _shown(request, party, draft, filled)


def _saved(request: HttpRequest, party: Party, step: str) -> HttpResponse:
    """Whatever was pressed, what was typed is saved first; then the button decides where one comes.

    Where there is script, `keep` saves while one writes, so that a session that ends takes little with it.
    """
    verb, _, rest = request.POST.get("do", "enter").partition(":")
    filled = Filled.posted(step, request.POST)
    if verb == "enter":
        verb = "find" if any(pick.words for pick in filled.picks.values()) else "next"
    looked_up = {name: pick.words for name, pick in filled.picks.items()} if verb == "find" else {}
    data = _resent(request) if verb == "overwrite" else _typed(filled, verb, rest)
    if data is None:
        return HttpResponseBadRequest()
    problems: Problems = {}
    try:
        draft = save_step(
            actor=party.actor,
            person=party.person,
            step=step,
            data=data,
            version=_version(request),
            at=timezone.now(),
        )
    except InvalidError as error:
        draft, problems = error.draft, error.problems
    except StaleError as error:
        return _stale(request, party, step, data, verb=verb, stored=error.draft)
    if verb == "keep":
        return render(request, "registration/parts/kept.html", {"kept": draft})
    if looked_up:
        return _looked_up(request, party, draft, step, looked_up)
    if problems and (verb in {"next", "overwrite"} or "" in problems):
        is_kept = "" not in problems
        again = Filled.of(step, draft.data(step)) if is_kept else filled
        again.show(problems)
        return _shown(request, party, draft, again)
    return _onwards(request, party, step, verb, rest)


def _stale(
    request: HttpRequest, party: Party, step: str, data: dict[str, Any], *, verb: str, stored: Draft
) -> HttpResponse:
    if verb == "keep":
        return render(request, "registration/parts/kept.html", {"kept": None})
    page = conflict_of(party, step, data, stored)
    return render(request, "registration/conflict.html", {"shown": page, "party": party})


def _typed(filled: Filled, verb: str, rest: str) -> dict[str, Any]:
    """What stands in the form, with what the button did to it: a row or an occupation taken away, or one chosen."""
    name, _, place = rest.partition(":")
    if verb == "remove" and name in filled.rows:
        filled.rows[name].without(place)
    elif verb == "unpick" and name in filled.picks:
        filled.picks[name].without(place)
    elif verb == "pick" and name in filled.picks:
        code, _, title = place.partition(":")
        filled.picks[name].take(code, title)
    elif verb in ONWARDS:
        for pick in filled.picks.values():
            pick.take_words()
    return filled.typed()


def _resent(request: HttpRequest) -> dict[str, Any] | None:
    """What was typed in a form that turned out to be stale, sent again to go before what is stored."""
    try:
        data = json.loads(request.POST.get("typed", ""))
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def _looked_up(request: HttpRequest, party: Party, draft: Draft, step: str, sought: dict[str, str]) -> HttpResponse:
    filled = Filled.of(step, draft.data(step))
    for name, text in sought.items():
        filled.picks[name].words = text
        if text:
            filled.picks[name].look_up()
    return _shown(request, party, draft, filled)


def _onwards(request: HttpRequest, party: Party, step: str, verb: str, rest: str) -> HttpResponse:
    if verb == "later":
        messages.success(request, gettext("Lagret. Du kan fortsette når du vil, også på en annen enhet."))
        return redirect(party.places.later)
    name = rest.partition(":")[0]
    if verb in ON_THE_PAGE and name in LAYOUT[step]:
        # No fragment for a new row: a browser that is sent to one does not focus what asks for it.
        return redirect(f"{party.places.step(step)}{f'?ny={name}' if verb == 'add' else f'#{name}'}")
    aim = rest if verb == "go" else _neighbour(step, verb)
    return redirect(party.places.step(aim) if aim in STEPS else party.places.review)


def _neighbour(step: str, verb: str) -> str:
    """The step before or after; empty where there is none, and for reading through."""
    place = STEPS.index(step) + {"back": -1, "next": 1, "overwrite": 1}.get(verb, len(STEPS))
    return STEPS[place] if 0 <= place < len(STEPS) else ""


def _shown(request: HttpRequest, party: Party, draft: Draft, filled: Filled) -> HttpResponse:
    return render(request, "registration/step.html", {"shown": step_page(party, draft, filled), "party": party})


def occupations_answer(request: HttpRequest, party: Party) -> HttpResponse:
    """The part of the page with what was found, while one writes."""
    kind = picks.KINDS.get(request.POST.get("question", ""))
    if kind is None:
        raise Http404
    pick = picks.Pick.posted(kind, request.POST)
    pick.look_up()
    return render(request, "registration/parts/found.html", {"pick": pick, "party": party})

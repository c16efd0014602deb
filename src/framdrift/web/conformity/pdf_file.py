"""The report as a tagged PDF (PDF/UA-1), set by Typst from the same rows as the page."""

from __future__ import annotations

import json
from importlib import resources

import typst
from django.utils.translation import gettext as _

from framdrift.web.conformity.breakdown import GroupRow
from framdrift.web.conformity.page import Report
from framdrift.web.conformity.rows import RuleRow
from framdrift.web.design import formats
from framdrift.web.design.templatetags.design import VERDICTS

Table = dict[str, object]


def pdf_of(report: Report, *, language: str) -> bytes:
    source = (resources.files("framdrift.web.conformity") / "report.typ").read_bytes()
    document = json.dumps(_document(report, language), ensure_ascii=False)
    content = typst.compile(source, format="pdf", sys_inputs={"report": document}, pdf_standards=["ua-1"])
    if not isinstance(content, bytes):
        raise TypeError("Typst answered with pages, not with a file")
    return content


def _document(report: Report, language: str) -> dict[str, object]:
    about = [report.period]
    if report.team:
        about.append(_("team %(team)s") % {"team": report.team})
    about += [
        _("%(cases)s saker") % {"cases": formats.number(report.head.cases)},
        _("standard %(standard)s") % {"standard": report.standard.id},
        _("beregnet %(when)s") % {"when": formats.moment(report.head.finished_at)},
    ]
    return {
        "lang": language,
        "title": _("Samsvar, %(office)s") % {"office": report.head.office.name},
        "about": " · ".join(about),
        "in_short": _("Kort sagt"),
        "summary": list(report.summary),
        "cards": [
            {"question": f"{card.name}: {card.question}", "verdict": _verdict(card.verdict)} for card in report.cards
        ],
        "tables": [table for table in _tables(report) if table["rows"]],
        "definitions_title": _("Definisjoner og kilder"),
        "definitions": [
            {
                "name": f"{definition.id} {definition.title}",
                "lines": [
                    " ".join(
                        filter(None, [reading.name.capitalize(), *(f"{f.name}: {f.text}." for f in reading.facts)])
                    )
                    for reading in definition.readings
                ],
                "source": _("Kilde: %(source)s. Opphav: %(origin)s.")
                % {"source": definition.source, "origin": definition.origin},
            }
            for definition in report.definitions
        ],
        "measures_title": _("Hva dette måler, og hva det ikke måler"),
        "measures": [
            _(
                "Det måler hva som er gjort og når, slik det er skrevet i journalen. Det som ikke er skrevet ned, "
                "finnes ikke her."
            ),
            _(
                "Det måler ikke hvordan: møtet mellom mennesker, respekt, og om den som har makt, vet det. Det er for "
                "intervjuer og spørreundersøkelser."
            ),
            _("Det måler ikke virkning: at et krav er oppfylt, sier ikke at noen kom i arbeid av det."),
            _("Forskjeller mellom grupper og kontorer er ikke justert for hvem arbeidssøkerne er."),
        ],
        "page": _("Side"),
    }


def _tables(report: Report) -> list[Table]:
    share, verdict, count = _("Andel oppfylt"), _("Vurdering"), _("Antall")
    tables = [
        _table(
            _("Mål for mål"),
            [_("Mål"), _("Retningslinjer"), _("Intensjon")],
            [[f"{goal.id} {goal.title}", _verdict(goal.guideline), _verdict(goal.intention)] for goal in report.goals],
        )
    ]
    tables += [
        _table(
            f"{group.name}: {group.question}",
            [_("Krav"), verdict, share, count],
            [_rule(row) for row in group.rows],
            counts=True,
        )
        for group in report.groups
    ]
    tables.append(
        _table(
            _("Det arbeidssøkeren skylder"),
            [_("Krav"), verdict, share, count],
            [_rule(row) for row in report.owed_by_jobseeker],
            counts=True,
        )
    )
    tables += [_trend(report), _groups(report)]
    if report.comparison:
        tables.append(_comparison(report))
    return tables


def _table(title: str, heads: list[str], rows: list[list[str]], note: str = "", *, counts: bool = False) -> Table:
    """``counts``: the last column holds a sentence of numbers and needs more room."""
    return {"title": title, "heads": heads, "rows": rows, "note": note, "counts": counts}


def _verdict(verdict: str | None) -> str:
    return str(VERDICTS[verdict][0])


def _rule(row: RuleRow) -> list[str]:
    name = f"{row.id} {row.title}" + (f" ({row.reading})" if row.reading else "")
    counted = f"{row.counted} ({row.beside})" if row.beside else row.counted
    return [name, _verdict(row.verdict), row.share or "–", counted]


def _trend(report: Report) -> Table:
    rows = [
        [
            row.name,
            *(f"{cell.share} ({formats.number(cell.closed)})" if cell.share else _("for få") for cell in row.cells),
        ]
        for row in report.trend.rows
    ]
    names = [name.capitalize() for name in report.trend.names]
    title = _("%(title)s, over tid") % {"title": report.trend.title}
    return _table(title, [_("Kvartal"), *names], rows)


def _groups(report: Report) -> Table:
    rows = [_group(row) for row in (report.breakdown.total,)]
    for dimension in report.breakdown.dimensions:
        if dimension.is_hidden:
            rows.append([dimension.name, _("Skjult"), _("Skjult"), _("Skjult")])
        rows += [_group(row, f"{dimension.name}: ") for row in dimension.rows]
    note = ""
    if report.breakdown.hides_some:
        note = _("Rader med tall under 5 er skjult, og rader som ellers kunne røpet dem.")
    title = _("For hvem? %(rule)s fordelt på grupper") % {"rule": report.breakdown_name}
    return _table(title, [_("Gruppe"), _("Avsluttede"), _("Oppfylt"), _("Andel")], rows, note)


def _group(row: GroupRow, before: str = "") -> list[str]:
    if row.count is None:
        return [before + row.name, _("Skjult"), _("Skjult"), _("Skjult")]
    return [before + row.name, formats.number(row.count.closed), formats.number(row.count.met), row.share or "–"]


def _comparison(report: Report) -> Table:
    compared = report.comparison
    if compared is None:
        raise ValueError("there is no office beside")
    rows = [
        [
            f"{row.id} {row.title}" + (f" ({row.reading})" if row.reading else ""),
            row.here.share or _("for få"),
            row.there.share or _("for få"),
            row.difference or "–",
        ]
        for row in compared.rows
    ]
    heads = [_("Krav"), compared.here.office.name, compared.there.office.name, _("Forskjell")]
    note = _("Forskjell i prosentpoeng, ikke justert for hvem arbeidssøkerne er.")
    return _table(_("Lite og stort kontor"), heads, rows, note)

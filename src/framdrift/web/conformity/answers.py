"""Answers that both audiences give: the page or its part, the part that tells of a computation, CSV and PDF."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from framdrift.casework.conformity import queries
from framdrift.casework.conformity.queries import OfficeName
from framdrift.web.conformity.csv_file import csv_text
from framdrift.web.conformity.page import ConformityPage, Report, conformity_page, waiting_page
from framdrift.web.conformity.pdf_file import pdf_of


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts of the page lead; None what the audience does not have."""

    page: str
    csv: str
    pdf: str
    attempt: str
    request: str | None = None
    cases: str | None = None

    def with_query(self, query: str) -> Mapping[str, str | None]:
        """The downloads carry the reader's choices with them."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        if query:
            found |= {name: f"{found[name]}?{query}" for name in ("csv", "pdf")}
        return found


def built_page(request: HttpRequest, office: str) -> ConformityPage:
    return conformity_page(_named(office), request.GET, timezone.localdate())


def _named(office: str) -> OfficeName:
    named = queries.office_named(office)
    if named is None:
        raise Http404
    return named


def page_answer(request: HttpRequest, office: str, addresses: Addresses) -> HttpResponse:
    """The whole page; for htmx the same part of it alone."""
    page = built_page(request, office)
    query = page.report.selection.query if page.report else ""
    response = render(request, _template(request), _context(page, addresses, query))
    patch_vary_headers(response, ["HX-Request"])
    return response


def _template(request: HttpRequest) -> str:
    is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return "conformity/report.html" if is_part else "conformity/page.html"


def _context(page: ConformityPage, addresses: Addresses, query: str) -> dict[str, object]:
    urls = {**addresses.with_query(query), "attempt": f"{addresses.attempt}?{urlencode({'standard': page.standard})}"}
    return {"conformity": page, "urls": urls, "may_request": addresses.request is not None}


def attempt_answer(request: HttpRequest, office: str, addresses: Addresses) -> HttpResponse:
    """How a computation goes, asked by the page while it waits; when it is over, the whole page is to be fetched."""
    page = waiting_page(_named(office), request.GET, timezone.localdate())
    response = render(request, "conformity/parts/attempt.html", _context(page, addresses, ""))
    if page.attempt is None or not page.attempt.is_under_way:
        response["HX-Refresh"] = "true"
    return response


def csv_answer(request: HttpRequest, office: str) -> HttpResponse:
    report = _finished(request, office)
    return _file(csv_text(report).encode("utf-8-sig"), "text/csv; charset=utf-8", report, "csv")


def pdf_answer(request: HttpRequest, office: str) -> HttpResponse:
    report = _finished(request, office)
    return _file(pdf_of(report, language=get_language() or "nb"), "application/pdf", report, "pdf")


def _finished(request: HttpRequest, office: str) -> Report:
    report = built_page(request, office).report
    if report is None:
        raise Http404
    return report


def _file(content: bytes, content_type: str, report: Report, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    office = re.sub(r"[^A-Za-z0-9_-]+", "-", report.head.office.code).strip("-") or "kontor"
    day = report.head.as_of.date().isoformat()
    response["Content-Disposition"] = f'attachment; filename="samsvar-{office}-{day}.{ending}"'
    return response

"""Addresses of an office's pages. An office's code is whatever its journal calls it, so it is written as one safe
part.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from django.urls.converters import register_converter


class OfficeCode:
    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return unquote(value)

    def to_url(self, value: str) -> str:
        return quote(value, safe="")


register_converter(OfficeCode, "office")

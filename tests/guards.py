"""What makes the suite fail loudly: reads that write, and anything that reaches for the network."""

import ipaddress
import re
import socket
from collections.abc import Callable
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ACCESS_LOG = "access_"
"""What the tables of the access log begin with: the only ones that a GET may write."""
ANSWERS = frozenset({"/logg-inn/ansatt/svar/", "/logg-inn/arbeidssoker/svar/"})
"""Where an OpenID provider sends the browser back: by the protocol a GET, and the only one that logs somebody in."""

_WRITE = re.compile(
    r"\b(?:insert\s+into|update(?=\s+\"?\w+\"?\s+set)|delete\s+from|merge\s+into|truncate(?:\s+table)?|copy(?=.*\bfrom\s+stdin))"
    r"\s+(?:only\s+)?\"?(\w+)",
    re.IGNORECASE | re.DOTALL,
)


class ReadThatWritesError(AssertionError):
    pass


class NetworkError(AssertionError):
    pass


def tables_written(sql: str) -> list[str]:
    return [table.lower() for table in _WRITE.findall(sql)]


class ReadsWriteNothing:
    """The outermost middleware of every test: a GET that writes anything but the access log fails its test."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS or request.path in ANSWERS:
            return self._get_response(request)
        with connections["default"].execute_wrapper(_refuse_writes):
            return self._get_response(request)


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    written = [table for table in tables_written(str(sql)) if not table.startswith(ACCESS_LOG)]
    if written:
        raise ReadThatWritesError(f"a GET writes to {', '.join(written)}: {sql}")
    return execute(sql, params, many, context)


def stay_on_this_machine(connect: Callable[..., Any]) -> Callable[..., Any]:
    """A `socket.connect` that reaches this machine and no other."""

    def guarded(self: socket.socket, address: Any, *rest: Any) -> Any:
        if self.family != socket.AF_UNIX and not _is_here(address[0]):
            raise NetworkError(f"a test reaches for {address[0]}")
        return connect(self, address, *rest)

    return guarded


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

"""What every request passes through: an id to find it by in the logs, and one transaction."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

HEALTH_PATH = "/health"
# PostgreSQL's error fields that quote rows and statements; the line below LINE only points into it.
_QUOTED = re.compile(r"^(DETAIL|CONTEXT|LINE \d+|QUERY):.*(?:\n *\^)?$", re.MULTILINE)

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdMiddleware:
    """Gives the request an id of our own making (a client's would let strangers write in our logs) and answers with it.

    This is the request seen by operations. What makes a repeated submit have one effect is the id in the form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        identity = uuid.uuid4().hex
        token = _request_id.set(identity)
        try:
            response = self._get_response(request)
            response["X-Request-Id"] = identity
            return response
        finally:
            _request_id.reset(token)


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


class LineFormatter(logging.Formatter):
    """Keeps out of the log what the database quotes when it refuses a row: values, which may be somebody's."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  (logging's own name)
        return _QUOTED.sub(r"\1: (kept out of the log)", super().formatException(ei))


class TransactionMiddleware:
    """One transaction around session, login, view and rendering; committed before the answer leaves.

    The view itself runs in a savepoint of it (`ATOMIC_REQUESTS`): an error takes back what the view did, and the error
    page, the session and the access log still work. The outermost transaction is where the gate gives row-level
    security its context (`set_config(…, true)`), so nothing may query outside it; a streamed answer must have read
    before it starts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == HEALTH_PATH:
            return self._get_response(request)
        with transaction.atomic(durable=True):
            return self._get_response(request)

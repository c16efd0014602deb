from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Field = models.Field[int, int]
else:
    _Field = models.Field


class TransactionIdField(_Field):
    """PostgreSQL's `xid8`: the number of the transaction that wrote the row, without wrap-around."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002
        return "xid8"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> int | None:  # noqa: ARG002
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)


class CurrentTransactionId(models.Func):
    function = "pg_current_xact_id"
    template = "%(function)s()"
    arity = 0
    output_field = TransactionIdField()

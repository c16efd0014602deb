"""The chain of a whole log, batch by batch."""

from typing import ClassVar

import pyarrow as pa

from framdrift.casework.cases.models import GENESIS
from framdrift.casework.journal.chain import NotCanonicalError, canonical_attributes_text, canonical_row, row_hash
from framdrift.casework.people.identity import person_id
from framdrift.events import BadRow

SHOWN_BAD_ROWS = 5
HEADS = pa.schema(
    [("case_id", pa.string()), ("person", pa.string()), ("next_seq", pa.int64()), ("chain_head", pa.string())]
)


class Hasher:
    """Numbers and hashes rows that come case by case in the order of recording; remembers only the case it is in."""

    columns: ClassVar = (
        "event_id",
        "case_id",
        "person",
        "office",
        "team",
        "actor",
        "kind",
        "at",
        "recorded_at",
        "corrects",
        "seq",
        "attributes",
        "hash",
    )

    def __init__(self, *, numbered: bool) -> None:
        """`numbered`: the log itself tells `seq`. Where it does not, `seq` is the row, which nobody misses."""
        self._numbered = numbered
        self.cases = self.events = self.renumbered = self.bad_count = 0
        self.bad_rows: list[BadRow] = []
        self._case: str | None = None
        self._person: str | None = None
        self._seq = 0
        self._head = GENESIS
        self._heads: list[tuple[str, str | None, int, str]] = []

    def chain(self, batch: pa.RecordBatch) -> pa.Table:
        """The batch with its `seq`, its attributes in canonical form and its hashes: what COPY takes."""
        given = {name: batch.column(name).to_pylist() for name in batch.schema.names}
        places: list[int] = []
        attributes: list[str] = []
        hashes: list[str] = []
        for event_id, case_id, person, office, team, actor, kind, at, recorded_at, seq, corrects, text, row in zip(
            *given.values(), strict=True
        ):
            if case_id != self._case:
                self._finish_case()
                self._case, self._person, self._seq, self._head = case_id, None, 0, GENESIS
            self._seq += 1
            self._person = person or self._person
            self.renumbered += self._numbered and seq != self._seq
            canonical = self._attributes(text, row)
            self._head = row_hash(
                canonical_row(
                    actor=actor,
                    at=at,
                    attributes=canonical,
                    case_id=case_id,
                    corrects=corrects,
                    event_id=event_id,
                    kind=kind,
                    office=office,
                    person=person,
                    previous=self._head,
                    recorded_at=recorded_at,
                    seq=self._seq,
                    team=team,
                )
            )
            places.append(self._seq)
            attributes.append(canonical)
            hashes.append(rf"\x{self._head.hex()}")
        self.events += batch.num_rows
        kept = [batch.column(name) for name in self.columns[:-3]]
        return pa.Table.from_arrays([*kept, pa.array(places), pa.array(attributes), pa.array(hashes)], self.columns)

    def finished_heads(self, *, last: bool = False) -> pa.Table:
        """The cases that ended since it was asked before, as `HEADS`; with `last`, the one it is in too."""
        if last:
            self._finish_case()
            self._case = None
        rows, self._heads = self._heads, []
        return pa.Table.from_arrays(
            [pa.array([row[place] for row in rows], HEADS.field(place).type) for place in range(len(HEADS))],
            schema=HEADS,
        )

    def _finish_case(self) -> None:
        if self._case is None:
            return
        self.cases += 1
        person = str(person_id(self._person)) if self._person else None
        self._heads.append((self._case, person, self._seq + 1, rf"\x{self._head.hex()}"))

    def _attributes(self, text: str, row: int) -> str:
        try:
            return canonical_attributes_text(text)
        except NotCanonicalError as error:
            self.bad_count += 1
            if len(self.bad_rows) < SHOWN_BAD_ROWS:
                self.bad_rows.append(BadRow(row, "attributes", text, str(error)))
            return "{}"

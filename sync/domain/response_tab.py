"""The tab of responses as a form leaves it over the years, and other tabs that look like it.

A question that somebody deletes and asks again has two columns of one title; one whose title changed may stand under
either. No answer is in more than one of them, but for a response that was edited in between. A form that is linked
anew writes into another tab from then on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sync.domain.cells import is_filled, read_text
from sync.domain.columns import COLUMNS
from sync.domain.registration import Response, read_responses
from sync.domain.table import Cell, Row, Table, header_key
from sync.domain.tabs import Columns, ResponseCells, Tab

_DEFAULTS = {spec.field: spec.header for spec in COLUMNS[Tab.RESPONSES]}


@dataclass(frozen=True, slots=True)
class MergedColumn:
    """Columns that were read as one. ``differing`` rows have different answers in them: the rightmost was taken."""

    header: str
    columns: tuple[int, ...]
    """From 1, as people count them."""
    differing: int


@dataclass(frozen=True, slots=True)
class OtherResponses:
    """A tab that is not the one of responses and has its headers."""

    tab: str
    responses: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A tab in which responses stand that no run reads; ``unread`` 0: a form's new tab, still empty."""

    tab: str
    unread: int


def headers_of(field: str, columns: Columns[ResponseCells]) -> tuple[str, ...]:
    """Return the headers a question's column may bear: as config.yaml says, and as the form was made with.

    The latter only where it is not another question's by now.
    """
    header, default = columns.header(field), _DEFAULTS[field]
    configured = {header_key(other) for other in columns.headers.values()}
    return (header,) if header_key(default) in configured else (header, default)


def settled(table: Table, columns: Columns[ResponseCells]) -> tuple[Table, tuple[MergedColumn, ...]]:
    """Return the table with one column for each question, and what was merged for that.

    A question's columns are those headed by one of :func:`headers_of`. Rows and positions stay.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, header in enumerate(table.headers):
        places[header_key(header)].append(index)
    headers, merges = list(table.headers), list[tuple[int, tuple[int, ...], str]]()
    for field, header in columns.headers.items():
        found = sorted(index for name in headers_of(field, columns) for index in places[header_key(name)])
        if found and (len(found) > 1 or header_key(headers[found[0]]) != header_key(header)):
            for index in found:
                headers[index] = ""
            headers[found[0]] = header
            if len(found) > 1:
                merges.append((found[0], tuple(found), header))
    if not merges:
        return replace(table, headers=tuple(headers)), ()
    rows, differing = list[Row](), defaultdict[str, int](int)
    for row in table.rows:
        cells = list(row.cells)
        for target, sources, header in merges:
            filled = [cells[index] for index in sources if is_filled(cells[index])]
            if len({read_text(cell) for cell in filled}) > 1:
                differing[header] += 1
            cells[target] = filled[-1] if filled else None
        rows.append(Row(row.position, tuple(cells)))
    merged = tuple(
        MergedColumn(header, tuple(index + 1 for index in sources), differing[header]) for _, sources, header in merges
    )
    return Table(table.tab, tuple(headers), tuple(rows)), merged


def looks_like_responses(headers: Iterable[str], columns: Columns[ResponseCells]) -> bool:
    """Tell whether a tab has the headers of most of the form's questions."""
    there = {header_key(header) for header in headers}
    fields = [field for field in columns.headers if field != "timestamp"]
    alike = sum(any(header_key(header) in there for header in headers_of(field, columns)) for field in fields)
    return alike * 3 >= len(fields) * 2


def other_responses(table: Table, columns: Columns[ResponseCells], utc_offset: timedelta) -> OtherResponses:
    """Return the responses of a tab that looks like one of responses; what it has no column for is empty.

    The moment is in the first column where none is headed as expected: Google words that header in the form's language.
    """
    whole, _ = settled(table, columns)
    indexes = {header_key(header): index for index, header in reversed(list(enumerate(whole.headers)))}
    picks = [indexes.get(header_key(header)) for header in columns.headers.values()]
    fields = list(columns.headers)
    stamp = fields.index("timestamp")
    if picks[stamp] is None and 0 not in picks:
        picks[stamp] = 0
    cells = [ResponseCells._make(_picked(row, picks)) for row in whole.rows]
    return OtherResponses(table.tab, tuple(read_responses(cells, utc_offset)))


def _picked(row: Row, picks: Sequence[int | None]) -> list[Cell]:
    return [None if index is None else row.cells[index] for index in picks]


def elsewhere(
    others: Sequence[OtherResponses], responses: Sequence[Response], registered: Iterable[str], now: datetime
) -> tuple[Elsewhere, ...]:
    """Return the tabs that a form seems to write to instead of the one that is read.

    Unread are responses that are in neither tab nor ledger and newer than all of the tab: an old tab that was kept, or
    one whose responses Google has copied, is none. ``registered`` are the ledger's response keys.
    """
    known = {response.key for response in responses} | set(registered)
    moments = [response.moment for response in responses if response.moment and response.moment <= now]
    newest = max(moments, default=None)
    found = []
    for other in others:
        unread = sum(
            response.key not in known and response.moment is not None and (newest is None or response.moment > newest)
            for response in other.responses
        )
        if unread or not other.responses:
            found.append(Elsewhere(other.tab, unread))
    return tuple(found)

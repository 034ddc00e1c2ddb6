"""A form's responses as Google exports them, in each of its ways, and their import into an office in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from enum import Enum

from sync.domain.changes import with_columns
from sync.domain.dateorder import decide_order
from sync.domain.intake import moments_of, read_file, read_lines
from sync.domain.newlines import NewLines, import_changes, known_in_book, new_lines
from sync.domain.reading import read_book, tabs_to_read
from sync.domain.table import Cell
from tests import build
from tests.run.office import MemoryOffice


class Export(Enum):
    """Who wrote the file."""

    SHEET = "the sheet's download"
    FORM = "the form's own CSV"
    SHEET_BY_MINUTES = "the sheet's download, its moments shown without seconds"


def exported(responses: Sequence[Mapping[str, Cell]], way: Export) -> bytes:
    """The whole export of ``responses`` (by field; several choices as ``", "`` between them)."""
    headers = dict(build.rules().columns.responses.headers)
    if way is Export.FORM:
        headers["timestamp"] = "Cap waktu"
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL if way is Export.FORM else csv.QUOTE_MINIMAL)
    writer.writerow(headers.values())
    for response in responses:
        cells = build.response_cells(**response)._asdict()
        writer.writerow([_written(cells[field], way) for field in headers])
    return out.getvalue().encode("utf-8-sig" if way is Export.FORM else "utf-8")


def _written(cell: Cell, way: Export) -> str:
    match cell:
        case datetime() if way is Export.FORM:
            return f"{cell:%Y/%m/%d} {cell.hour % 12 or 12}:{cell:%M:%S} {'AM' if cell.hour < 12 else 'PM'} GMT+7"
        case datetime():
            return f"{cell:%d/%m/%Y %H:%M}" if way is Export.SHEET_BY_MINUTES else f"{cell:%d/%m/%Y %H:%M:%S}"
        case time() if way is Export.FORM:
            return f"{cell.hour % 12 or 12}:{cell:%M} {'AM' if cell.hour < 12 else 'PM'}"
        case time():
            return f"{cell:%H:%M:%S}"
        case None:
            return ""
        case _:
            return str(cell).replace(", ", ";") if way is Export.FORM else str(cell)


def taken_in(office: MemoryOffice, content: bytes, now: datetime = build.NOW) -> NewLines:
    """Import a file as the command does."""
    rules = build.rules()
    file = read_file(content, "jawaban.csv", rules.columns.responses)
    snapshot = office.workspace.read(tabs_to_read(rules))
    book = read_book(snapshot, rules, build.WIB)
    reading = decide_order(
        file.place,
        file.dates(),
        lambda order: moments_of(file, order, build.WIB),
        lambda order: known_in_book(read_lines(file, order, build.WIB), book),
        now,
    )
    new = new_lines(read_lines(file, reading.order, build.WIB), book, now)
    if changes := import_changes(new, book, rules):
        office.workspace.commit(with_columns(changes, book), snapshot.revision)
    return new

"""``spreadsheets.batchUpdate``: every request in order, all of them or none.

"If any request is not valid then the entire request will fail and nothing will be applied" (discovery document).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.google.calls import Call
from tests.google.errors import ApiError, invalid, unimplemented
from tests.google.fieldmask import Mask, MaskError, check, child, parse
from tests.google.sheets import a1, render
from tests.google.sheets.access import editor_of, open_book
from tests.google.sheets.areas import Area, resolve
from tests.google.sheets.model import Sheet, Spreadsheet
from tests.google.sheets.protection import Editor, guard
from tests.google.state import Settings

JsonObject = dict[str, Any]

CELL_LIMIT = 10_000_000


@dataclass
class Batch:
    """What a request kind works with: the draft, who writes, and fresh ids."""

    book: Spreadsheet
    editor: Editor
    new_number: Callable[[set[int]], int]
    settings: Settings = field(default_factory=Settings)

    def area(self, grid_range: JsonObject, write: bool = True) -> tuple[Sheet, Area]:
        """The tab and the bounded area; for a write, refused where cells are protected."""
        sheet, area = resolve(self.book, grid_range)
        if write:
            guard(self.book, sheet, area, self.editor)
        return sheet, area


Kind = Callable[[Batch, JsonObject], JsonObject]


def mask_of(request: JsonObject, schema: str) -> Mask:
    """The request's field mask, which must not be empty and must name fields of the schema."""
    text = request.get("fields", "")
    if not text:
        raise invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        mask = parse(text)
        check(mask, "sheets", schema)
    except MaskError as error:
        raise invalid(f"Invalid field: {error}") from None
    return mask


def batch_update(call: Call) -> JsonObject:
    """spreadsheets.batchUpdate"""
    book = open_book(call, write=True)
    requests = call.body.get("requests", [])
    if not requests:
        raise invalid("Must specify at least one request.")
    batch = Batch(book, editor_of(call), call.state.new_number, call.settings)
    replies = [apply_one(batch, index, request) for index, request in enumerate(requests)]
    entry = call.state.files[book.spreadsheet_id]
    entry.name = book.title
    answer: JsonObject = {"spreadsheetId": book.spreadsheet_id, "replies": replies}
    if call.body.get("includeSpreadsheetInResponse"):
        mask = parse(call.text("fields")) if call.text("fields") else {}
        inner = child(mask, "updatedSpreadsheet")
        grid_data = bool(call.body.get("responseIncludeGridData")) if not mask else inner is not None
        references = [a1.parse(book, text) for text in call.body.get("responseRanges", [])]
        updated = render.spreadsheet(book, batch.editor, inner or {}, references, grid_data)
        answer["updatedSpreadsheet"] = updated
    return answer


def check_size(book: Spreadsheet) -> None:
    """Ten million cells a spreadsheet, empty ones counted."""
    if sum(sheet.row_count * sheet.column_count for sheet in book.sheets) > CELL_LIMIT:
        raise invalid(
            "This action would increase the number of cells in the workbook above the limit of 10000000 cells."
        )


def apply_one(batch: Batch, index: int, request: JsonObject) -> JsonObject:
    """One request; what is wrong with it is said with its place and kind, as Google does (recorded)."""
    from tests.google.sheets.kinds import KINDS  # the kinds need Batch

    if len(request) != 1:
        raise invalid(f"Invalid requests[{index}]: Must set exactly one request kind, found {sorted(request)}.")
    ((kind, inner),) = request.items()
    function = KINDS.get(kind)
    if function is None:
        raise unimplemented(f"the batchUpdate request kind {kind}")
    try:
        reply = function(batch, inner)
        check_size(batch.book)
        return reply
    except ApiError as error:
        if error.code != 400:
            raise
        raise ApiError(error.code, f"Invalid requests[{index}].{kind}: {error.message}", error.reason) from error

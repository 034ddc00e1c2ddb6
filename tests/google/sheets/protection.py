"""Who may write where: protected ranges.

The refusal's text is quoted in https://github.com/theoephraim/node-google-spreadsheet/issues/20; ``warningOnly``
ranges "never block" (ProtectedRange in the discovery document: "true if this protected range will show a warning").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.google.errors import invalid
from tests.google.sheets.areas import Area
from tests.google.sheets.model import Sheet, Spreadsheet

JsonObject = dict[str, Any]

REFUSAL = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


@dataclass(frozen=True, slots=True)
class Editor:
    """Who writes: the owner of the file passes every protection."""

    email: str
    owner: bool


def may_edit(editor: Editor, protected: JsonObject) -> bool:
    """True when this protection does not stop the editor."""
    if editor.owner or protected.get("warningOnly"):
        return True
    editors = protected.get("editors", {})
    return bool(editors.get("domainUsersCanEdit")) or editor.email in editors.get("users", [])


def area_of(book: Spreadsheet, sheet: Sheet, grid_range: JsonObject) -> Area:
    """The range on the grid, cut to it."""
    return Area(
        sheet.sheet_id,
        grid_range.get("startRowIndex", 0),
        min(grid_range.get("endRowIndex", sheet.row_count), sheet.row_count),
        grid_range.get("startColumnIndex", 0),
        min(grid_range.get("endColumnIndex", sheet.column_count), sheet.column_count),
    )


def guard(book: Spreadsheet, sheet: Sheet, area: Area, editor: Editor) -> None:
    """Refuse a write into protected cells."""
    for protected in sheet.objects["protectedRanges"]:
        if may_edit(editor, protected):
            continue
        grid_range = protected.get("range") or _named(book, protected)
        if not area.overlaps(area_of(book, sheet, grid_range)):
            continue
        free = [area_of(book, sheet, entry) for entry in protected.get("unprotectedRanges", [])]
        if not any(entry.contains(area) for entry in free):
            raise invalid(REFUSAL)


def _named(book: Spreadsheet, protected: JsonObject) -> JsonObject:
    for entry in book.named_ranges:
        if entry["namedRangeId"] == protected.get("namedRangeId"):
            found: JsonObject = entry["range"]
            return found
    return {}

"""How the spreadsheet's columns look when they are made: the same looks as the Excel book's, in Sheets' terms.

https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells#CellFormat
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sync.domain.columns import Kind
from sync.domain.layout import ColumnLayout
from sync.workspace.google.transport import Json

_PATTERNS = {
    Kind.MOMENT: ("DATE_TIME", "dd/mm/yyyy hh:mm"),
    Kind.DATE: ("DATE", "dd/mm/yyyy"),
    Kind.NUMBER: ("NUMBER", "#,##0.##"),
    # As text: a phone keeps its leading zero, and "1-2" is no date.
    Kind.DIGITS: ("TEXT", "@"),
    Kind.TEXT: ("TEXT", "@"),
    Kind.CHOICE: ("TEXT", "@"),
    Kind.LONG: ("TEXT", "@"),
}
_STAFF_FILL, _JOB_FILL, _JOB_TEXT = "1F4E78", "BDD7EE", "1F3864"
"""The job's own columns are headed lightly, those of staff and visitors darkly."""
_PIXELS = 7
"""A character's width."""


def colour(code: str) -> Json:
    """Return ``RRGGBB`` as a ColorStyle."""
    red, green, blue = (round(int(code[place : place + 2], 16) / 255, 4) for place in (0, 2, 4))
    return {"rgbColor": {"red": red, "green": green, "blue": blue}}


def header_cell(column: ColumnLayout) -> Json:
    """Return the header's CellData."""
    return {
        "userEnteredValue": {"stringValue": column.header},
        "userEnteredFormat": {
            "backgroundColorStyle": colour(_JOB_FILL if column.job else _STAFF_FILL),
            "horizontalAlignment": "CENTER",
            "verticalAlignment": "MIDDLE",
            "wrapStrategy": "WRAP",
            "numberFormat": {"type": "TEXT", "pattern": "@"},
            "textFormat": {"bold": True, "foregroundColorStyle": colour(_JOB_TEXT if column.job else "FFFFFF")},
        },
    }


HEADER_FIELDS = (
    "userEnteredValue,userEnteredFormat(backgroundColorStyle,horizontalAlignment,verticalAlignment,wrapStrategy,"
    "numberFormat,textFormat(bold,foregroundColorStyle))"
)


def dress_columns(sheet_id: int, start: int, columns: Sequence[ColumnLayout]) -> list[Json]:
    """Return the requests that give new columns, from ``start`` on, their width and the look of their cells."""
    requests: list[Json] = []
    place = start
    for width, same in groupby(columns, key=lambda column: column.width):
        after = place + len(list(same))
        span = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": place, "endIndex": after}
        change = {"range": span, "properties": {"pixelSize": width * _PIXELS + 12}, "fields": "pixelSize"}
        requests.append({"updateDimensionProperties": change})
        place = after
    place = start
    for (kind, job), alike in groupby(columns, key=lambda column: (column.kind, column.job)):
        after = place + len(list(alike))
        look = _look(kind, job)
        cells = below_header(sheet_id, place) | {"endColumnIndex": after}
        fields = f"userEnteredFormat({','.join(look)})"
        requests.append({"repeatCell": {"range": cells, "cell": {"userEnteredFormat": look}, "fields": fields}})
        place = after
    return requests


def _look(kind: Kind, job: bool) -> Json:
    """Moments that people type keep the look they are typed in: in a pattern of day and time, 08:30 is of 30/12/1899.

    A pattern for both, with a condition, is documented for numbers only
    (https://developers.google.com/workspace/sheets/api/guides/formats); a refused one would cost the whole setup.
    """
    look: Json = {"verticalAlignment": "TOP", "wrapStrategy": "WRAP" if kind in {Kind.LONG, Kind.LINK} else "CLIP"}
    if kind in _PATTERNS and (job or kind is not Kind.MOMENT):
        name, pattern = _PATTERNS[kind]
        look["numberFormat"] = {"type": name, "pattern": pattern}
    return look


def below_header(sheet_id: int, index: int) -> Json:
    """Return the column without its header as a GridRange."""
    return {"sheetId": sheet_id, "startRowIndex": 1, "startColumnIndex": index, "endColumnIndex": index + 1}

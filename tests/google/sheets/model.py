"""A spreadsheet in memory.

Cells and rows are never changed once made, only replaced: copying a sheet copies a list of references, which is
what makes atomic batches and snapshots of a book of 10,000 rows cheap.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

JsonObject = dict[str, Any]
Scalar = str | int | float | bool

DEFAULT_FORMAT: JsonObject = {
    "backgroundColor": {"red": 1, "green": 1, "blue": 1},
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": {"red": 1, "green": 1, "blue": 1}},
}
"""The default cell format of a new spreadsheet, as recorded."""


def _theme_color(kind: str, red: float, green: float, blue: float) -> JsonObject:
    rgb = {name: value for name, value in (("red", red), ("green", green), ("blue", blue)) if value}
    return {"colorType": kind, "color": {"rgbColor": rgb}}


DEFAULT_THEME: JsonObject = {
    "primaryFontFamily": "Arial",
    "themeColors": [
        _theme_color("TEXT", 0, 0, 0),
        _theme_color("BACKGROUND", 1, 1, 1),
        _theme_color("ACCENT1", 0.25882354, 0.52156866, 0.95686275),
        _theme_color("ACCENT2", 0.91764706, 0.2627451, 0.20784314),
        _theme_color("ACCENT3", 0.9843137, 0.7372549, 0.015686275),
        _theme_color("ACCENT4", 0.20392157, 0.65882355, 0.3254902),
        _theme_color("ACCENT5", 1, 0.42745098, 0.003921569),
        _theme_color("ACCENT6", 0.27450982, 0.7411765, 0.7764706),
        _theme_color("LINK", 0.06666667, 0.33333334, 0.8),
    ],
}
"""The default theme of a new spreadsheet, as recorded."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as typed, with its ``=``."""

    text: str


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error a formula yields: the API's type name and what the cell shows."""

    kind: str
    shown: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what was entered and what hangs on it. JSON parts are never changed in place."""

    value: Scalar | Formula | None = None
    format: JsonObject | None = None
    note: str | None = None
    validation: JsonObject | None = None
    runs: Any = None
    chips: Any = None

    @property
    def blank(self) -> bool:
        """True when nothing at all is in the cell."""
        return self == EMPTY_CELL


EMPTY_CELL = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its non-blank cells by column index, and its own properties."""

    cells: dict[int, Cell] = field(default_factory=dict)
    meta: JsonObject = field(default_factory=dict)

    def put(self, changes: dict[int, Cell]) -> Row:
        """A row with some cells replaced."""
        cells = {**self.cells, **changes}
        return replace(self, cells={column: cell for column, cell in cells.items() if not cell.blank})


EMPTY_ROW = Row()

OBJECT_LISTS = (
    "merges",
    "conditionalFormats",
    "filterViews",
    "protectedRanges",
    "charts",
    "bandedRanges",
    "rowGroups",
    "columnGroups",
    "slicers",
    "tables",
    "developerMetadata",
)


@dataclass(eq=False)
class Sheet:
    """One tab. ``objects`` holds the lists of the API's Sheet message whose members need no more than storing."""

    sheet_id: int
    properties: JsonObject
    rows: list[Row]
    columns: list[JsonObject]
    objects: dict[str, list[JsonObject]] = field(default_factory=lambda: {name: [] for name in OBJECT_LISTS})
    basic_filter: JsonObject | None = None

    @property
    def title(self) -> str:
        """The tab's name."""
        return str(self.properties["title"])

    @property
    def row_count(self) -> int:
        """Rows of the grid, filled or not."""
        return len(self.rows)

    @property
    def column_count(self) -> int:
        """Columns of the grid, filled or not."""
        return len(self.columns)

    def cell(self, row: int, column: int) -> Cell:
        """The cell, blank if there is nothing (also outside the grid)."""
        if 0 <= row < len(self.rows):
            return self.rows[row].cells.get(column, EMPTY_CELL)
        return EMPTY_CELL

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Replace one cell."""
        self.rows[row] = self.rows[row].put({column: cell})

    def grow(self, rows: int, columns: int) -> None:
        """Make the grid at least this large."""
        self.rows.extend([EMPTY_ROW] * (rows - len(self.rows)))
        self.columns.extend({} for _ in range(columns - len(self.columns)))

    def last_filled_row(self) -> int:
        """Index after the last row that holds a value; 0 for an empty tab."""
        for index in range(len(self.rows) - 1, -1, -1):
            if any(filled(cell) for cell in self.rows[index].cells.values()):
                return index + 1
        return 0

    def copy(self) -> Sheet:
        """An independent copy; cells and rows are shared, being immutable."""
        return Sheet(
            self.sheet_id,
            copy.deepcopy(self.properties),
            list(self.rows),
            [dict(column) for column in self.columns],
            {name: copy.deepcopy(entries) for name, entries in self.objects.items()},
            copy.deepcopy(self.basic_filter),
        )


def filled(cell: Cell) -> bool:
    """True when the cell holds a value (a note or a colour alone is not one)."""
    return cell.value is not None and cell.value != ""


def new_sheet(sheet_id: int, title: str, rows: int = 1000, columns: int = 26) -> Sheet:
    """A tab of the size Google gives a new one (recorded: 1000 x 26)."""
    properties = {"title": title, "sheetType": "GRID", "gridProperties": {}}
    return Sheet(sheet_id, properties, [EMPTY_ROW] * rows, [{} for _ in range(columns)])


@dataclass
class Spreadsheet:
    """One spreadsheet. ``formula_values`` are results a test sets for formulas the stand-in cannot work out."""

    spreadsheet_id: str
    properties: JsonObject
    sheets: list[Sheet]
    named_ranges: list[JsonObject] = field(default_factory=list)
    metadata: list[JsonObject] = field(default_factory=list)
    formula_values: dict[str, Scalar | ErrorValue] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The file's name."""
        return str(self.properties["title"])

    @property
    def locale(self) -> str:
        """Such as ``id_ID``."""
        return str(self.properties["locale"])

    def find(self, sheet_id: int) -> Sheet | None:
        """The tab with this id."""
        return next((sheet for sheet in self.sheets if sheet.sheet_id == sheet_id), None)

    def by_title(self, title: str) -> Sheet | None:
        """The tab with this name; case counts only if two names differ in nothing else."""
        exact = next((sheet for sheet in self.sheets if sheet.title == title), None)
        return exact or next((sheet for sheet in self.sheets if sheet.title.casefold() == title.casefold()), None)

    def objects(self, name: str) -> Iterator[tuple[Sheet, JsonObject]]:
        """Every object of a kind on any tab."""
        for sheet in self.sheets:
            for entry in sheet.objects[name]:
                yield sheet, entry

    def copy(self) -> Spreadsheet:
        """An independent copy, cheap (see the module)."""
        return Spreadsheet(
            self.spreadsheet_id,
            copy.deepcopy(self.properties),
            [sheet.copy() for sheet in self.sheets],
            copy.deepcopy(self.named_ranges),
            copy.deepcopy(self.metadata),
            dict(self.formula_values),
        )


def new_spreadsheet(spreadsheet_id: str, title: str, locale: str = "en_US", zone: str = "Etc/GMT") -> Spreadsheet:
    """An empty spreadsheet as Google makes it: one tab "Sheet1" with id 0, locale en_US, zone Etc/GMT (recorded)."""
    properties: JsonObject = {
        "title": title,
        "locale": locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": zone,
        "defaultFormat": copy.deepcopy(DEFAULT_FORMAT),
        "spreadsheetTheme": copy.deepcopy(DEFAULT_THEME),
    }
    return Spreadsheet(spreadsheet_id, properties, [new_sheet(0, "Sheet1")])

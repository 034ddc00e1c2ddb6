"""The spreadsheet as setting up finds it: tabs, headers, and whether people have put anything there yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sync.domain.table import header_key
from sync.workspace.google.sheets import SheetClient
from sync.workspace.google.snapshot import read_areas

_FIELDS = (
    "properties(title,timeZone,locale),"
    "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),"
    "protectedRanges(protectedRangeId,description,warningOnly,range,requestingUserCanEdit),"
    "conditionalFormats(ranges),charts(chartId),"
    "data(startRow,startColumn,rowData(values(effectiveValue,dataValidation(condition(type))))))"
)


@dataclass(frozen=True, slots=True)
class FoundTab:
    """One tab. Columns are 0-based."""

    title: str
    sheet_id: int
    rows: int
    columns: int
    headers: tuple[str, ...]
    filled: int
    """Rows from the top to the last in which anything stands."""
    ruled: frozenset[int]
    """Columns that have a data validation anywhere below the header."""
    protected: tuple[dict[str, Any], ...]
    coloured: tuple[dict[str, Any], ...]
    """Areas of conditional formats."""
    charts: frozenset[int] = frozenset()
    """Ids of the charts that lie on it."""

    def column(self, header: str) -> int | None:
        """Return where the header stands; None if nowhere."""
        wanted = header_key(header)
        return next((index for index, found in enumerate(self.headers) if header_key(found) == wanted), None)


@dataclass(frozen=True, slots=True)
class FoundBook:
    title: str
    zone: str
    locale: str
    tabs: tuple[FoundTab, ...]

    def tab(self, title: str) -> FoundTab | None:
        """Return the tab of that name; Google takes names that differ only in case for one."""
        return next((tab for tab in self.tabs if header_key(tab.title) == header_key(title)), None)

    @property
    def protected_ids(self) -> frozenset[int]:
        return frozenset(int(entry.get("protectedRangeId", 0)) for tab in self.tabs for entry in tab.protected)


def find_book(sheets: SheetClient) -> FoundBook:
    """Read the spreadsheet, in one call.

    Raises:
        CallFailed.
    """
    book = sheets.get(_FIELDS)
    properties = book.get("properties", {})
    return FoundBook(
        title=str(properties.get("title", "")),
        zone=str(properties.get("timeZone", "")),
        locale=str(properties.get("locale", "")),
        tabs=tuple(map(_tab, book.get("sheets", ()))),
    )


def _tab(sheet: Mapping[str, Any]) -> FoundTab:
    properties, areas = sheet.get("properties", {}), sheet.get("data", ())
    grid = properties.get("gridProperties", {})
    cells, _ = read_areas(areas)
    top = cells.get(0, {})
    return FoundTab(
        title=str(properties.get("title", "")),
        sheet_id=int(properties.get("sheetId", 0)),
        rows=int(grid.get("rowCount", 0)),
        columns=int(grid.get("columnCount", 0)),
        headers=tuple(str(top.get(column) or "") for column in range(max(top, default=-1) + 1)),
        filled=max(cells, default=-1) + 1,
        ruled=frozenset(_ruled(areas)),
        protected=tuple(sheet.get("protectedRanges", ())),
        coloured=tuple(area for entry in sheet.get("conditionalFormats", ()) for area in entry.get("ranges", ())),
        charts=frozenset(int(chart.get("chartId", 0)) for chart in sheet.get("charts", ())),
    )


def _ruled(areas: Any) -> Iterator[int]:
    for area in areas:
        top, left = area.get("startRow", 0), area.get("startColumn", 0)
        for row, data in enumerate(area.get("rowData", ()), top):
            for column, cell in enumerate(data.get("values", ()), left):
                if row > 0 and cell.get("dataValidation"):
                    yield column

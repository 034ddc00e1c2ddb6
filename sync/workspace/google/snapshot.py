"""Reading: the whole book in one call, whatever its size."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sync.domain.columns import COLUMNS, Kind
from sync.domain.rules import Rules
from sync.domain.table import Cell, CellError, Table, header_key
from sync.workspace.google.cells import read_cell
from sync.workspace.google.errors import ZoneDiffers
from sync.workspace.google.failures import CallFailed, operator_error
from sync.workspace.google.grid import BookState, Grid
from sync.workspace.google.revision import Mark, find_mark, is_locked
from sync.workspace.google.sheets import SheetClient, quoted

PLACE = "the spreadsheet"
KEY = "workspace.google.spreadsheet_id"
_MARKS = "sheets(properties(sheetId,title),protectedRanges(protectedRangeId,description,warningOnly,range))"
_TABS = (
    "sheets(properties(sheetId,title,index,gridProperties(rowCount,columnCount)),"
    "protectedRanges(protectedRangeId,description,warningOnly,range)"
)
_CELLS = "data(startRow,startColumn,rowData(values(effectiveValue,hyperlink)))"
_FIXED_OFFSET = re.compile(r"(?:GMT|UTC)([+-])(\d{1,2}):?(\d{2})?")


class BookReader:
    """Reads the spreadsheet. ``register_tab`` is the ledger's, which carries the revision.

    ``moments`` are the headers, by tab, under which numbers are moments.
    """

    def __init__(
        self, sheets: SheetClient, register_tab: str, zone: ZoneInfo, moments: Mapping[str, Collection[str]]
    ) -> None:
        self._sheets, self._register_tab, self._zone, self._moments = sheets, register_tab, zone, moments

    def read(self, tabs: Sequence[str]) -> BookState:
        """Return those tabs and the revision; tabs that do not exist are left out, at the price of two more calls.

        Raises:
            ZoneDiffers: the spreadsheet's times are of another zone than the office's.
            AccessRefused, Unreachable.
        """
        wanted = list(dict.fromkeys(tabs))
        try:
            book = self._get(wanted)
        except CallFailed as failed:
            if failed.failure.status != 400:
                raise operator_error(failed.failure, PLACE, KEY) from failed
            book = self._get_existing(wanted, failed)
        self._check_zone(str(book.get("properties", {}).get("timeZone", "")))
        return self._state(book, wanted)

    def read_others(self, known: Sequence[str], wanted: Callable[[Sequence[str]], bool]) -> tuple[Table, ...]:
        """Return the tabs beside ``known`` whose headers are ``wanted``: two calls, and one more if there are such.

        Raises:
            AccessRefused, Unreachable.
        """
        ours = set(map(header_key, known))
        try:
            whole = self._sheets.get("sheets(properties(title,sheetType))")
            titles = [
                _title(sheet)
                for sheet in whole.get("sheets", ())
                if header_key(_title(sheet)) not in ours
                and sheet.get("properties", {}).get("sheetType", "GRID") == "GRID"  # a chart's own tab has no cells
            ]
            tops = self._grids(titles, "!1:1")
            return tuple(grid.table for grid in self._grids([top.tab for top in tops if wanted(top.headers)], ""))
        except CallFailed as failed:
            if failed.failure.status == HTTPStatus.BAD_REQUEST:
                return ()  # one was deleted or renamed between two calls: the next run looks again
            raise operator_error(failed.failure, PLACE, KEY) from failed

    def _grids(self, titles: Sequence[str], cells: str) -> list[Grid]:
        if not titles:
            return []
        fields = f"sheets(properties(sheetId,title),{_CELLS})"
        book = self._sheets.get(fields, [f"{quoted(title)}{cells}" for title in titles])
        return [read_grid(_title(sheet), sheet) for sheet in book.get("sheets", ())]

    def read_mark(self) -> Mark | None:
        """Return the revision alone, after an answer was lost.

        Raises:
            AccessRefused, Unreachable.
        """
        try:
            book = self._sheets.get(_MARKS)
        except CallFailed as failed:
            raise operator_error(failed.failure, PLACE, KEY) from failed
        sheets: Sequence[dict[str, Any]] = book.get("sheets", ())
        register = next((sheet for sheet in sheets if _title(sheet) == self._register_tab), {})
        return find_mark(register.get("protectedRanges", ()))

    def _get(self, tabs: Sequence[str], register: bool = True) -> dict[str, Any]:
        ranges = [quoted(tab) for tab in tabs]
        if register and self._register_tab not in tabs:
            ranges.append(f"{quoted(self._register_tab)}!A1")
        cells = f",{_CELLS}" if tabs else ""
        return self._sheets.get(f"properties(timeZone,locale),{_TABS}{cells})", ranges)

    def _get_existing(self, tabs: Sequence[str], failed: CallFailed) -> dict[str, Any]:
        """Leave out the tabs that Google could not parse as ranges. One that is there means another fault."""
        try:
            book = self._get([], register=False)
            titles = {_title(sheet) for sheet in book.get("sheets", ())}
            there = [tab for tab in tabs if tab in titles]
            if len(there) == len(tabs) and self._register_tab in titles:
                raise operator_error(failed.failure, PLACE, KEY) from failed
            return self._get(there, register=self._register_tab in titles) if there else book
        except CallFailed as again:
            raise operator_error(again.failure, PLACE, KEY) from again

    def _state(self, book: dict[str, Any], tabs: Sequence[str]) -> BookState:
        sheets = {_title(sheet): sheet for sheet in book.get("sheets", ())}
        folded = {header_key(title): sheet for title, sheet in sheets.items()}
        found = {tab: sheets.get(tab) or folded.get(header_key(tab)) for tab in tabs}
        found_sheets = [sheet for sheet in found.values() if sheet is not None]
        register = sheets.get(self._register_tab)
        protected = register.get("protectedRanges", ()) if register else ()
        mark = find_mark(protected)
        taken = {
            int(item.get("protectedRangeId", 0)) for one in sheets.values() for item in one.get("protectedRanges", ())
        }
        return BookState(
            mark=mark,
            grids={
                tab: read_grid(tab, sheet, self._moments.get(tab, ()))
                for tab, sheet in found.items()
                if sheet is not None
            },
            register_id=int(register["properties"].get("sheetId", 0)) if register else None,
            register_locked=is_locked(protected),
            taken=frozenset(taken - {mark.number} if mark else taken),
            titles=tuple(sheets),
            places=tuple(sorted((_index(sheet), int(sheet["properties"].get("sheetId", 0))) for sheet in found_sheets)),
        )

    def _check_zone(self, name: str) -> None:
        """An absent zone is not judged; two names of one offset are the same (Indonesia has no daylight saving)."""
        if not name or name == self._zone.key:
            return
        found = _zone(name)
        months = (datetime(2026, 1, 1), datetime(2026, 7, 1))
        if found is None or any(found.utcoffset(day) != self._zone.utcoffset(day) for day in months):
            raise ZoneDiffers(name, self._zone.key)


def read_grid(tab: str, sheet: Mapping[str, Any], moments: Collection[str] = ()) -> Grid:
    """Return a tab from the API's Sheet message; ``moments`` are the headers under which numbers are moments."""
    cells, links = read_areas(sheet.get("data", ()))
    top = cells.get(0, {})
    headers = [_header(top.get(column)) for column in range(max(top, default=-1) + 1)]
    while headers and not headers[-1].strip():
        headers.pop()
    width, filled = len(headers), max(cells, default=-1) + 1
    rows = [tuple(map(cells.get(row, {}).get, range(width))) for row in range(1, filled)]
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    properties, of_moments = sheet["properties"], frozenset(map(header_key, moments))
    return Grid(
        tab=tab,
        sheet_id=int(properties.get("sheetId", 0)),
        row_count=max(int(properties.get("gridProperties", {}).get("rowCount", 0)), filled),
        headers=tuple(headers),
        rows=tuple(rows),
        filled=filled,
        links={(row - 1, column): target for (row, column), target in links.items()},
        moments=frozenset(column for column, header in enumerate(headers) if header_key(header) in of_moments),
    )


def read_areas(
    areas: Sequence[Mapping[str, Any]],
) -> tuple[dict[int, dict[int, Cell]], dict[tuple[int, int], str]]:
    """Return the filled cells of some areas by row and column of the tab (0-based), and the linked cells' targets.

    Trailing empty cells and rows are absent in the API's answer; a whole empty area has no rows at all.
    """
    cells: dict[int, dict[int, Cell]] = {}
    links: dict[tuple[int, int], str] = {}
    for area in areas:
        left = area.get("startColumn", 0)
        for row, data in enumerate(area.get("rowData", ()), area.get("startRow", 0)):
            found: dict[int, Cell] = {}
            for column, entry in enumerate(data.get("values", ()), left):
                if entry:
                    cell = read_cell(entry)
                    if cell is not None:
                        found[column] = cell
                    if "hyperlink" in entry:
                        links[row, column] = entry["hyperlink"]
            if found:
                cells.setdefault(row, {}).update(found)
    return cells, links


def moment_headers(rules: Rules) -> dict[str, frozenset[str]]:
    """Return the headers of moments, by tab."""
    return {
        rules.tab_names[tab]: frozenset(
            rules.columns.headers(tab)[spec.field] for spec in specs if spec.kind is Kind.MOMENT
        )
        for tab, specs in COLUMNS.items()
    }


def _title(sheet: Mapping[str, Any]) -> str:
    return str(sheet.get("properties", {}).get("title", ""))


def _index(sheet: Mapping[str, Any]) -> int:
    """Return the tab's place among all of the spreadsheet's, from 0, whatever tabs were asked for."""
    return int(sheet.get("properties", {}).get("index", 0))


def _header(cell: Cell) -> str:
    return cell.code if isinstance(cell, CellError) else "" if cell is None else str(cell)


def _zone(name: str) -> tzinfo | None:
    """Read a CLDR name, or Google's ``GMT-07:00`` (SpreadsheetProperties.timeZone)."""
    fixed = _FIXED_OFFSET.fullmatch(name)
    if fixed:
        offset = timedelta(hours=int(fixed[2]), minutes=int(fixed[3] or 0))
        return timezone(-offset if fixed[1] == "-" else offset)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None

"""What the spreadsheet lacks → the requests that add it, as one batch. Values in, values out.

What is there stays as it is: no cell with anything in it is written, no rule replaced, no format changed, no tab or
column moved. A drop-down that is there is not even set again to the same rule: that would wipe the colours people gave
its choices, which cannot be read (github.com/jordfan/gsheets-pro).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sync.domain.layout import BookLayout, ColumnLayout, ListSource, TabLayout
from sync.domain.table import header_key
from sync.workspace.google.admin import words
from sync.workspace.google.admin.book_found import FoundBook, FoundTab
from sync.workspace.google.admin.book_warnings import free_id, warnings
from sync.workspace.google.admin.charts import chart_requests
from sync.workspace.google.admin.errors import TabRenamed
from sync.workspace.google.admin.look import HEADER_FIELDS, below_header, colour, dress_columns, header_cell
from sync.workspace.google.admin.renamed import renamed_tab
from sync.workspace.google.sheets import column_letters, quoted
from sync.workspace.google.transport import Json

_SPARE_ROWS = 199
"""Of a new tab, below what it begins with. The job inserts the rows it needs; empty ones count towards a limit."""
_FIRST_SHEET_ID = 26_110_001
"""Tabs get ids of ours, so that all can be made in one batch, and a batch sent again is refused."""


@dataclass(slots=True)
class BookPlan:
    """``done`` says what the requests add; ``left`` what only a person should change. Both for the operator."""

    requests: list[Json] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    sets_locale: bool = False
    """The spreadsheet's locale is not Indonesia's, and may still be changed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the spreadsheet is to be. ``register_tab`` carries the revision; ``not_made`` are tabs left to the form."""

    layout: BookLayout
    register_tab: str
    not_made: frozenset[str]
    data_tabs: frozenset[str]
    """Tabs whose rows hold moments: once there are any, the time zone is not changed any more."""
    zone: str
    ours: bool
    """Setup made the spreadsheet, so the empty tab it came with is no one's."""
    tab_keys: Mapping[str, str] = field(default_factory=dict)
    """Key under ``tab`` in config.yaml, by a tab's name."""
    new_tabs: frozenset[str] = frozenset()
    """Tabs that are to be made although others have their headers."""


def plan_book(wanted: Wanted, found: FoundBook) -> BookPlan:
    """Return what is to be added.

    Raises:
        TabRenamed: a tab is missing, and another one has its headers.
    """
    _check_renamed(wanted, found)
    plan = BookPlan()
    _properties(plan, wanted, found)
    tabs: dict[str, FoundTab] = {}
    spare = _spare_tab(wanted, found)
    sheet_ids = {tab.sheet_id for tab in found.tabs}
    for number, tab in enumerate(wanted.layout.tabs):
        there = found.tab(tab.name)
        if there is None and tab.name in wanted.not_made:
            continue
        if there is None:
            there, spare = _add_tab(plan, tab, spare, free_id(_FIRST_SHEET_ID + number, sheet_ids)), None
        tabs[tab.name] = _fill_tab(plan, tab, there)
    _choices(plan, wanted, found, tabs)
    _colours(plan, wanted, tabs)
    _charts(plan, wanted, tabs)
    warned = warnings(wanted.layout, wanted.register_tab, found.protected_ids, tabs)
    plan.requests += warned.requests
    plan.done += warned.done
    return plan


def _check_renamed(wanted: Wanted, found: FoundBook) -> None:
    ours = {header_key(tab.name) for tab in wanted.layout.tabs}
    settled = wanted.not_made | wanted.new_tabs
    missing = [tab for tab in wanted.layout.tabs if tab.name not in settled and found.tab(tab.name) is None]
    renamed = {tab.name: now for tab in missing if (now := renamed_tab(tab, found.tabs, ours)) is not None}
    if renamed:
        raise TabRenamed(renamed, wanted.tab_keys)


def _properties(plan: BookPlan, wanted: Wanted, found: FoundBook) -> None:
    """Zone and locale, as long as no moment in the book would be read differently by it.

    The locale is no request among the others: Google may refuse it, and all would be refused with it.
    """
    change = {}
    if found.zone != wanted.zone:
        change["timeZone"] = wanted.zone
    if not words.is_indonesian(found.locale):
        change["locale"] = words.LOCALES[0]
    if not change:
        return
    tabs = [found.tab(name) for name in sorted(wanted.data_tabs)]
    used = [tab.title for tab in tabs if tab is not None and tab.filled > 1]
    listed = ", ".join(f"{'time zone' if key == 'timeZone' else key} {value}" for key, value in change.items())
    if used:
        plan.left.append(
            f"spreadsheet: its settings differ ({listed} expected), but tab {used[0]!r} has entries already, so they "
            "were left alone: change them under File, Settings, and look whether the times are still right"
        )
        return
    plan.sets_locale = "locale" in change
    if "timeZone" in change:
        properties = {"timeZone": wanted.zone}
        plan.requests.append({"updateSpreadsheetProperties": {"properties": properties, "fields": "timeZone"}})
        plan.done.append(f"spreadsheet: time zone {wanted.zone} set")


def _spare_tab(wanted: Wanted, found: FoundBook) -> FoundTab | None:
    """The one empty tab that a new spreadsheet comes with."""
    lone = found.tabs[0] if len(found.tabs) == 1 else None
    ours = {tab.name for tab in wanted.layout.tabs}
    return lone if wanted.ours and lone and lone.filled == 0 and lone.title not in ours else None


def _add_tab(plan: BookPlan, tab: TabLayout, spare: FoundTab | None, sheet_id: int) -> FoundTab:
    grid = {"rowCount": _rows_of(tab), "columnCount": max(1, len(tab.columns)), "frozenRowCount": 1}
    if tab.key_header and not tab.locked:
        grid["frozenColumnCount"] = 1
    plan.done.append(f"tab {tab.name!r} made")
    if spare is None:
        properties = {"sheetId": sheet_id, "title": tab.name, "gridProperties": grid}
        plan.requests.append({"addSheet": {"properties": properties}})
        return FoundTab(tab.name, sheet_id, grid["rowCount"], grid["columnCount"], (), 0, frozenset(), (), ())
    fields = f"title,gridProperties({','.join(grid)})"
    properties = {"sheetId": spare.sheet_id, "title": tab.name, "gridProperties": grid}
    plan.requests.append({"updateSheetProperties": {"properties": properties, "fields": fields}})
    return replace(spare, title=tab.name, rows=grid["rowCount"], columns=grid["columnCount"])


def _rows_of(tab: TabLayout) -> int:
    return len(tab.rows) + 1 + _SPARE_ROWS


def _fill_tab(plan: BookPlan, tab: TabLayout, there: FoundTab) -> FoundTab:
    """Add the headers that are not there, right of all that is; an empty tab gets its first rows too."""
    missing = [column for column in tab.columns if there.column(column.header) is None]
    if not missing:
        return there
    empty = there.filled == 0
    if not empty and len(missing) == len(tab.columns):
        plan.left.append(
            f"tab {tab.name!r}: none of its headers stands in row 1, so it was left alone; give it its header row, or "
            "rename it, then run agenda setup again"
        )
        return there
    start = len(there.headers)
    needed = {"ROWS": 1 + (len(tab.rows) if empty else 0) - there.rows, "COLUMNS": start + len(missing) - there.columns}
    for dimension, short in needed.items():
        if short > 0:
            longer = {"sheetId": there.sheet_id, "dimension": dimension, "length": short}
            plan.requests.append({"appendDimension": longer})
    cells = {"values": [header_cell(column) for column in missing]}
    place = {"sheetId": there.sheet_id, "rowIndex": 0, "columnIndex": start}
    plan.requests.append({"updateCells": {"start": place, "rows": [cells], "fields": HEADER_FIELDS}})
    plan.requests += dress_columns(there.sheet_id, start, missing)
    if empty and tab.rows:
        plan.requests.append(_first_rows(tab, there.sheet_id))
    if not empty:
        plan.done += [f"tab {tab.name!r}: column {column.header!r} added at the right" for column in missing]
    headers = (*there.headers, *(column.header for column in missing))
    return replace(there, headers=headers, columns=max(there.columns, len(headers)))


def _charts(plan: BookPlan, wanted: Wanted, tabs: dict[str, FoundTab]) -> None:
    """Draw the charts that a tab lacks; those of people are left alone."""
    for tab in wanted.layout.tabs:
        there = tabs.get(tab.name)
        if there is None or not tab.charts or any(there.column(column.header) is None for column in tab.columns):
            continue
        requests = chart_requests(tab, there.sheet_id, there.charts)
        needed = {
            "ROWS": max(max(chart.last_row, chart.anchor_row) for chart in tab.charts) - there.rows,
            "COLUMNS": max(chart.anchor_column for chart in tab.charts) - there.columns,
        }
        for dimension, short in needed.items():
            if requests and short > 0:
                longer = {"sheetId": there.sheet_id, "dimension": dimension, "length": short}
                plan.requests.append({"appendDimension": longer})
        if requests:
            plan.requests += requests
            plan.done.append(f"tab {tab.name!r}: charts drawn")


def _first_rows(tab: TabLayout, sheet_id: int) -> Json:
    rows = [{"values": [_text(text) for text in entries]} for entries in tab.rows]
    start = {"sheetId": sheet_id, "rowIndex": 1, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def _text(text: str) -> Json:
    return {"userEnteredValue": {"stringValue": text}} if text else {}


def _choices(plan: BookPlan, wanted: Wanted, found: FoundBook, tabs: dict[str, FoundTab]) -> None:
    """Offer choices where no rule is yet. What is not in the list is accepted, with a mark."""
    for tab in wanted.layout.tabs:
        there = tabs.get(tab.name)
        for column in tab.columns if there else ():
            assert there is not None
            index = there.column(column.header)
            condition = _condition(column, tabs)
            if index is None or condition is None or index in there.ruled:
                continue
            rule = {"condition": condition, "strict": False, "showCustomUi": True}
            place = below_header(there.sheet_id, index)
            plan.requests.append({"setDataValidation": {"range": place, "rule": rule}})
            if found.tab(tab.name) is not None:
                plan.done.append(f"tab {tab.name!r}: drop-down added to column {column.header!r}")


def _condition(column: ColumnLayout, tabs: dict[str, FoundTab]) -> Json | None:
    if isinstance(column.choices, tuple):
        return {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": entry} for entry in column.choices]}
    if not isinstance(column.choices, ListSource):
        return None
    source = tabs.get(column.choices.tab)
    index = source.column(column.choices.header) if source else None
    if source is None or index is None:
        return None
    letters = column_letters(index)
    area = f"={quoted(source.title)}!${letters}$2:${letters}${max(2, source.rows)}"
    return {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": area}]}


def _colours(plan: BookPlan, wanted: Wanted, tabs: dict[str, FoundTab]) -> None:
    """Colour the status, unless people colour that column already."""
    layout = wanted.layout
    there = tabs.get(layout.status_tab)
    index = there.column(layout.status_header) if there else None
    if there is None or index is None or any(_meets(area, index) for area in there.coloured):
        return
    for number, (text, code) in enumerate(layout.status_colours.items()):
        condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": text}]}
        rule = {"condition": condition, "format": {"backgroundColorStyle": colour(code)}}
        places = [below_header(there.sheet_id, index)]
        added = {"rule": {"ranges": places, "booleanRule": rule}, "index": number}
        plan.requests.append({"addConditionalFormatRule": added})


def _meets(area: Json, column: int) -> bool:
    first, after = area.get("startColumnIndex", 0), area.get("endColumnIndex")
    return bool(first <= column and (after is None or column < after))

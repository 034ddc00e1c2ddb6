"""How the workbook is laid out when made: tabs, columns, drop-down lists, colours, charts. Nothing is judged here."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sync.domain.columns import COLUMNS, LISTED_FIELDS, LOCKED, Kind
from sync.domain.recap.tab import BY_MONTH, BY_STEP, RecapBlock, charted_blocks
from sync.domain.rules import Rules
from sync.domain.tabs import Tab


@dataclass(frozen=True, slots=True)
class ListSource:
    """Where a drop-down's entries stand: the column headed ``header`` of ``tab``, from its second row down."""

    tab: str
    header: str


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """One column as it is made. ``choices`` is a list elsewhere in the book, or the entries themselves, or None.

    A choice is offered, never forced: what is not in the list is accepted with a warning (and becomes a finding).
    """

    header: str
    kind: Kind
    width: int
    job: bool
    choices: ListSource | tuple[str, ...] | None = None


class ChartKind(Enum):
    """Upright or lying bars; lying ones have room for long labels."""

    COLUMN = "column"
    BAR = "bar"


@dataclass(frozen=True, slots=True)
class ChartLayout:
    """One chart over a tab's own rows, by headers, so that it follows a column that people moved.

    Rows and columns are counted from 1, as people see them. ``heading_row`` names the series; labels and values stand
    below it until ``last_row``. ``anchor_row`` and ``anchor_column`` are the cell at the upper left; sizes are in
    millimetres. ``top`` is the end of the value axis where there is a natural one.
    """

    title: str
    kind: ChartKind
    label_header: str
    value_headers: tuple[str, ...]
    heading_row: int
    last_row: int
    anchor_row: int
    anchor_column: int
    width: int
    height: int
    top: int | None = None


@dataclass(frozen=True, slots=True)
class TabLayout:
    """One tab as it is made: its columns, whether it is locked, its first rows, the charts over them."""

    name: str
    columns: tuple[ColumnLayout, ...]
    locked: bool
    key_header: str | None
    rows: tuple[tuple[str, ...], ...] = ()
    charts: tuple[ChartLayout, ...] = ()


@dataclass(frozen=True, slots=True)
class BookLayout:
    """The whole workbook, tabs in the order people see them."""

    tabs: tuple[TabLayout, ...]
    status_tab: str
    status_header: str
    status_colours: Mapping[str, str]
    """Fill by the text of a status, as ``RRGGBB``."""

    def tab(self, name: str) -> TabLayout:
        return next(tab for tab in self.tabs if tab.name == name)


ORDER = (
    Tab.AGENDA,
    Tab.RESPONSES,
    Tab.OUTGOING,
    Tab.RECAP,
    Tab.OFFICERS,
    Tab.LISTS,
    Tab.REGISTER,
    Tab.ARCHIVE,
)
ROLES = ("Front Office", "Staf", "Jafung", "Kepala Bidang")
YES, NO = "Ya", "Tidak"

_ROW_HEIGHT = 5.29
"""Millimetres of a row nobody changed: 15 points."""
_CHART_WIDTH, _UPRIGHT_HEIGHT = 170, 70
_CHART_FRAME, _CHART_LINE = 24, 8
"""Millimetres of a chart of lying bars: title and legend, and each label."""

STATUS_COLOURS = {
    "terdaftar": "E7E6E6",
    "konsultasi": "DDEBF7",
    "menunggu-dokumentasi": "FFF2CC",
    "dokumentasi": "DDEBF7",
    "belum-lengkap": "F8CBAD",
    "selesai": "C6E0B4",
    "batal": "D9D9D9",
}


def book_layout(rules: Rules) -> BookLayout:
    """Return the layout that the rules ask for."""
    return BookLayout(
        tabs=tuple(_tab_layout(rules, tab) for tab in ORDER),
        status_tab=rules.tab_names[Tab.AGENDA],
        status_header=rules.columns.agenda.header("status"),
        status_colours=STATUS_COLOURS,
    )


def _tab_layout(rules: Rules, tab: Tab) -> TabLayout:
    name = rules.tab_names[tab]
    if tab is Tab.LISTS:
        return _lists_layout(rules, name)
    headers = rules.columns.headers(tab)
    return TabLayout(
        name=name,
        columns=tuple(
            ColumnLayout(headers[spec.field], spec.kind, spec.width, spec.job, _choices(rules, tab, spec.field))
            for spec in COLUMNS[tab]
        ),
        locked=tab in LOCKED,
        key_header={
            Tab.AGENDA: headers.get("number"),
            Tab.REGISTER: headers.get("number"),
            Tab.ARCHIVE: headers.get("id"),
        }.get(tab),
        charts=_recap_charts(rules) if tab is Tab.RECAP else (),
    )


def _recap_charts(rules: Rules) -> tuple[ChartLayout, ...]:
    """Return the charts of the tab ``Rekap``, one below the other at the right of its columns."""
    headers = rules.columns.recap.headers
    anchor_row, charts = 2, []
    for block in charted_blocks(rules):
        lying = block.title != BY_MONTH
        height = _CHART_FRAME + _CHART_LINE * (block.last_row - block.heading_row) if lying else _UPRIGHT_HEIGHT
        charts.append(
            ChartLayout(
                title=block.title,
                kind=ChartKind.BAR if lying else ChartKind.COLUMN,
                label_header=headers["subject"],
                value_headers=_charted_headers(block, headers),
                heading_row=block.heading_row,
                last_row=block.last_row,
                anchor_row=anchor_row,
                anchor_column=len(headers) + 2,
                width=_CHART_WIDTH,
                height=height,
                top=100 if block.title == BY_STEP else None,
            )
        )
        anchor_row += math.ceil(height / _ROW_HEIGHT) + 1
    return tuple(charts)


def _charted_headers(block: RecapBlock, headers: Mapping[str, str]) -> tuple[str, ...]:
    """This month beside this year; of the twelve months only the year's column is full."""
    return (headers["this_year"],) if block.title == BY_MONTH else (headers["this_month"], headers["this_year"])


def _lists_layout(rules: Rules, name: str) -> TabLayout:
    fields = [field for field in LISTED_FIELDS if field in rules.choices]
    entries = [rules.choices[field] for field in fields]
    depth = max(map(len, entries), default=0)
    return TabLayout(
        name=name,
        columns=tuple(
            ColumnLayout(rules.columns.agenda.header(field), Kind.TEXT, max((16, *map(len, items))) + 2, job=False)
            for field, items in zip(fields, entries, strict=True)
        ),
        locked=False,
        key_header=None,
        rows=tuple(tuple(items[row] if row < len(items) else "" for items in entries) for row in range(depth)),
    )


def _choices(rules: Rules, tab: Tab, field: str) -> ListSource | tuple[str, ...] | None:
    if tab is Tab.OFFICERS:
        return {"role": ROLES, "active": (YES, NO)}.get(field)
    if tab is Tab.AGENDA and field == "officer":
        return ListSource(rules.tab_names[Tab.OFFICERS], rules.columns.officers.header("name"))
    if tab is Tab.AGENDA and field in LISTED_FIELDS and field in rules.choices:
        return ListSource(rules.tab_names[Tab.LISTS], rules.columns.agenda.header(field))
    return None

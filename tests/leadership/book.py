"""The office's own book with the tab Rekap filled in, on disk; and a look at the charts in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from sync.domain.layout import BookLayout, book_layout
from sync.domain.recap.tab import recap_tab_rows
from sync.domain.table import ReplaceRows
from sync.domain.tabs import RecapCells
from sync.workspace.local import LocalWorkspace
from tests.build import NOW, rules
from tests.recap.office import sample_office


def layout() -> BookLayout:
    return book_layout(rules())


def workspace_in(folder: Path, used: BookLayout | None = None) -> LocalWorkspace:
    """A workspace whose book is made and says what the sample office's tab Rekap says."""
    workspace = LocalWorkspace(folder, used or layout())
    workspace.prepare()
    fill(workspace)
    return workspace


def fill(workspace: LocalWorkspace) -> None:
    """Commit the tab Rekap, as a run does."""
    columns = rules().columns.recap
    rows = tuple(
        columns.values(dict(zip(RecapCells._fields, line, strict=True)))
        for line in recap_tab_rows(sample_office(), rules(), NOW)
    )
    workspace.commit([ReplaceRows(columns.tab, rows)], workspace.read([]).revision)


def charts_in(book: Path, tab: str = "Rekap") -> dict[str, Any]:
    """The charts of a tab as openpyxl reads them, by title."""
    sheet: Any = openpyxl.load_workbook(book)[tab]
    return {"".join(run.t for run in chart.title.tx.rich.p[0].r): chart for chart in sheet._charts}


def corner(chart: Any) -> tuple[int, int]:
    """Row and column of the cell at the chart's upper left, from 1."""
    return chart.anchor._from.row + 1, chart.anchor._from.col + 1

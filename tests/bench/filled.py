"""Books that have been in use for a while: made by the job's own changes, receipts recorded as filed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sync.domain.changes import record_changes, schedule_changes
from sync.domain.documents import DocumentKind
from sync.domain.plan import Request, allocated, decide
from sync.domain.reading import read_book, tabs_to_read
from sync.domain.table import AppendRows, NewCell
from sync.workspace.port import Workspace
from tests import build

FIRST = datetime(2026, 11, 2, 8, 0)


def answers(moments: Sequence[datetime]) -> list[dict[str, NewCell]]:
    """One response a moment, by header."""
    columns = build.rules().columns.responses
    rows = []
    for order, moment in enumerate(moments):
        cells = build.response_cells(timestamp=moment, arrived=moment.time(), name=f"Pemohon {order}")
        rows.append(columns.values({field: value for field, value in cells._asdict().items() if value is not None}))
    return rows


def respond(workspace: Workspace, moments: Sequence[datetime]) -> None:
    """Put responses into the form's tab."""
    tab = build.rules().columns.responses.tab
    workspace.commit([AppendRows(tab, tuple(answers(moments)))], workspace.read([tab]).revision)


def fill(workspace: Workspace, templates: Mapping[DocumentKind, str], size: int) -> None:
    """Register ``size`` responses of this month and record their receipts as filed; their files are not made."""
    rules, clock = build.rules(), build.clock()
    respond(workspace, [FIRST + timedelta(minutes=3) * order for order in range(size)])
    snapshot = workspace.read(tabs_to_read(rules))
    plan = decide(read_book(snapshot, rules, build.WIB), rules, clock, build.NOW, templates, Request())
    plan = allocated(plan, workspace.allocate(len(plan.schedule)))
    workspace.commit(schedule_changes(plan, rules, build.NOW), snapshot.revision)
    snapshot = workspace.read(tabs_to_read(rules))
    book = read_book(snapshot, rules, build.WIB)
    filed = {
        entry.id: replace(entry, filed=True, sha256="0" * 64, link=f"arsip/{entry.path}") for entry in book.archive
    }
    judged = decide(book, rules, clock, build.NOW, templates, Request()).judged
    workspace.commit(record_changes(book, judged, rules, build.NOW, filed), snapshot.revision)

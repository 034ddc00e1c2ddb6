"""A run on the local backend at 1,000 and 10,000 rows: ``python -m tests.bench.bench_local``.

Idle: nothing to do. New: one response came in (read, decide, commit, one receipt, read again, record). The book is
made by the job's own changes, with the archive list filled but without its 10,000 files.
"""

from __future__ import annotations

import gc
import tempfile
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sync.documents.templates import load_templates
from sync.domain.archive import DocumentKind
from sync.domain.book import read_book, tabs_to_read, with_filed
from sync.domain.changes import record_changes, schedule_changes
from sync.domain.layout import book_layout
from sync.domain.plan import Request, allocated, decide
from sync.domain.safety import Accepted
from sync.domain.table import AppendRows
from sync.job import Office, no_progress, run
from sync.workspace.local import LocalWorkspace
from tests import build
from tests.bench.machine import machine_line

SIZES = (1_000, 10_000)


def main() -> None:
    print(machine_line())
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), size)


def _measure(folder: Path, size: int) -> None:
    workspace = LocalWorkspace(folder, book_layout(build.rules()))
    templates = load_templates(build.ROOT / "templates", build.rules())
    office = Office(workspace, build.rules(), build.clock(), templates, time.sleep, no_progress)
    _fill(workspace, templates.digests(), size)
    gc.disable()  # as the command line does for a run
    started = time.perf_counter()
    idle = run(office, build.NOW, Request(), Accepted())
    seconds = time.perf_counter() - started
    assert (idle.registered, idle.documents_filed, idle.rows_updated) == (0, 0, 0)
    print(f"idle run, {size:6,} rows {seconds:8.2f} s")
    _respond(workspace, [build.NOW - timedelta(minutes=5)])
    started = time.perf_counter()
    one = run(office, build.NOW, Request(), Accepted())
    seconds = time.perf_counter() - started
    assert (one.registered, one.documents_filed) == (1, 1)
    print(f"one new response, {size:6,} rows {seconds:8.2f} s")
    gc.enable()


def _respond(workspace: LocalWorkspace, moments: list[datetime]) -> None:
    columns = build.rules().columns.responses
    rows = []
    for order, moment in enumerate(moments):
        cells = build.response_cells(timestamp=moment, arrived=moment.time(), name=f"Pemohon {order}")
        rows.append(columns.values({field: value for field, value in cells._asdict().items() if value is not None}))
    snapshot = workspace.read([columns.tab])
    workspace.commit([AppendRows(columns.tab, tuple(rows))], snapshot.revision)


def _fill(workspace: LocalWorkspace, templates: dict[DocumentKind, str], size: int) -> None:
    """Register ``size`` responses of this month and record their receipts as filed."""
    rules, clock = build.rules(), build.clock()
    first = datetime(2026, 11, 2, 8, 0)
    _respond(workspace, [first + timedelta(minutes=3) * order for order in range(size)])
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
    workspace.commit(record_changes(with_filed(book, filed), judged, rules, build.NOW, filed), snapshot.revision)


if __name__ == "__main__":
    main()

"""A run on the local backend at 1,000 and 10,000 rows: ``python -m tests.bench.bench_local``.

Idle: nothing to do. New: one response came in (read, decide, commit, one receipt, read again, record). The book is
made by the job's own changes, with the archive list filled but without its 10,000 files: that is accepted.
"""

from __future__ import annotations

import gc
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sync.documents.templates import load_templates
from sync.domain.layout import book_layout
from sync.domain.plan import Request
from sync.domain.safety import Accepted
from sync.job import run
from sync.office import Office, no_progress
from sync.workspace.local import LocalWorkspace
from tests import build
from tests.bench.filled import fill, respond
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
    fill(workspace, templates.digests(), size)
    gc.disable()  # as the command line does for a run
    started = time.perf_counter()
    idle = run(office, build.NOW, Request(), Accepted(missing_documents=True))
    seconds = time.perf_counter() - started
    assert (idle.registered, idle.documents_filed, idle.rows_updated) == (0, 0, 0)
    print(f"idle run, {size:6,} rows {seconds:8.2f} s")
    respond(workspace, [build.NOW - timedelta(minutes=5)])
    started = time.perf_counter()
    one = run(office, build.NOW, Request(), Accepted(missing_documents=True))
    seconds = time.perf_counter() - started
    assert (one.registered, one.documents_filed) == (1, 1)
    print(f"one new response, {size:6,} rows {seconds:8.2f} s")
    gc.enable()


if __name__ == "__main__":
    main()

"""An office on the stand-in for Google, its book in use for a while, and two programs to work in it."""

from __future__ import annotations

import gzip
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from sync.documents.sample import Variety, sample_fields
from sync.documents.templates import Templates, pictures_of
from sync.domain.documents import DocumentKind
from sync.domain.plan import Request
from sync.domain.safety import Accepted
from sync.domain.table import CellError
from sync.job import RunReport, run
from sync.office import Office
from sync.workspace.google import open_google
from sync.workspace.google.cells import stored_value
from tests import build
from tests.bench.bench_documents import plain
from tests.bench.filled import answers, fill
from tests.bench.tutorial_gspread import Tutorial
from tests.google.google import Reply
from tests.google.google import Request as Call
from tests.google.identity import gspread_client
from tests.google.sheets.areas import column_name
from tests.google_backend.office import GoogleOffice, emulator
from tests.memory import MemoryWorkspace
from tests.run.office import empty_tabs

RECEIPT = build.ROOT / "templates" / "tanda-registrasi.docx"


@dataclass(frozen=True)
class Cost:
    """What one run took. ``received`` are the bytes of all answers, ``compressed`` what gzip would make of each."""

    reads: int
    writes: int
    drive: int
    uploads: int
    received: int
    compressed: int
    seconds: float

    @property
    def sheets(self) -> int:
        return self.reads + self.writes


@contextmanager
def open_bench(templates: Templates, size: int) -> Iterator[BenchOffice]:
    """An office whose book has ``size`` registrations."""
    with tempfile.TemporaryDirectory() as folder:
        google = GoogleOffice(Path(folder))
        try:
            bench = BenchOffice(google, templates)
            bench.fill(size)
            yield bench
        finally:
            google.close()


class BenchOffice:
    """An office on the stand-in, its book in use for a while, and both programs to work in it."""

    def __init__(self, google: GoogleOffice, templates: Templates) -> None:
        self.google, self._templates = google, templates
        self._submitted = 0

    def fill(self, size: int) -> None:
        """Put a book that the job has kept into the spreadsheet, as people would paste it."""
        memory = MemoryWorkspace(empty_tabs(), notices_edits=False)
        fill(memory, self._templates.digests(), size)
        for tab, grid in memory.tabs.items():
            rows = [[None if isinstance(cell, CellError) else stored_value(cell) for cell in row] for row in grid]
            self._write(tab, 1, rows)

    def submit(self, count: int) -> None:
        """Visitors fill in the form, one every ten seconds."""
        tab = build.rules().columns.responses.tab
        first = build.NOW - timedelta(hours=1) + timedelta(seconds=10) * self._submitted
        self._submitted += count
        rows = answers([first + timedelta(seconds=10) * order for order in range(count)])
        headers = self.google.staff.rows(tab)[0]
        cells = [[stored_value(row.get(header)) for header in headers] for row in rows]
        self._write(tab, len(self.google.staff.rows(tab)) + 1, cells)

    def _write(self, tab: str, line: int, rows: list[list[Any]]) -> None:
        filled = [["" if cell is None else cell for cell in row] for row in rows]
        self.google.staff.write(tab, f"A{line}", filled, typed=False)

    def ours(self, expected: int = 0) -> Cost:
        """Run the job, in a process of its own as it were."""
        with emulator(self.google.server.host):
            workspace = open_google(self.google.config())
        whole = Office(workspace, build.rules(), build.clock(), self._templates, time.sleep)
        reports: list[RunReport] = []
        cost = self._cost(lambda: reports.append(run(whole, build.NOW, Request(), Accepted())))
        assert (reports[0].registered, reports[0].documents_filed) == (expected, expected), reports
        return cost

    def theirs(self, expected: int = 0) -> Cost:
        """Run the script of the tutorial, in the book as it would have left it itself; nothing of it stays.

        What it has to say of these rows is nothing, and the job's findings in their place would have it write them all.
        """
        start = self.google.google.snapshot()
        findings = build.rules().columns.agenda.header("findings")
        column = column_name(self.google.staff.column("Agenda", findings))
        empty = [[""]] * (len(self.google.staff.rows("Agenda")) - 1)
        self.google.staff.write("Agenda", f"{column}2", empty, typed=False)
        url, account = self.google.server.url, self.google.account
        script = Tutorial(gspread_client(url), url, account.spreadsheet_id, account.folder_id, _receipt)
        registered: list[int] = []
        cost = self._cost(lambda: registered.append(script.run(build.NOW)))
        assert registered == [expected], registered
        self.google.google.restore(start)
        return cost

    def _cost(self, work: Callable[[], None]) -> Cost:
        google = self.google.google
        google.counters.reset()
        bodies: list[bytes] = []
        answer = google.handle

        def handle(call: Call) -> Reply:
            reply = answer(call)
            bodies.append(reply.body)
            return reply

        with mock.patch.object(google, "handle", handle):
            started = time.perf_counter()
            work()
            seconds = time.perf_counter() - started
        kinds, methods = google.counters.kinds, google.counters.methods
        return Cost(
            reads=kinds["sheets_read"],
            writes=kinds["sheets_write"],
            drive=kinds["drive"],
            uploads=methods.get("drive.files.create", 0),
            received=google.counters.bytes_sent,
            compressed=sum(len(gzip.compress(body, 6)) for body in bodies),
            seconds=seconds,
        )


def _receipt(number: str, answer: Mapping[str, Any]) -> bytes:
    """The office's own receipt by plain docxtpl, with a picture of the QR code."""
    rules = build.rules()
    fields = {
        **sample_fields(DocumentKind.RECEIPT, rules, Variety.FULL),
        "nomor": number,
        "nama": answer["Nama Lengkap"],
    }
    return plain(RECEIPT, fields, pictures_of(DocumentKind.RECEIPT, fields), rules)

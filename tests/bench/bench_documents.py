"""Documents a second, beside plain docxtpl in the same process: ``python -m tests.bench.bench_documents``.

Both get the same context. Every document has another number: ours draws its QR code each time, plain docxtpl is handed
one ready-made PNG. The two take turns, so that whatever else the machine does hits both alike.
Plain docxtpl is what its manual shows: a new DocxTemplate a document, rendered with ``autoescape=True``, saved. The
text of both results is compared before anything is timed.
"""

from __future__ import annotations

import io
import itertools
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from sync.config.load import load_config
from sync.documents.context import document_context, issue_context, office_context
from sync.documents.images import Picture
from sync.documents.kinds import file_name
from sync.documents.sample import SAMPLE_MOMENT, Variety, sample_fields
from sync.documents.templates import RenderRequest, Templates, load_templates, pictures_of
from sync.domain.archive import DocumentKind
from sync.domain.book import PRESENT
from sync.domain.fields import Fields
from sync.domain.layout import book_layout
from sync.domain.plan import Request
from sync.domain.rules import IssueRules, Rules
from sync.domain.safety import Accepted
from sync.domain.table import AppendRows, NewCell
from sync.job import run
from sync.office import Office
from sync.workspace.local import LocalWorkspace
from tests import build
from tests.documents.reading import text_of

ROOT = Path(__file__).parents[2]
KINDS = (DocumentKind.RECEIPT, DocumentKind.TELAAHAN, DocumentKind.DISPOSITION)
ROUNDS, BATCH = 15, 10
MONTH = 300
TIMES = (
    "arrived", "directed", "consultation_start", "consultation_end", "documentation_start", "documentation_end",
)  # fmt: skip
TEXTS: dict[str, NewCell] = {
    "name": "Petrus Santoso, S.E.",
    "acting_as": "Pengurus koperasi",
    "cooperative": "Koperasi Produsen Tani Makmur & Rekan",
    "cooperative_kind": "Produsen",
    "regency": "Sintang",
    "phone": "081298187479",
    "service": "Kelembagaan",
    "topic": "Perubahan anggaran dasar",
    "summary": "Pengurus ingin mengubah tempat kedudukan dan menambah bidang usaha simpan pinjam.",
    "channel": "Front office",
    "consent": "Ya, saya setuju",
    "officer": "Rina Marlina",
    "room": "Ruang Konsultasi 1",
    "disposition": "Disposisi Kepala Bidang: tindaklanjuti dan laporkan hasilnya.",
    "materials": "Anggaran dasar; Berita acara rapat anggota",
    "problem": "Koperasi bermaksud memindahkan kedudukan, tetapi rapat anggota belum dituangkan dalam akta.",
    "facts": "Rapat anggota dihadiri 61 dari 84 anggota.",
    "analysis": "Perubahan tempat kedudukan memerlukan pengesahan; keputusan rapat saja belum cukup.",
    "conclusion": "Permohonan dapat diproses setelah akta perubahan dibuat.",
    "advice": "Pengurus menghubungi notaris dan melengkapi berita acara.",
    "follow_up": "Selesai",
}


def main() -> None:
    rules = load_config(ROOT / "config.yaml").rules
    templates = load_templates(ROOT / "templates", rules, KINDS)
    print(f"{platform.node()}: {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
    for kind in KINDS:
        ours, theirs = measure(kind, rules, templates)
        print(f"{kind.value:18} {ours:7.0f} documents/s   plain docxtpl {theirs:6.1f}/s   {ours / theirs:5.1f} times")
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = measure_month(Path(folder))
    print(
        f"a month with {MONTH} consultations: all telaahan plus the rekap, local backend, a whole run: "
        f"{ours:.0f} documents/s   plain docxtpl, rendering alone {theirs:.1f}/s   {ours / theirs:.1f} times"
    )


def measure(kind: DocumentKind, rules: Rules, templates: Templates) -> tuple[float, float]:
    """Return documents a second, ours and plain docxtpl's: medians over rounds that take turns."""
    fields = sample_fields(kind, rules, Variety.FULL)
    pictures = pictures_of(kind, fields)
    numbers = itertools.count(1)
    path = ROOT / "templates" / file_name(kind)
    assert text_of(templates.render(_request(kind, fields))) == text_of(plain(path, fields, pictures, rules))

    def fresh() -> Fields:
        return {**fields, "nomor": f"KONS-2026-{next(numbers):04d}"}

    def run_ours() -> None:
        for _ in range(BATCH):
            templates.render(_request(kind, fresh()))

    def run_plain() -> None:
        for _ in range(BATCH):
            plain(path, fresh(), pictures, rules)

    times: dict[Callable[[], None], list[float]] = {run_ours: [], run_plain: []}
    for _ in range(ROUNDS):
        for make, taken in times.items():
            start = time.perf_counter()
            make()
            taken.append(time.perf_counter() - start)
    return BATCH / statistics.median(times[run_ours]), BATCH / statistics.median(times[run_plain])


def measure_month(folder: Path) -> tuple[float, float]:
    """Return documents a second of a whole run (read, decide, commit, render, file, record), and of plain docxtpl.

    Plain docxtpl gets the fields and pictures of the same documents ready-made, and only has to fill in the templates.
    """
    office = build.config()
    issue = IssueRules((), (DocumentKind.TELAAHAN.value,), (DocumentKind.RECAP.value,), ("bulan",), 25)
    rules = replace(office.rules, issue=issue)
    workspace = LocalWorkspace(folder, book_layout(rules))
    fill_month(workspace, rules)
    templates = _Recording(load_templates(ROOT / "templates", rules))
    start = time.perf_counter()
    report = run(
        Office(workspace, rules, build.clock(), templates, time.sleep), datetime(2026, 12, 1, 8), Request(), Accepted()
    )
    ours = time.perf_counter() - start
    assert report.documents_filed == len(templates.made) == MONTH + 1, report
    pictures = [pictures_of(kind, fields) for kind, fields in templates.made]
    start = time.perf_counter()
    for (kind, fields), drawn in zip(templates.made, pictures, strict=True):
        plain(ROOT / "templates" / file_name(kind), fields, drawn, rules)
    return report.documents_filed / ours, report.documents_filed / (time.perf_counter() - start)


def fill_month(workspace: LocalWorkspace, rules: Rules) -> None:
    """Register a month of finished consultations, one every half hour of the working days."""
    workspace.prepare()
    first = datetime(2026, 11, 2, 7, 30)
    columns, register = rules.columns.agenda, rules.columns.register
    agenda: list[dict[str, NewCell]] = []
    ledger: list[dict[str, NewCell]] = []
    for order in range(MONTH):
        moment = first + timedelta(days=order // 15 + 2 * (order // 75), minutes=15 * (order % 15))
        number = f"KONS-2026-{order + 1:04d}"
        times: dict[str, NewCell] = {
            field: moment + timedelta(minutes=after)
            for field, after in zip(TIMES, (-3, 2, 5, 95, 100, 130), strict=True)
        }
        agenda.append(columns.values(TEXTS | times | {"number": number, "registered_at": moment}))
        entry: dict[str, NewCell] = {
            "number": number,
            "response_key": number,
            "responded_at": moment,
            "recorded_at": moment,
        }
        ledger.append(register.values({**entry, "presence": PRESENT}))
    staff = rules.columns.officers
    officers = tuple(
        staff.values(dict(zip(("name", "employee_number", "role", "active"), officer, strict=True)))
        for officer in build.OFFICERS
    )
    changes = [
        AppendRows(register.tab, tuple(ledger)),
        AppendRows(columns.tab, tuple(agenda)),
        AppendRows(staff.tab, officers),
    ]
    workspace.commit(changes, workspace.read([]).revision)


class _Recording:
    """The templates, and what they were asked to make."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self.made: list[tuple[DocumentKind, Fields]] = []

    def digests(self) -> Mapping[DocumentKind, str]:
        return self._templates.digests()

    def make(self, kind: DocumentKind, fields: Fields, **issue: Any) -> bytes:
        self.made.append((kind, fields))
        return self._templates.make(kind, fields, **issue)


def plain(path: Path, fields: Fields, pictures: Mapping[str, Picture], rules: Rules) -> bytes:
    """Return the document as plain docxtpl makes it."""
    template = DocxTemplate(str(path))
    context: dict[str, object] = {
        **document_context(
            office_context(rules.office(SAMPLE_MOMENT)), issue_context(SAMPLE_MOMENT, 1, rules.zone_label), fields
        )
    }
    for name, picture in pictures.items():
        context[name] = InlineImage(template, io.BytesIO(picture.png), Mm(picture.width), Mm(picture.height))
    template.render(context, autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return buffer.getvalue()


def _request(kind: DocumentKind, fields: Fields) -> RenderRequest:
    return RenderRequest(kind, fields, "id", "fingerprint", SAMPLE_MOMENT, 1, "Judul", "KONS-2026-0001")


if __name__ == "__main__":
    main()

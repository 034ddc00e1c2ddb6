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
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from sync.config.load import load_config
from sync.documents.context import document_context, issue_context, office_context
from sync.documents.images import Picture
from sync.documents.kinds import file_name
from sync.documents.sample import SAMPLE_MOMENT, Variety, sample_fields
from sync.documents.templates import RenderRequest, Templates, load_templates, pictures_of
from sync.domain.archive import DocumentKind
from sync.domain.fields import Fields
from sync.domain.rules import Rules
from tests.documents.reading import text_of

ROOT = Path(__file__).parents[2]
KINDS = (DocumentKind.RECEIPT, DocumentKind.TELAAHAN, DocumentKind.DISPOSITION)
ROUNDS, BATCH = 15, 10


def main() -> None:
    rules = load_config(ROOT / "config.yaml").rules
    templates = load_templates(ROOT / "templates", rules, KINDS)
    print(f"{platform.node()}: {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
    for kind in KINDS:
        ours, theirs = measure(kind, rules, templates)
        print(f"{kind.value:18} {ours:7.0f} documents/s   plain docxtpl {theirs:6.1f}/s   {ours / theirs:5.1f} times")


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
        for run, taken in times.items():
            start = time.perf_counter()
            run()
            taken.append(time.perf_counter() - start)
    return BATCH / statistics.median(times[run_ours]), BATCH / statistics.median(times[run_plain])


def plain(path: Path, fields: Fields, pictures: Mapping[str, Picture], rules: Rules) -> bytes:
    """Return the document as plain docxtpl makes it."""
    template = DocxTemplate(str(path))
    context: dict[str, object] = {
        **document_context(office_context(rules.office), issue_context(SAMPLE_MOMENT, 1, rules.zone_label), fields)
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

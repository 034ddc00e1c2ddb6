"""The project's own templates, loaded once, and documents made from invented visits."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sync.documents.sample import SAMPLE_MOMENT, Variety, sample_fields
from sync.documents.templates import RenderRequest, Templates, load_templates
from sync.domain.documents import DocumentKind
from sync.domain.fields import Fields
from tests.build import ROOT, rules

FOLDER = ROOT / "templates"
OF_REGISTRATION = (DocumentKind.RECEIPT, DocumentKind.TELAAHAN, DocumentKind.DISPOSITION)
OTHER_PAPERS = {DocumentKind.RECEIPT: "80mm", DocumentKind.TELAAHAN: "f4"}
OF_PERIOD = (DocumentKind.RECAP, DocumentKind.AGENDA_IN, DocumentKind.AGENDA_OUT, DocumentKind.CONTENTS)
EVERY_PAPER = (
    *((kind, "") for kind in (*OF_REGISTRATION, *OF_PERIOD)),
    *OTHER_PAPERS.items(),
)
PAPERS_OF_REGISTRATION = tuple(paper for paper in EVERY_PAPER if paper[0] in OF_REGISTRATION)


@cache
def templates(variant: str = "") -> Templates:
    if not variant:
        return load_templates(FOLDER, rules(), (*OF_REGISTRATION, *OF_PERIOD))
    chosen = {kind: name for kind, name in OTHER_PAPERS.items() if name == variant}
    return load_templates(FOLDER, rules(), tuple(chosen), chosen)


def request(kind: DocumentKind, fields: Fields, variant: str = "") -> RenderRequest:
    return RenderRequest(kind, fields, "doc-1", "sidik-1", SAMPLE_MOMENT, 2, "Judul & Co", "KONS-2026-0001", variant)


def document(kind: DocumentKind, variety: Variety = Variety.FULL, variant: str = "", **changed: object) -> bytes:
    fields = {**sample_fields(kind, rules(), variety), **changed}
    return templates(variant).render(request(kind, fields, variant))  # type: ignore[arg-type]  # tests put in anything


def folder_with(path: Path, name: str, content: bytes) -> Path:
    """Return ``path``, holding one template."""
    (path / name).write_bytes(content)
    return path

"""PDF copies of filed documents, made on this computer: beside the Word file where that lies on this disk, else in
the folder ``pdf/`` beside config.yaml, under the archive's own path.

A copy is no document of its own: the archive list does not know it, and it may be thrown away and made again. A filed
document never changes (a changed one has another name), so a copy that is there is the right one.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from sync.config import Config
from sync.documents.pdf import convert_to_pdf
from sync.job import read_office
from sync.office import Office
from sync.workspace.disk import FileSystem, told
from sync.workspace.local import ARCHIVE_NAME
from sync.workspace.local.paths import inside
from sync.workspace.port import DocumentId

PDF_FOLDER = "pdf"


def copy_root(config: Config) -> Path:
    """Return the folder under which copies lie at the archive's own paths."""
    return (
        config.local_folder / ARCHIVE_NAME if config.backend == "local" else config.path.resolve().parent / PDF_FOLDER
    )


def make_copies(office: Office, config: Config, paths: Sequence[str]) -> Iterator[Path]:
    """Make the copies that are missing, of the filed documents at ``paths``; yield each copy's place, new or not.

    Raises:
        PdfUnavailable: there is no LibreOffice, or it failed.
        DocumentMissing, PathRefused, AccessRefused, DiskFull, Unreachable.
    """
    root = copy_root(config)
    targets = {path: inside(root, path).with_suffix(".pdf") for path in paths}
    missing = {path for path, target in targets.items() if not target.exists()}
    book = read_office(office)[0] if missing else None
    ids = {entry.path: DocumentId(entry.id) for entry in book.archive} if book else {}
    for path, target in targets.items():
        if path in missing:
            _write(target, convert_to_pdf(office.workspace.open(ids[path], path)))
        yield target


def _write(target: Path, content: bytes) -> None:
    """Nobody ever sees a part of a copy; what a crash leaves has a name that is swept like any other draft."""
    disk = FileSystem()
    draft = target.with_name(f".{uuid.uuid4()}.tmp")
    with told(str(target)):
        disk.make_folder(target.parent)
        try:
            disk.write(draft, content)
            disk.fsync(draft)
            disk.replace(draft, target)
        finally:
            if os.path.lexists(draft):
                disk.unlink(draft)

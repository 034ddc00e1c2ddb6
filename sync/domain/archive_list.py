"""Reading the archive list: what the job scheduled and filed, and the rows that somebody has edited since."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sync.domain.archive import is_reference, read_path
from sync.domain.book import DRAFT, FILED, FOLDER, NUMBERED, SCHEDULED, ArchiveEntry, BrokenEntry
from sync.domain.cells import Unreadable, is_filled, read_moment, read_text
from sync.domain.first_version import told_number
from sync.domain.rules import Rules
from sync.domain.table import Cell, Table
from sync.domain.tabs import ArchiveCells
from sync.errors import LedgerBroken

_NO_DAY = date(1900, 1, 1)
_REVISIONS = range(1, 10_000)


def read_archive(table: Table, rules: Rules) -> tuple[tuple[ArchiveEntry, ...], tuple[BrokenEntry, ...]]:
    """Return the rows, and those that were edited by hand, as far as it can be told which document they are of.

    Raises:
        LedgerBroken: it cannot be told, and so its document would be issued again.
    """
    entries: list[ArchiveEntry] = []
    broken: list[BrokenEntry] = []
    ids: set[str] = set()
    for position, cells in enumerate(rules.columns.archive.read(table)):
        if any(map(is_filled, cells)) and read_text(cells.kind) != FOLDER:
            entry = _archive_entry(position, cells)
            if isinstance(entry, ArchiveEntry) and entry.id in ids:
                entry = BrokenEntry(position, entry.kind, entry.reference, "a document id stands here a second time")
            if isinstance(entry, ArchiveEntry):
                ids.add(entry.id)
                entries.append(entry)
            elif entry.kind:
                broken.append(entry)
            else:
                raise LedgerBroken(table.tab, position + 2, entry.why)
    return _really_filed(entries), tuple(broken)


def _really_filed(entries: Sequence[ArchiveEntry]) -> tuple[ArchiveEntry, ...]:
    """Take an entry for filed only with digest and link, and not with a link that leads to another one's document.

    Rows that somebody sorted while they were recorded can bear each other's: what is where, the archive knows.
    """
    ids = {entry.id for entry in entries}
    paths = {entry.path for entry in entries}
    return tuple(
        replace(entry, filed=False)
        if entry.filed and not (entry.sha256 and entry.link and _leads_to(entry, ids, paths))
        else entry
        for entry in entries
    )


def _leads_to(entry: ArchiveEntry, ids: Collection[str], paths: Collection[str]) -> bool:
    """Tell whether the link is the entry's own, as far as links tell: by the id in it, or by the path at its end."""
    if entry.id in entry.link or entry.link.endswith(entry.path):
        return True
    parts = re.split(r"[/?&=#]", entry.link)
    ends = ("/".join(entry.link.split("/")[at:]) for at in range(entry.link.count("/") + 1))
    return not any(part in ids for part in parts) and not any(end in paths for end in ends)


def _archive_entry(position: int, cells: ArchiveCells) -> ArchiveEntry | BrokenEntry:
    """Return the row; a broken one without a kind is one of which not even its document can be told."""
    scheduled_at = job_moment(cells.scheduled_at)
    revision = cells.revision
    texts = [read_text(cell) for cell in (cells.id, cells.reference, cells.kind, cells.path, cells.fingerprint)]
    state = read_text(cells.state)
    if not is_reference(texts[2], texts[1]):
        name = read_path(texts[3])
        kind, reference = (name.kind.value, name.reference) if name else ("", "")
        return BrokenEntry(position, kind, reference, "a document's kind or reference is not the job's")
    if (
        scheduled_at is None
        or isinstance(revision, bool)
        or not isinstance(revision, int | float)
        or revision not in _REVISIONS
        or not all(texts)
        or state not in (SCHEDULED, FILED)
    ):
        why = "a document's id, path, moment, revision, fingerprint or state is not the job's"
        return BrokenEntry(position, texts[2], texts[1], why)
    official_number, draft = _stage(texts[2], cells)
    return ArchiveEntry(
        position=position,
        id=texts[0],
        reference=texts[1],
        kind=texts[2],
        revision=int(revision),
        description=read_text(cells.description),
        path=texts[3],
        scheduled_at=scheduled_at,
        fingerprint=texts[4],
        sha256=read_text(cells.sha256),
        link=read_text(cells.link),
        filed=state == FILED,
        official_number=official_number,
        draft=draft,
        facts=read_text(cells.facts),
    )


def _stage(kind: str, cells: ArchiveCells) -> tuple[str, bool]:
    """Return the official number that a document bears, and whether it is a draft."""
    stage = read_text(cells.stage)
    if stage in (DRAFT, NUMBERED):
        return read_text(cells.official_number), stage == DRAFT
    return told_number(kind, read_text(cells.description))


def job_moment(cell: Cell) -> datetime | None:
    moment = read_moment(cell, _NO_DAY, timedelta(0))
    return None if isinstance(moment, Unreadable) else moment

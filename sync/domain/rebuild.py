"""A lost archive list, made again from the archive itself: each file's path and the identity in it say what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sync.domain.book import FILED, ArchiveEntry
from sync.domain.changes import stage_cells
from sync.domain.documents import OF_REGISTRATION, OUTGOING, DocumentKind, document_title
from sync.domain.first_version import told_number
from sync.domain.numbers import read_number
from sync.domain.period import parse_period
from sync.domain.rules import Rules
from sync.domain.table import AppendRows, Change, NewCell
from sync.domain.wording import reference_text
from sync.errors import PeriodUnreadable

_KINDS = "|".join(kind.value for kind in DocumentKind)
_PATH = re.compile(
    rf"(\d{{4}})/(.+)/(\d{{2}}) [^/]+/(\d{{4}}-\d{{2}}-\d{{2}})_([A-Za-z0-9-]+)_({_KINDS})"
    r"(?:-r([2-9]|[1-9]\d+))?\.docx",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class FiledName:
    """What the path of a document says of it."""

    kind: DocumentKind
    reference: str
    revision: int
    day: date
    classification: str

    @property
    def about(self) -> str:
        """How its description names what it is about: the number, or the period in words."""
        return reference_text(self.reference)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a document says of itself; ``paragraphs`` are the texts of its body, table cells among them."""

    description: str
    issued_at: datetime | None
    revision: int | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnlistedDocument:
    """A document of the job's that the list does not have. ``facts`` is None where its content cannot be read."""

    id: str
    path: str
    sha256: str
    fingerprint: str
    link: str
    facts: DocumentFacts | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document of the job's that could not be listed, and what to do about it (for the operator)."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class RebuiltList:
    """The rows to add to the list, in path order, and what could not be added."""

    entries: tuple[ArchiveEntry, ...]
    left_out: tuple[LeftOut, ...]


def read_path(path: str) -> FiledName | None:
    """Return what a path says, None if the job would never have given it.

    The folder must be the day's own, the reference a registration number or a period, as the kind asks.
    """
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    year, classification, month, day, reference, kind, revision = match.groups()
    try:
        filed_under = date.fromisoformat(day)
    except ValueError:
        return None
    if (filed_under.year, filed_under.month) != (int(year), int(month)):
        return None
    name = FiledName(DocumentKind(kind), reference, int(revision or 1), filed_under, classification)
    if name.kind in OF_REGISTRATION:
        return name if read_number(reference) else None
    try:
        return name if parse_period(reference).key == reference else None
    except PeriodUnreadable:
        return None


def rebuilt_list(entries: Sequence[ArchiveEntry], found: Iterable[UnlistedDocument], now: datetime) -> RebuiltList:
    """Return the rows that the list lacks. ``entries`` are those that stand: they are neither changed nor doubled.

    A file whose name and content disagree, or that exists twice, is left out and named: nobody guesses which is right.
    """
    standing = {(entry.kind, entry.reference, entry.revision) for entry in entries}
    taken = {entry.path for entry in entries}
    unlisted = sorted(found, key=lambda document: document.path)
    copies = Counter(document.id for document in unlisted)
    rows: list[ArchiveEntry] = []
    left_out: list[LeftOut] = []
    for document in unlisted:
        name = read_path(document.path)
        if name is None:
            left_out.append(LeftOut(document.path, "no place or name the job gives: move it back where it was filed"))
        elif document.path in taken or (name.kind.value, name.reference, name.revision) in standing:
            left_out.append(LeftOut(document.path, "the list has another document of this name: move one of them out"))
        elif copies[document.id] > 1:
            left_out.append(LeftOut(document.path, "the same document lies here more than once: move the copies out"))
        elif not _agrees(name, document.facts):
            left_out.append(LeftOut(document.path, "its content is another document's: give it its own name back"))
        else:
            rows.append(_entry(name, document, now))
    return RebuiltList(tuple(rows), tuple(left_out))


def _agrees(name: FiledName, facts: DocumentFacts | None) -> bool:
    """Tell whether the document itself says that it is what its name says; one that cannot be read does not object."""
    if facts is None or not facts.description:
        return True
    same = facts.description.endswith(f" {name.about}") or f" {name.about}, " in facts.description
    return same and facts.revision in (None, name.revision)


def _entry(name: FiledName, document: UnlistedDocument, now: datetime) -> ArchiveEntry:
    facts = document.facts
    issued_at = facts.issued_at if facts else None
    description = (facts.description if facts else "") or document_title(name.kind, name.reference)
    official_number, draft = told_number(name.kind.value, description)
    return ArchiveEntry(
        position=-1,
        id=document.id,
        reference=name.reference,
        kind=name.kind.value,
        revision=name.revision,
        description=description,
        path=document.path,
        # A period's document is filed under its last day, which may be still to come.
        scheduled_at=issued_at or min(datetime.combine(name.day, time()), now.replace(microsecond=0)),
        fingerprint=document.fingerprint,
        sha256=document.sha256,
        link=document.link,
        filed=True,
        official_number=official_number,
        draft=draft,
    )


def rebuild_changes(entries: Iterable[ArchiveEntry], rules: Rules) -> list[Change]:
    """Return the one change that adds the rows; empty when there are none.

    When each was filed is not known any more: the moment of its issue, which is in the document, stands for it.
    """
    columns = rules.columns.archive
    rows: list[dict[str, NewCell]] = []
    for entry in entries:
        name = read_path(entry.path)
        rows.append(
            columns.values(
                {
                    "id": entry.id,
                    "reference": entry.reference,
                    "kind": entry.kind,
                    "revision": entry.revision,
                    "classification": name.classification if name else rules.archive.code_of_kind[entry.kind],
                    "description": entry.description,
                    "path": entry.path,
                    "scheduled_at": entry.scheduled_at,
                    "filed_at": entry.scheduled_at,
                    "fingerprint": entry.fingerprint,
                    "sha256": entry.sha256,
                    "link": entry.link,
                    "state": FILED,
                    **stage_cells(entry),
                }
            )
        )
    return [AppendRows(columns.tab, tuple(rows))] if rows else []


def goes_out(entry: ArchiveEntry) -> bool:
    """Tell whether a document is one that the outgoing book has a row for."""
    return DocumentKind(entry.kind) in OUTGOING

"""A lost archive list, made again from the archive itself: each file's path and the identity in it say what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sync.domain.archive import OF_PERIOD, OF_REGISTRATION, OUTGOING, DocumentKind
from sync.domain.book import FILED, ArchiveEntry, Book, BrokenEntry, LedgerEntry
from sync.domain.cells import read_text
from sync.domain.numbers import read_number
from sync.domain.period import parse_period
from sync.domain.rules import Rules
from sync.domain.table import AppendRows, Change, NewCell
from sync.domain.wording import DOCUMENT_TITLES, period_text
from sync.errors import PeriodUnreadable

_KINDS = "|".join(kind.value for kind in DocumentKind)
_NAME = rf"(\d{{4}}-\d{{2}}-\d{{2}})_([A-Za-z0-9-]+)_({_KINDS})(?:-r([2-9]|[1-9]\d+))?\.docx"
_PATH = re.compile(rf"(\d{{4}})/(.+)/(\d{{2}}) [^/]+/{_NAME}", re.ASCII)
_NUMBER_NAMED = re.compile(rf"(?:.*/)?{_NAME}", re.ASCII)
_LINKED = {"receipt": DocumentKind.RECEIPT, "telaahan": DocumentKind.TELAAHAN}
"""The agenda's columns that show a document."""
_NUMBERS_SAID = re.compile(r"\b([A-Za-z][A-Za-z0-9-]{0,31}-\d{4}-\d{1,9})\b", re.ASCII)


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
        if self.kind in OF_REGISTRATION:
            return self.reference
        return period_text(parse_period(self.reference))


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
    office: str = ""
    """The number prefix of the office that issued it, as its mark says; ``""`` where it says nothing."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document of the job's that could not be listed, and what to do about it (for the operator)."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class RebuiltList:
    """The rows to add to the list, in path order, what could not be added, and what is another office's."""

    entries: tuple[ArchiveEntry, ...]
    left_out: tuple[LeftOut, ...]
    foreign: tuple[str, ...] = ()
    """Paths of documents that bear another office's prefix: they are not this book's to list."""
    lacking: int = 0
    """How many documents that the agenda shows are on the list neither before nor after."""


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
    return name if is_reference(kind, reference) else None


def is_reference(kind: str, reference: str) -> bool:
    """Tell whether there can be a document of that kind about that reference: a number, or a period, as it asks."""
    if kind in {other.value for other in OF_REGISTRATION}:
        return read_number(reference) is not None
    try:
        return kind in {other.value for other in OF_PERIOD} and parse_period(reference).key == reference
    except PeriodUnreadable:
        return False


def number_in_name(path: str) -> str:
    """Return the registration number that a document's file name bears, wherever it lies; ``""`` if none."""
    match = _NUMBER_NAMED.fullmatch(path)
    if match is None or DocumentKind(match[3]) not in OF_REGISTRATION:
        return ""
    return match[2] if read_number(match[2]) else ""


def own_prefixes(ledger: Iterable[LedgerEntry], rules: Rules) -> frozenset[str]:
    """Return the number prefixes of this office: the configured one, and those under which it ever gave a number."""
    read = (read_number(entry.number) for entry in ledger)
    return frozenset({rules.number_prefix, *(parts.prefix for parts in read if parts)})


def is_of_registration(entry: ArchiveEntry, own: Container[str]) -> bool:
    """Tell whether a row of the list is of a registration of this office; ``own`` are its prefixes.

    Version 0.1 listed another office's documents too where the archive folder was shared.
    """
    parts = read_number(entry.reference)
    return parts is not None and parts.prefix in own and entry.kind in {kind.value for kind in OF_REGISTRATION}


def shown_documents(book: Book) -> set[tuple[str, str]]:
    """Return (kind, number) of the documents that the agenda shows in rows of numbers that were given."""
    known = book.ledger_by_number()
    return {
        (kind.value, row.number)
        for row in book.agenda
        if row.number in known
        for field, kind in _LINKED.items()
        if read_text(getattr(row.cells, field)).startswith(DOCUMENT_TITLES[kind.value])
    }


def listed_documents(book: Book) -> set[tuple[str, str]]:
    """Return (kind, reference) of every document on the list, in damaged rows too."""
    rows: list[ArchiveEntry | BrokenEntry] = [*book.archive, *book.broken]
    return {(row.kind, row.reference) for row in rows}


def lacking_documents(book: Book, added: Iterable[ArchiveEntry]) -> int:
    """Return how many documents the agenda shows of which the list has nothing, with what is to be ``added`` to it.

    Where the list stays empty though numbers were given, each number counts: it has a receipt, as a rule.
    """
    listed = listed_documents(book) | {(entry.kind, entry.reference) for entry in added}
    lacking = len(shown_documents(book) - listed)
    return lacking if listed else max(lacking, len(book.ledger))


def issuing_office(path: str, mark: str, paragraphs: Iterable[str] = ()) -> str:
    """Return the number prefix of the office that issued a document; ``""`` where it cannot be told.

    A registration's is in its name. A period's is its ``mark``; one of version 0.1 has none, and is told by most of the
    numbers in its text. One of those without a number is nobody's for sure, and taken for this office's own.
    """
    if number := number_in_name(path):
        parts = read_number(number)
        return parts.prefix if parts else ""
    said = (read_number(number) for text in paragraphs for number in _NUMBERS_SAID.findall(text))
    prefixes = Counter(parts.prefix for parts in said if parts)
    return mark or (prefixes.most_common(1)[0][0] if prefixes else "")


def rebuilt_list(
    entries: Sequence[ArchiveEntry],
    found: Iterable[UnlistedDocument],
    now: datetime,
    own: Collection[str] = (),
    broken: Iterable[BrokenEntry] = (),
) -> RebuiltList:
    """Return the rows that the list lacks. ``entries`` are those that stand: they are neither changed nor doubled.

    A file whose name and content disagree, or that exists twice, is left out and named: nobody guesses which is right.
    One that bears another prefix than the ``own`` ones is another office's (none given: all are this one's). One whose
    row stands, but was ``broken``, waits until people have mended or deleted that row.
    """
    damaged = {(entry.kind, entry.reference) for entry in broken}
    foreign: list[str] = []
    standing = {(entry.kind, entry.reference, entry.revision) for entry in entries}
    taken = {entry.path for entry in entries}
    unlisted = sorted(found, key=lambda document: document.path)
    copies = Counter(document.id for document in unlisted)
    rows: list[ArchiveEntry] = []
    left_out: list[LeftOut] = []
    for document in unlisted:
        name = read_path(document.path)
        office = issuing_office(document.path, document.office, document.facts.paragraphs if document.facts else ())
        if own and office and office not in own:
            foreign.append(document.path)
        elif name is not None and (name.kind.value, name.reference) in damaged:
            left_out.append(LeftOut(document.path, "its row of the list was edited: undo that, or delete the row"))
        elif name is None:
            left_out.append(LeftOut(document.path, "no place or name the job gives: move it back where it was filed"))
        elif document.path in taken or (name.kind.value, name.reference, name.revision) in standing:
            left_out.append(LeftOut(document.path, "the list has another document of this name: move one of them out"))
        elif copies[document.id] > 1:
            left_out.append(LeftOut(document.path, "the same document lies here more than once: move the copies out"))
        elif not _agrees(name, document.facts):
            left_out.append(LeftOut(document.path, "its content is another document's: give it its own name back"))
        else:
            rows.append(_entry(name, document, now))
    return RebuiltList(tuple(rows), tuple(left_out), tuple(foreign))


def _agrees(name: FiledName, facts: DocumentFacts | None) -> bool:
    """Tell whether the document itself says that it is what its name says; one that cannot be read does not object."""
    if facts is None or not facts.description:
        return True
    same = facts.description.endswith(f" {name.about}") or f" {name.about}, " in facts.description
    return same and facts.revision in (None, name.revision)


def _entry(name: FiledName, document: UnlistedDocument, now: datetime) -> ArchiveEntry:
    facts = document.facts
    issued_at = facts.issued_at if facts else None
    return ArchiveEntry(
        position=-1,
        id=document.id,
        reference=name.reference,
        kind=name.kind.value,
        revision=name.revision,
        description=(facts.description if facts else "") or f"{DOCUMENT_TITLES[name.kind.value]} {name.about}",
        path=document.path,
        # A period's document is filed under its last day, which may be still to come.
        scheduled_at=issued_at or min(datetime.combine(name.day, time()), now.replace(microsecond=0)),
        fingerprint=document.fingerprint,
        sha256=document.sha256,
        link=document.link,
        filed=True,
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
                }
            )
        )
    return [AppendRows(columns.tab, tuple(rows))] if rows else []


def goes_out(entry: ArchiveEntry) -> bool:
    """Tell whether a document is one that the outgoing book has a row for."""
    return DocumentKind(entry.kind) in OUTGOING

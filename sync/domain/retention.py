"""The archive list against the retention schedule (JRA): what may leave the office, and what may leave the world.

The unit is the *berkas*: what lies under one classification code of one year. It is closed on the last day of the year
in which its last document was issued, and its years count from then: retention runs from the end of an activity, not
from the date of a document. A correction issued a year later keeps its berkas longer, never shorter.

Nothing here decides about an archive: it lists what the archivist may propose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sync.domain.book import ArchiveEntry
from sync.domain.fields.contents import filed_day
from sync.domain.rules import ArchiveRules, Classification


class Proposal(Enum):
    """What becomes of a berkas, in the words of the archive's practice. In the order in which they are told."""

    TRANSFER = "usul pindah"
    """Past its active years: to the records centre (unit kearsipan)."""
    DESTROY = "usul musnah"
    """Past all its years, its final fate is destruction."""
    HAND_OVER = "usul serah"
    """Past all its years and permanent: to the archival institution (lembaga kearsipan daerah)."""
    REVIEW = "dinilai kembali"
    """Past all its years; the schedule has it appraised again."""
    UNDECIDED = "belum ditetapkan"
    """The office has not decided its years, or not its final fate."""
    ACTIVE = "masih aktif"


_FATES = {"musnah": Proposal.DESTROY, "permanen": Proposal.HAND_OVER, "dinilai kembali": Proposal.REVIEW}


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A berkas. ``active_until`` and ``inactive_until`` are the last days of those years; None: not decided."""

    code: str
    year: int
    classification: Classification | None
    entries: tuple[ArchiveEntry, ...]
    closed: date
    active_until: date | None
    inactive_until: date | None
    proposal: Proposal

    @property
    def name(self) -> str:
        return self.classification.name if self.classification else ""

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that its documents are filed under."""
        days = [filed_day(entry) for entry in self.entries]
        return min(days), max(days)


def archive_files(archive: Iterable[ArchiveEntry], rules: ArchiveRules, today: date) -> list[ArchiveFile]:
    """Return every berkas that holds a filed document, by proposal, code and year; its documents in path order."""
    held: dict[tuple[str, int], list[ArchiveEntry]] = {}
    for entry in archive:
        if entry.filed:
            held.setdefault((_code(entry, rules), filed_day(entry).year), []).append(entry)
    files = [_judged(code, year, entries, rules, today) for (code, year), entries in held.items()]
    order = list(Proposal)
    return sorted(files, key=lambda file: (order.index(file.proposal), file.code, file.year))


def _code(entry: ArchiveEntry, rules: ArchiveRules) -> str:
    """Return the code of the folder that the document lies in: what its kind is filed under today may be another."""
    folders = entry.path.split("/")[:-1]
    return folders[1] if len(folders) > 1 else rules.code_of_kind.get(entry.kind, "")


def _judged(code: str, year: int, entries: list[ArchiveEntry], rules: ArchiveRules, today: date) -> ArchiveFile:
    classification = rules.classifications.get(code)
    closed = date(max(year, *(entry.scheduled_at.year for entry in entries)), 12, 31)
    active_until = _later(closed, classification.active_years if classification else None)
    inactive_until = _later(active_until, classification.inactive_years if classification else None)
    return ArchiveFile(
        code=code,
        year=year,
        classification=classification,
        entries=tuple(sorted(entries, key=lambda entry: (entry.path, entry.revision))),
        closed=closed,
        active_until=active_until,
        inactive_until=inactive_until,
        proposal=_proposal(classification, active_until, inactive_until, today),
    )


def _later(day: date | None, years: int | None) -> date | None:
    return None if day is None or years is None else date(day.year + years, 12, 31)


def _proposal(
    classification: Classification | None, active_until: date | None, inactive_until: date | None, today: date
) -> Proposal:
    if classification is None or active_until is None:
        return Proposal.UNDECIDED
    if today <= active_until:
        return Proposal.ACTIVE
    if inactive_until is None or today <= inactive_until:
        return Proposal.TRANSFER
    fate = classification.final.strip().casefold()
    return next((proposal for word, proposal in _FATES.items() if fate.startswith(word)), Proposal.UNDECIDED)

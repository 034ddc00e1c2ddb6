"""The archive against its list: what is missing, altered, elsewhere, or not on the list. It names, it never mends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from sync.domain.book import ArchiveEntry


class Difference(Enum):
    """The value is the word in ``verify --json``."""

    MISSING = "missing"
    ALTERED = "altered"
    MOVED = "wrong-place"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class ArchiveDifference:
    """One thing that is off, where, and what to do about it (for the operator)."""

    kind: Difference
    path: str
    next_step: str


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that lies in the archive. ``id`` is ``""`` where files have none of their own."""

    id: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ArchiveComparison:
    """``whole`` counts the documents that are what and where the list says; ``pending`` those not filed yet."""

    whole: int
    pending: int
    differences: tuple[ArchiveDifference, ...]


def compare_archive(entries: Iterable[ArchiveEntry], files: Iterable[FoundFile]) -> ArchiveComparison:
    """Compare the list with what lies in the archive; differences in path order."""
    by_path = {file.path: file for file in files}
    by_hash = {file.sha256: file for file in by_path.values()}
    by_id = {file.id: file for file in by_path.values() if file.id}
    listed: set[str] = set()
    differences = []
    whole = pending = 0
    for entry in entries:
        file = by_path.get(entry.path)
        listed.add(entry.path)
        if not entry.filed:
            pending += 1
        elif file is not None and file.sha256 == entry.sha256:
            whole += 1
        elif (elsewhere := by_id.get(entry.id) or by_hash.get(entry.sha256)) and elsewhere.path != entry.path:
            listed.add(elsewhere.path)
            differences.append(ArchiveDifference(Difference.MOVED, elsewhere.path, f"move it back to {entry.path}"))
        elif file is None:
            differences.append(
                ArchiveDifference(Difference.MISSING, entry.path, "put it back from a copy of the archive")
            )
        else:
            differences.append(
                ArchiveDifference(
                    Difference.ALTERED, entry.path, "put the filed version back from a copy of the archive"
                )
            )
    differences += [
        ArchiveDifference(Difference.ORPHAN, path, "not the job's: move it out of the archive")
        for path in by_path
        if path not in listed
    ]
    return ArchiveComparison(whole, pending, tuple(sorted(differences, key=lambda item: (item.path, item.kind.value))))

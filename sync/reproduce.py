"""Make every filed document again from what it carries, and compare: the archive is its own witness.

Where the template is still the one it was made with, byte for byte; else every text it carries stands on its page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from sync.documents.carried import Carried
from sync.domain.book import ArchiveEntry
from sync.domain.fields import Fields, FieldValue
from sync.domain.repair.verify import Difference, Found
from sync.errors import DocumentMissing
from sync.office import Progress
from sync.workspace.port import DocumentId, Workspace


class Outcome(Enum):
    """What came of one document; the value is the word in ``verify --reproduce --json``."""

    SAME_BYTES = "same-bytes"
    SAME_TEXT = "same-text"
    DIFFERENT = "different"
    CARRIES_NOTHING = "carries-nothing"
    MISSING = "missing"


class Remaker(Protocol):
    """Reads what a document carries, and makes it again of that."""

    def carried(self, content: bytes) -> Carried | None:
        """Return what the document carries, None where that is nothing."""

    def remake(self, entry: ArchiveEntry, carried: Carried) -> bytes | None:
        """Return the document again; None where its template is not the one it was made with any more."""

    def text(self, content: bytes) -> str:
        """Return all that the document's pages say, headers and footers too."""


@dataclass(frozen=True, slots=True)
class Reproduction:
    """How many documents came out how, and those that did not come out as they are filed."""

    counts: Mapping[str, int]
    found: tuple[Found, ...]


def reproduce(
    workspace: Workspace, entries: Iterable[ArchiveEntry], maker: Remaker, progress: Progress
) -> Reproduction:
    """Make each filed document of ``entries`` again and compare. Nothing is written."""
    filed = [entry for entry in entries if entry.filed]
    counts: Counter[str] = Counter()
    found = []
    for done, entry in enumerate(filed, start=1):
        outcome = _outcome(workspace, entry, maker)
        counts[outcome.value] += 1
        if outcome is Outcome.DIFFERENT:
            step = "it is not what its own fields make: put the filed version back from a copy of the archive"
            found.append(Found(Difference.NOT_REPRODUCED, entry.path, step))
        progress("documents", done, len(filed))
    return Reproduction(dict(counts), tuple(found))


def _outcome(workspace: Workspace, entry: ArchiveEntry, maker: Remaker) -> Outcome:
    try:
        content = workspace.open(DocumentId(entry.id), entry.path)
    except DocumentMissing:
        return Outcome.MISSING
    carried = maker.carried(content)
    if carried is None:
        return Outcome.CARRIES_NOTHING
    again = maker.remake(entry, carried)
    if again is not None:
        return Outcome.SAME_BYTES if again == content else Outcome.DIFFERENT
    page = _squeezed(maker.text(content))
    return (
        Outcome.SAME_TEXT
        if all(_squeezed(text) in page for text in _texts(_printed(carried.fields)))
        else Outcome.DIFFERENT
    )


def _printed(fields: Fields) -> Fields:
    """Leave out what only pictures show."""
    return {name: value for name, value in fields.items() if name != "grafik"}


def _texts(value: FieldValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _texts(item)


def _squeezed(text: str) -> str:
    return "".join(text.split())

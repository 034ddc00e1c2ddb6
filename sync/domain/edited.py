"""Whose response is whose: each visit keeps its number, however its response was edited, moved or exported since.

A response whose content (or id) the ledger has seen is that number's. Any other one may be an edited version of a
response that is gone, or another writing of one that stands: :mod:`sync.domain.pairing`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.domain.book import Book, LedgerEntry
from sync.domain.pairing import Pairing
from sync.domain.registration import Response
from sync.domain.remembered import (
    Remembered,
    exact_digest,
    parts_of,
    remember,
    remember_version,
    short_key,
)
from sync.domain.tabs import AgendaCells

SAME_MOMENT = timedelta(seconds=2)
"""So far apart may two records of one moment be: the form's own, and its sheet's."""


@dataclass(frozen=True, slots=True)
class Visits:
    """The responses by the number they belong to."""

    versions: Mapping[str, tuple[Response, ...]]
    """Each content once, the one that counts first; a number whose response is gone has none."""
    changed: frozenset[str]
    """Numbers whose response no longer says what was registered."""
    copies: Mapping[str, int]
    """How often a number's response stands in the tab as it was registered, where that is more than once."""
    remembered: Mapping[str, Remembered]
    """What the ledger is to remember from now on, where that is not what it does."""
    pending: tuple[Response, ...]
    """Responses without a number, each visit once, in row order."""

    def response(self, number: str) -> Response | None:
        versions = self.versions.get(number)
        return versions[0] if versions else None

    def as_registered(self, number: str) -> Response | None:
        """Return the response if it says what was registered."""
        return None if number in self.changed else self.response(number)


def match_responses(book: Book, now: datetime | None = None) -> Visits:
    """Return whose response is whose. ``now`` tells moments that cannot have been yet; None where that is no matter."""
    owners = _owners(book.ledger)
    responses = {response.key: response for response in reversed(book.responses)}
    found: dict[str, list[Response]] = defaultdict(list)
    unknown: list[Response] = []
    for response in sorted(responses.values(), key=lambda item: item.position):
        owner = owners.get(response.key) or owners.get(short_key(response.key))
        owner = owner or owners.get(response.content_key) or owners.get(short_key(response.content_key))
        if owner:
            found[owner.number].append(response)
        else:
            unknown.append(response)
    late: dict[str, Response] = {}
    if unknown:
        pairing = Pairing(book, found, unknown, now)
        for number, response in pairing.pairs():
            found[number].append(response)
            late[number] = response
        unknown = pairing.left
    return _visits(book, found, late, _one_a_visit(unknown))


def _owners(ledger: Iterable[LedgerEntry]) -> dict[str, LedgerEntry]:
    """Return the entries by every key of theirs; the key at registration is stronger than those seen since."""
    owners: dict[str, LedgerEntry] = {}
    for entry in ledger:
        if entry.remembered:
            for key in entry.remembered.keys:
                owners.setdefault(key, entry)
    owners.update({entry.response_key: entry for entry in ledger})
    return owners


def _visits(
    book: Book, found: Mapping[str, Sequence[Response]], late: Mapping[str, Response], pending: tuple[Response, ...]
) -> Visits:
    versions: dict[str, tuple[Response, ...]] = {}
    changed: set[str] = set()
    copies: dict[str, int] = {}
    remembered: dict[str, Remembered] = {}
    rows = Counter(response.key for response in book.responses)
    agenda = {row.number: row.cells for row in book.agenda}
    for entry in book.ledger:
        there = found.get(entry.number)
        if not there:
            continue
        if len(there) == 1 and _is_no_news(entry, there[0]):
            versions[entry.number] = (there[0],)
            if rows[there[0].key] > 1:
                copies[entry.number] = rows[there[0].key]
            continue
        edited = [item for item in there if not _is_as_registered(entry, item, agenda.get(entry.number))]
        latest = _latest(entry, edited or there, late.get(entry.number))
        versions[entry.number] = (latest, *(response for response in there if response is not latest))
        if edited:
            changed.add(entry.number)
        same = sum(rows[response.key] for response in there if response not in edited)
        if same > 1:
            copies[entry.number] = same
        memory = _memory(entry, latest, there, edited)
        if memory != entry.remembered:
            remembered[entry.number] = memory
    return Visits(versions, frozenset(changed), copies, remembered, pending)


def _is_no_news(entry: LedgerEntry, response: Response) -> bool:
    """Tell of most responses that they are what was registered and what was seen last, without looking closer."""
    known = entry.remembered
    return (
        known is not None
        and response.content == ""
        and response.key == entry.response_key
        and known.keys[0] == short_key(response.key)
    )


def _is_as_registered(entry: LedgerEntry, response: Response, row: AgendaCells | None) -> bool:
    """Tell whether a response that is the entry's says what was registered, in whatever writing.

    Of an entry that does not remember its answers yet, its id or its ``row`` in the agenda says so.
    """
    known = entry.remembered
    if response.content_key == entry.response_key:
        return True
    # A form's own record of the moment is nobody's to change, but need not be the one its sheet had.
    by_id = response.content != "" or _is_id(entry.response_key)
    if not by_id and not _is_samemoment_of(entry.responded_at, response.moment):
        return False
    if known is None:
        return response.key == entry.response_key or (row is not None and parts_of(row) == parts_of(response.cells))
    return known.exact == exact_digest(response.cells)


def _is_id(key: str) -> bool:
    return len(key) != 32 or not set(key) <= set("0123456789abcdef")


def _is_samemoment_of(one: datetime | None, other: datetime | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SAME_MOMENT


def _latest(entry: LedgerEntry, responses: Sequence[Response], late: Response | None) -> Response:
    """Of several versions that stand, the one never seen before, else the one seen last, else the lowest in the tab."""
    if late is not None and late in responses:
        return late
    known = entry.remembered
    last_seen = known.keys[0] if known else ""
    return next((item for item in responses if short_key(item.content_key) == last_seen), responses[-1])


def _memory(entry: LedgerEntry, latest: Response, there: Sequence[Response], edited: Sequence[Response]) -> Remembered:
    if entry.remembered is not None:
        return remember_version(entry.remembered, latest, list(there))
    registered = next((response for response in there if response not in edited), None)
    first = remember(registered or latest)
    known = Remembered(first.exact if registered else "", first.parts, first.moment, first.row, first.keys)
    return remember_version(known, latest, list(there))


def _one_a_visit(unknown: Sequence[Response]) -> tuple[Response, ...]:
    """Leave out what says the same as another one of the same second, or is the same person's of that second."""
    seen: set[tuple[object, ...]] = set()
    pending = []
    for response in unknown:
        parts = parts_of(response.cells)
        marks: list[tuple[object, ...]] = [(response.second, *parts)] if response.second else []
        if response.second and parts.name and parts.phone:
            marks.append((response.second, *parts[:2]))
        if seen.isdisjoint(marks):
            pending.append(response)
        seen.update(marks)
    return tuple(pending)

"""Whose response is whose: each visit keeps its number, however its response was edited, moved or exported since.

A response whose content (or id) the ledger has seen is that number's. Any other one may be an edited version of a
response that is gone, or another writing of one that stands. Each rule below names what must be the same; rules that
ask for more come first, and among equals the pair that has most in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sync.domain.book import Book, LedgerEntry
from sync.domain.registration import Response
from sync.domain.remembered import (
    Parts,
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
        matching = _Matching(book, found, unknown, now)
        for number, response in matching.pairs():
            found[number].append(response)
            late[number] = response
        unknown = matching.left
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


def _is_as_registered(entry: LedgerEntry, response: Response, row: AgendaCells | None) -> bool:
    """Tell whether a response that is the entry's says what was registered, in whatever writing.

    Of an entry that does not remember its answers yet, its id or its ``row`` in the agenda says so.
    """
    known = entry.remembered
    if response.content_key == entry.response_key:
        return True
    # A form's own record of the moment is nobody's to change, but need not be the one its sheet had.
    by_id = response.content != "" or _is_id(entry.response_key)
    if not by_id and not _is_same_moment(entry.responded_at, response.moment):
        return False
    if known is None:
        return response.key == entry.response_key or (row is not None and parts_of(row) == parts_of(response.cells))
    return known.exact == exact_digest(response.cells)


def _is_id(key: str) -> bool:
    return len(key) != 32 or not set(key) <= set("0123456789abcdef")


def _is_same_moment(one: datetime | None, other: datetime | None) -> bool:
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


@dataclass
class _Matching:
    """Unknown responses held against the entries of the ledger, rule by rule."""

    book: Book
    found: Mapping[str, Sequence[Response]]
    left: list[Response]
    now: datetime | None
    _parts: dict[str, Parts | None] = field(default_factory=dict)
    _asked: dict[int, Parts] = field(default_factory=dict)

    def pairs(self) -> Iterable[tuple[str, Response]]:
        """Yield number and response of each pair; what is not paired stays in ``left``."""
        rows = {row.number: row.cells for row in self.book.agenda}
        for entry in self.book.ledger:
            if entry.remembered:
                self._parts[entry.number] = entry.remembered.parts
            elif entry.number in rows:
                self._parts[entry.number] = parts_of(rows[entry.number])
            else:
                self._parts[entry.number] = None
        self._asked = {response.position: parts_of(response.cells) for response in self.left}
        standing = [entry for entry in self.book.ledger if entry.number in self.found]
        gone = [entry for entry in self.book.ledger if entry.number not in self.found]
        # The same second and nothing else different: another writing of a response, whether that stands or not.
        yield from self._round(gone, _by_second, self._is_all_the_same, once=True)
        yield from self._round(standing, _by_second, self._is_all_the_same, once=False)
        gone = [entry for entry in gone if entry.number not in self.found]
        rounds: tuple[tuple[_Index, _Rule], ...] = (
            (_by_second, self._is_edited_in_place),
            (self._by_parts, self._is_all_the_same_but_the_moment),
            (_by_second, self._is_renamed),
            (_by_day, self._is_sent_again),
            (self._by_rest, self._is_edited_and_dated_by_hand),
            (_without_moment, self._is_edited_without_moment),
            (_without_moment, self._is_renamed),
            (_by_second, self._is_all_that_is_left),
        )
        for index, rule in rounds:
            gone = [entry for entry in gone if entry.number not in self.found]
            yield from self._round(gone, index, rule, once=True)
        yield from self._round(standing, _by_second, self._is_the_same_person, once=False)

    def _round(
        self, entries: Sequence[LedgerEntry], index: _Index, rule: _Rule, *, once: bool
    ) -> Iterable[tuple[str, Response]]:
        """Pair what ``rule`` holds for, the pairs with most in common first; ``once``: an entry takes one response."""
        if not self.left or not entries:
            return
        by_index: dict[object, list[LedgerEntry]] = defaultdict(list)
        for entry in entries:
            if (key := index(entry)) is not None:
                by_index[key].append(entry)
        candidates = [
            (-self._alike(entry, response), response.position, entry.position, entry.number, response)
            for response in self.left
            if (key := index(response)) is not None
            for entry in by_index.get(key, ())
            if rule(entry, response)
        ]
        taken: set[str] = set()
        paired: set[int] = set()
        for _, position, _, number, response in sorted(candidates, key=lambda item: item[:3]):
            if position in paired or (once and number in taken):
                continue
            taken.add(number)
            paired.add(position)
            yield number, response
        self.left = [response for response in self.left if response.position not in paired]

    def _alike(self, entry: LedgerEntry, response: Response) -> int:
        known, asked = self._parts[entry.number], self._asked[response.position]
        return sum(map(str.__eq__, known, asked)) if known else 0

    def _by_parts(self, item: LedgerEntry | Response) -> object:
        return self._asked[item.position] if isinstance(item, Response) else self._parts[item.number]

    def _by_rest(self, item: LedgerEntry | Response) -> object:
        parts = self._asked[item.position] if isinstance(item, Response) else self._parts[item.number]
        return (parts.arrived, parts.others) if parts else None

    def _is_all_the_same(self, entry: LedgerEntry, response: Response) -> bool:
        return self._parts[entry.number] == self._asked[response.position]

    def _is_edited_in_place(self, entry: LedgerEntry, response: Response) -> bool:
        known, asked = self._parts[entry.number], self._asked[response.position]
        return known is not None and _shares_a_name(known, asked)

    def _is_renamed(self, entry: LedgerEntry, response: Response) -> bool:
        """Name and telephone corrected in one act, all else as it was."""
        known, asked = self._parts[entry.number], self._asked[response.position]
        return known is not None and known.others != "" and known[2:] == asked[2:]

    def _is_all_the_same_but_the_moment(self, entry: LedgerEntry, response: Response) -> bool:
        """A regular visitor may say the same on another day: then the moment has to be one no form can have recorded
        since, or the row the very same.
        """
        known = _moment(entry)
        return (
            self._is_dated_by_hand(entry, response)
            or (response.moment is not None and response.moment <= entry.recorded_at)
            or (known is not None and response.moment is not None and known.date() == response.moment.date())
        )

    def _is_edited_and_dated_by_hand(self, entry: LedgerEntry, response: Response) -> bool:
        known, asked = self._parts[entry.number], self._asked[response.position]
        return known is not None and _shares_a_name(known, asked) and self._is_dated_by_hand(entry, response)

    def _is_edited_without_moment(self, entry: LedgerEntry, response: Response) -> bool:
        known, asked = self._parts[entry.number], self._asked[response.position]
        return known is not None and _shares_a_name(known, asked) and known.arrived == asked.arrived

    def _is_dated_by_hand(self, entry: LedgerEntry, response: Response) -> bool:
        in_its_row = entry.remembered is not None and entry.remembered.row == response.position
        if response.moment is None or _moment(entry) is None or in_its_row:
            return True
        return self.now is not None and response.moment > self.now

    def _is_sent_again(self, entry: LedgerEntry, response: Response) -> bool:
        """An edit through the form dates its row anew. Without an arrival nobody can know."""
        known, moment = self._parts[entry.number], _moment(entry)
        asked = self._asked[response.position]
        if known is None or moment is None or response.moment is None or response.moment <= moment:
            return False
        return known.arrived != "" and all(known[:3]) and known[:3] == asked[:3]

    def _is_all_that_is_left(self, entry: LedgerEntry, _: Response) -> bool:
        """Nothing is known of a row that was deleted before the ledger remembered answers, but its second."""
        return self._parts[entry.number] is None

    def _is_the_same_person(self, entry: LedgerEntry, response: Response) -> bool:
        known, asked = self._parts[entry.number], self._asked[response.position]
        return known is not None and all(known[:2]) and known[:2] == asked[:2]


_Index = Callable[[LedgerEntry | Response], object]
_Rule = Callable[[LedgerEntry, Response], bool]


def _moment(entry: LedgerEntry) -> datetime | None:
    """The moment of the version seen last, to the second."""
    moment = entry.remembered.moment if entry.remembered else entry.responded_at
    return moment.replace(microsecond=0) if moment else None


def _by_second(item: LedgerEntry | Response) -> object:
    return item.second if isinstance(item, Response) else _moment(item)


def _by_day(item: LedgerEntry | Response) -> object:
    moment = item.second if isinstance(item, Response) else _moment(item)
    return moment.date() if moment else None


def _without_moment(item: LedgerEntry | Response) -> object:
    """A form records a moment: a response without one was edited, or typed by hand."""
    moment = item.moment if isinstance(item, Response) else _moment(item)
    return None if moment else True


def _shares_a_name(known: Parts, asked: Parts) -> bool:
    return (known.name != "" and known.name == asked.name) or (known.phone != "" and known.phone == asked.phone)


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

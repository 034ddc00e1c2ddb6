"""Unknown responses held against the numbers of the ledger: which one is an edited version of which.

Each rule names what must be the same. Rules that ask for more come first, and among equals the pair that has most in
common; a response that may as well be another visit is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sync.domain.book import Book, LedgerEntry
from sync.domain.registration import Response
from sync.domain.remembered import Parts, parts_of


@dataclass
class Pairing:
    """Unknown responses held against the entries of the ledger, rule by rule."""

    book: Book
    found: Mapping[str, Sequence[Response]]
    """Responses by number; whoever takes the pairs adds each as it comes, so that no later rule takes its entry."""
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
        known = moment_of(entry)
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
        if known is None or not _shares_a_name(known, asked):
            return False
        return known.others == asked.others or (known.arrived != "" and known.arrived == asked.arrived)

    def _is_dated_by_hand(self, entry: LedgerEntry, response: Response) -> bool:
        in_its_row = entry.remembered is not None and entry.remembered.row == response.position
        if response.moment is None or in_its_row:
            return True
        if moment_of(entry) is None:
            return response.moment <= entry.recorded_at
        return self.now is not None and response.moment > self.now

    def _is_sent_again(self, entry: LedgerEntry, response: Response) -> bool:
        """An edit through the form dates its row anew. Without an arrival nobody can know."""
        known, moment = self._parts[entry.number], moment_of(entry)
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


def moment_of(entry: LedgerEntry) -> datetime | None:
    """The moment of the version seen last, to the second."""
    moment = entry.remembered.moment if entry.remembered else entry.responded_at
    return moment.replace(microsecond=0) if moment else None


def _by_second(item: LedgerEntry | Response) -> object:
    return item.second if isinstance(item, Response) else moment_of(item)


def _by_day(item: LedgerEntry | Response) -> object:
    moment = item.second if isinstance(item, Response) else moment_of(item)
    return moment.date() if moment else None


def _without_moment(item: LedgerEntry | Response) -> object:
    """A form records a moment: a response without one was edited, or typed by hand."""
    moment = item.moment if isinstance(item, Response) else moment_of(item)
    return None if moment else True


def _shares_a_name(known: Parts, asked: Parts) -> bool:
    return (known.name != "" and known.name == asked.name) or (known.phone != "" and known.phone == asked.phone)

"""Where cells stand now that stood elsewhere at the last run, and which of these moves are beyond coincidence.

A move is known by its value alone: what stood at one registration stands at another that had something else. One such
cell may be a correction that happens to equal somebody's, so a move counts only with evidence:

- *a circle*: rows of one column that have exchanged their cells among each other, even two;
- *a pair*: cells that went the same way, from one registration to the same other, worth at least :data:`ENOUGH`
  together. Words that left their row count twice, words copied over others once, a time that left its row once;
- *a chain*: cells of one column pushed from row to row, as "delete, shift up" does;
- *a slide*: most of what a column lost stands in other rows.

Columns with a drop-down are no evidence: their few values come and go. Once a pair is known, its moves in every column
count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sync.domain.circles import Arrow, circles
from sync.domain.columns import COLUMNS, Kind
from sync.domain.memory import MOMENTS, REMEMBERED, canonical
from sync.domain.standing import Move, Standing
from sync.domain.tabs import Tab

ENOUGH = 2
"""The weight from which on the moves between two rows are no coincidence."""
LONG = 8
"""Characters of words that nobody types a second time by chance."""
SLIDE_ROWS = 5
"""So many cells of one column found in other rows are a slide, if they are four fifths of what the column lost."""
TOLD_ROWS = 3
"""So many told cells of one column, and whatever else it got from a row that lost it counts too."""
_LISTED = frozenset(spec.field for spec in COLUMNS[Tab.AGENDA] if spec.kind is Kind.CHOICE) | {"consent"}
_TIMES = MOMENTS - {"registered_at"}
"""Times that people type: two visits may well have the same. The moment of registration nobody types."""


@dataclass(frozen=True, slots=True)
class _Gain:
    """A changed cell whose new content was, at the last run, that of other registrations."""

    field: str
    target: Standing
    digest: str
    owners: tuple[Standing, ...]
    lost_by: tuple[Standing, ...]
    """Those of the owners that stand and have it no more."""


def find_moves(rows: Sequence[Standing]) -> list[Move]:
    """Return every move that there is evidence for, in the order of columns, then of rows."""
    changed = [row for row in rows if row.now is not None and row.now != row.was]
    if not any(row.numbered for row in changed):
        return []
    columns = _gains(rows, changed)
    told: set[tuple[str, str]] = set()
    for field, gains in columns.items():
        if field not in _LISTED:
            told |= {(field, key) for key in _incircles(field, gains, changed)}
            told |= {(field, key) for key in _in_chains(field, gains)}
            told |= {(field, key) for key in _in_slides(field, gains, changed)}
    told |= _in_pairs(columns)
    told |= _in_told_columns(columns, told)
    return _settled(columns, told)


def _gains(rows: Sequence[Standing], changed: Sequence[Standing]) -> dict[str, list[_Gain]]:
    gained: dict[str, list[tuple[Standing, str]]] = {field: [] for field in REMEMBERED}
    for row in changed:
        for field, value in (row.now or {}).items():
            if row.was.get(field) != value:
                gained[field].append((row, value))
    owners: dict[str, dict[str, list[Standing]]] = {
        field: {value: [] for _, value in cells} for field, cells in gained.items() if cells
    }
    for row in rows:
        for field, wanted in owners.items():
            value = row.was.get(field, "")
            if value in wanted:
                wanted[value].append(row)
    columns: dict[str, list[_Gain]] = {}
    for field, wanted in owners.items():
        found = [
            _Gain(
                field,
                target,
                value,
                tuple(owner for owner in wanted[value] if owner is not target),
                tuple(owner for owner in wanted[value] if owner is not target and owner.changed(field)),
            )
            for target, value in gained[field]
        ]
        columns[field] = [gain for gain in found if gain.owners]
    return columns


def _incircles(field: str, gains: Sequence[_Gain], changed: Sequence[Standing]) -> Iterator[str]:
    """Yield the rows that have exchanged cells of this column among each other.

    Take what a row had and has as an arrow from one value to the other: rows that changed places make a circle.
    """
    arrows = [
        Arrow(row.was.get(field, ""), (row.now or {}).get(field, ""), row.key)
        for row in changed
        if row.numbered and row.changed(field)
    ]
    filled = sum(bool(arrow.had) for arrow in arrows)
    alone = {gain.digest for gain in gains if len(gain.owners) == 1}
    for circle in circles(arrows):
        values = {value for arrow in circle for value in arrow[:2] if value}
        if len(values) < 2:
            continue
        if field not in _TIMES or len(values & alone) >= 2 or 2 * len(circle) >= filled:
            yield from (arrow.key for arrow in circle if arrow.has)


def _in_chains(field: str, gains: Sequence[_Gain]) -> Iterator[str]:
    """Yield the rows of a column into which cells were pushed from row to row.

    Three in a row, or two if the row they come from is left empty; what is everybody's says nothing.
    """
    copies = Counter(gain.digest for gain in gains)
    source = {
        gain.target.key: gain.lost_by[0]
        for gain in gains
        if len(gain.owners) == 1 and gain.lost_by and copies[gain.digest] == 1
    }
    inner = {row.key for row in source.values()}
    for key in source:
        if key in inner:
            continue
        chain, row = [key], source[key]
        while row.key in source and row.key not in chain:
            chain.append(row.key)
            row = source[row.key]
        if len(chain) > 2 or (len(chain) == 2 and not (row.now or {}).get(field)):
            yield from chain


def _in_slides(field: str, gains: Sequence[_Gain], changed: Sequence[Standing]) -> Iterator[str]:
    lost = Counter(row.was[field] for row in changed if row.was.get(field) and row.changed(field))
    found = Counter(gain.digest for gain in gains)
    moved = sum(min(count, lost[value]) for value, count in found.items())
    if moved >= SLIDE_ROWS and moved * 5 >= lost.total() * 4:
        yield from (gain.target.key for gain in gains if gain.lost_by)


def _in_told_columns(columns: Mapping[str, Sequence[_Gain]], told: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return what else a column has got that left its row, once enough of its cells are told.

    Of a column that was rearranged the rest is no coincidence: a text that many rows have, or a deleted row's.
    """
    counts = Counter(field for field, _ in told)
    return {
        (field, gain.target.key)
        for field, count in counts.items()
        if count >= TOLD_ROWS
        for gain in columns[field]
        if gain.lost_by or any(owner.vanished for owner in gain.owners)
    }


def _in_pairs(columns: Mapping[str, Sequence[_Gain]]) -> set[tuple[str, str]]:
    weights: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for field, gains in columns.items():
        if field in _LISTED:
            continue
        copies = Counter(gain.digest for gain in gains)
        known = {gain.digest for gain in gains}
        for gain in gains:
            if len(gain.owners) == 1:
                weight = _weight(gain, copies[gain.digest] > 1, known)
                if weight:
                    weights[gain.owners[0].key, gain.target.key][field] = weight
    return {
        (field, target)
        for (_, target), weighed in weights.items()
        if sum(weighed.values()) >= ENOUGH
        for field in weighed
    }


def _weight(gain: _Gain, copied: bool, known: Collection[str]) -> int:
    """Weigh one cell that had one owner: how unlikely is it that somebody typed it there?"""
    overwritten = bool(gain.target.was.get(gain.field))
    left = bool(gain.lost_by) and not copied
    assert gain.target.cells is not None, "a row that gained something stands"
    long = len(canonical(gain.field, getattr(gain.target.cells, gain.field))) >= LONG
    if not left:
        if not overwritten or gain.field in _TIMES:
            return 0
        return ENOUGH if long and gain.owners[0].vanished and not copied else 1
    there = (gain.owners[0].now or {}).get(gain.field, "")
    if not overwritten and there and there not in known:
        return 0  # typed into the wrong row at first, now into the right one, and the first has its own by now
    if gain.field in _TIMES:
        return 1
    return ENOUGH if long else 1


def _settled(columns: Mapping[str, Sequence[_Gain]], told: Collection[tuple[str, str]]) -> list[Move]:
    """Give each told cell its owner, and add what went the same way in other columns, or came in a told cell's place.

    Of several owners of the same content one is taken that the row has cells of already, and one that lost it.
    """
    gains = {(field, gain.target.key): gain for field, found in columns.items() for gain in found}
    moves: dict[tuple[str, str], Move] = {}
    pairs: set[tuple[str, str]] = set()
    taken: set[tuple[str, str]] = set()

    def settle(place: tuple[str, str], owner: Standing | None = None) -> None:
        field, target = place
        owner = owner or min(
            gains[place].lost_by or gains[place].owners,
            key=lambda one: ((one.key, target) not in pairs, (field, one.key) in taken, one.key),
        )
        moves[place] = Move(field, owner.key, target, gains[place].digest)
        pairs.add((owner.key, target))
        taken.add((field, owner.key))

    for place in sorted(told, key=lambda place: (len(gains[place].lost_by or gains[place].owners), place)):
        settle(place)
    for place, gain in gains.items():
        if place not in moves:
            owner = next((owner for owner in gain.owners if (owner.key, gain.target.key) in pairs), None)
            if owner is not None:
                settle(place, owner)
    ahead = list(moves.values())
    while ahead:
        move = ahead.pop()
        place = (move.field, move.source)
        if place in gains and place not in moves:
            settle(place)
            ahead.append(moves[place])
    order = {field: place for place, field in enumerate(REMEMBERED)}
    return sorted(moves.values(), key=lambda move: (order[move.field], move.target))

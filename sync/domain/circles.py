"""Rows that exchanged their cells: take what each had and has as an arrow, and they make a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple


class Arrow(NamedTuple):
    """A row from what it had to what it has; ``""`` is an empty cell, a place like any other."""

    had: str
    has: str
    key: str


def circles(arrows: Sequence[Arrow]) -> list[list[Arrow]]:
    """Return what is left of the arrows once all are gone that begin or end where no other does, in connected parts."""
    outgoing: dict[str, set[int]] = defaultdict(set)
    incoming: dict[str, set[int]] = defaultdict(set)
    for place, arrow in enumerate(arrows):
        outgoing[arrow.had].add(place)
        incoming[arrow.has].add(place)
    gone: set[int] = set()
    ends = [value for value in {*outgoing, *incoming} if not outgoing[value] or not incoming[value]]
    while ends:
        value = ends.pop()
        for place in (outgoing.pop(value, set()) | incoming.pop(value, set())) - gone:
            gone.add(place)
            had, has = arrows[place][:2]
            if had in outgoing and had != value:
                outgoing[had].discard(place)
                if not outgoing[had]:
                    ends.append(had)
            if has in incoming and has != value:
                incoming[has].discard(place)
                if not incoming[has]:
                    ends.append(has)
    parts: dict[str, str] = {}

    def part(value: str) -> str:
        while parts.setdefault(value, value) != value:
            parts[value] = value = parts[parts[value]]
        return value

    left = [arrow for place, arrow in enumerate(arrows) if place not in gone]
    for arrow in left:
        parts[part(arrow.had)] = part(arrow.has)
    found: dict[str, list[Arrow]] = defaultdict(list)
    for arrow in left:
        found[part(arrow.has)].append(arrow)
    return list(found.values())

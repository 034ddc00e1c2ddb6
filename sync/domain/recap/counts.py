"""Counting by a column: the configured choices in their order, zeros too; other values under their own name.

Spellings are compared by :func:`~sync.domain.cells.name_key`. No result depends on the order of the rows: staff sort
the book, and a sorted book must give the same report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sync.domain.cells import name_key, read_phone, read_text
from sync.domain.clean import clean
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells

BLANK = "Tidak diisi"
_SEVERAL = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one value stands in a column; ``listed`` tells the office's own choices from what people typed."""

    label: str
    count: int
    listed: bool


def line_text(cell: Cell) -> str:
    """Return what the cell says on one line, cleaned; ``""`` if nothing."""
    return " ".join(clean(read_text(cell)).split())


def tally(cells: Iterable[Cell], choices: Sequence[str]) -> tuple[Tally, ...]:
    """Count ``cells``: choices in their order, then other values by name, then the blank ones (if there are any)."""
    return _tally(_by_spelling(cells), choices)


def tally_officers(cells: Iterable[Cell]) -> tuple[Tally, ...]:
    """Count consultations by officer, most first; a cell may name several (``;`` or a line each), each counts."""
    spellings: Counter[str] = Counter()
    for (_, cell), count in _distinct(cells).items():
        names = {name_key(text): text for part in _SEVERAL.split(read_text(cell)) if (text := line_text(part))}
        for text in names.values() or ("",):
            spellings[text] += count
    named = _tally(spellings, ())
    return tuple(sorted(named, key=lambda item: (item.label == BLANK, -item.count, name_key(item.label))))


def people(rows: Sequence[AgendaCells]) -> int:
    """Return how many different people the rows name: by name and phone; a row with neither is one of its own."""
    known: set[tuple[str, str]] = set()
    nameless = 0
    for cells in rows:
        key = (name_key(line_text(cells.name)), read_phone(cells.phone) or line_text(cells.phone))
        if any(key):
            known.add(key)
        else:
            nameless += 1
    return len(known) + nameless


def cooperatives(rows: Sequence[AgendaCells]) -> int:
    """Return how many different cooperatives or institutions the rows name."""
    return len({key for cells in rows if (key := name_key(line_text(cells.cooperative)))})


def _distinct(cells: Iterable[Cell]) -> Counter[tuple[type, Cell]]:
    """Count equal cells; by type too, since True, 1 and 1.0 are equal and say different things."""
    return Counter((type(cell), cell) for cell in cells)


def _by_spelling(cells: Iterable[Cell]) -> Counter[str]:
    spellings: Counter[str] = Counter()
    for (_, cell), count in _distinct(cells).items():
        spellings[line_text(cell)] += count
    return spellings


def _tally(spellings: Counter[str], choices: Sequence[str]) -> tuple[Tally, ...]:
    counts: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for spelling, count in spellings.items():
        key = name_key(spelling)
        key = "" if key == name_key(BLANK) else key
        counts[key] += count
        labels[key] = min(spelling, labels.get(key, spelling))
    listed = {name_key(choice): choice for choice in choices}
    others = sorted(key for key in counts if key and key not in listed)
    found = [Tally(choice, counts[key], True) for key, choice in listed.items()]
    found += [Tally(labels[key], counts[key], False) for key in others]
    if counts[""]:
        found.append(Tally(BLANK, counts[""], False))
    return tuple(found)

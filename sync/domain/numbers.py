"""Registration numbers taken apart, whatever prefix they bear: what the ledger must not have lost or skipped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sync.domain.registration import NumberFormat

_FORM = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,31})-(\d{4})-(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class NumberParts:
    """``KONS-2026-0001`` is prefix KONS, year 2026, order 1; numbers sort by them."""

    prefix: str
    year: int
    order: int


def read_number(text: str) -> NumberParts | None:
    """Return the parts of a registration number, None for any other text."""
    match = _FORM.fullmatch(text)
    return NumberParts(match[1], int(match[2]), int(match[3])) if match else None


def in_number_order(numbers: Iterable[str]) -> list[str]:
    """Return the registration numbers among ``numbers``, each once, by prefix, year and order."""
    parts = {number: read for number in numbers if (read := read_number(number))}
    return sorted(parts, key=lambda number: parts[number])


def skipped_numbers(numbers: Iterable[str], digits: int) -> list[str]:
    """Return the numbers that must have been given before ``numbers`` and are not among them.

    The job gives the next number and never skips one, so below the highest of a prefix and year all were given once.
    """
    orders: dict[tuple[str, int], set[int]] = {}
    for number in numbers:
        if read := read_number(number):
            orders.setdefault((read.prefix, read.year), set()).add(read.order)
    return [
        NumberFormat(prefix, digits).write(year, order)
        for (prefix, year), given in sorted(orders.items())
        for order in range(1, max(given))
        if order not in given
    ]

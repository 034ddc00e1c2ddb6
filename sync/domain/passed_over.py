"""Numbers that people typed into the book: never given to anybody, and no gap in the ledger either."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sync.domain.book import Book, LedgerEntry
from sync.domain.numbers import NumberParts, read_number, skipped_numbers
from sync.domain.registration import NumberFormat
from sync.domain.rules import Rules

_BETWEEN = re.compile(r"[\s\-–—−_/.]+")
_TYPED = re.compile(r"(.+?)-?(\d{4})-(\d{1,9})", re.ASCII)
_SPAN = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?", re.ASCII)
_LONGEST_SPAN = 100_000


def standing_orders(book: Book, form: NumberFormat) -> frozenset[tuple[int, int]]:
    """Return year and order of every number of the office's prefix that stands in ``Agenda``, ``Agenda Keluar`` or
    ``Arsip``, however it is typed.
    """
    texts = {row.number for row in book.agenda} | {row.reference for row in book.outgoing}
    texts |= {entry.reference for entry in book.archive}
    return frozenset(typed for text in texts if (typed := read_typed(text, form)))


def read_typed(text: str, form: NumberFormat) -> tuple[int, int] | None:
    """Return (year, order) of a number as a clerk may type it: ``kons-2026-8``, ``KONS 2026 0008``."""
    plain = _BETWEEN.sub("-", unicodedata.normalize("NFKC", text).strip()).casefold()
    match = _TYPED.fullmatch(plain)
    if match is None or match[1] != _BETWEEN.sub("-", form.prefix).casefold():
        return None
    return (int(match[2]), int(match[3]))


def unexplained_gaps(book: Book, rules: Rules) -> list[str]:
    """Return the numbers that the job must have given and the ledger lacks: not those that it says it passed over."""
    passed = {(parts.prefix, parts.year, order) for entry in book.ledger for parts, order in _passed_over(entry)}
    skipped = skipped_numbers((entry.number for entry in book.ledger), rules.number_digits)
    parts_of = {number: parts for number in skipped if (parts := read_number(number))}
    return [number for number, parts in parts_of.items() if (parts.prefix, parts.year, parts.order) not in passed]


def _passed_over(entry: LedgerEntry) -> Iterator[tuple[NumberParts, int]]:
    parts = read_number(entry.number)
    for span in entry.passed_over.split(", "):
        match = _SPAN.fullmatch(span.strip())
        if parts and match:
            first, last = int(match[1]), int(match[2] or match[1])
            for order in range(first, min(last, first + _LONGEST_SPAN) + 1):
                yield parts, order

"""What people typed, as a document prints it: cleaned, cut, and its numbers masked as far as the document asks.

Every document prints cells through one :class:`Words`, made of the ``privacy`` in its ``DocumentSpec``
(:mod:`sync.domain.documents`): that one word decides who masks, and no builder can print a cell around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from sync.domain.cells import read_text
from sync.domain.clean import clean
from sync.domain.fields.masking import (
    Masking,
    full_phone,
    masked_email,
    masked_identities,
    masked_numbers,
    masked_phone,
)
from sync.domain.rules import Rules
from sync.domain.table import Cell

_LIST_MARK = re.compile(r"^\s*(?:[-–•*]|\(?\d{1,2}[.)])\s+")
_LINE_LIMIT = 200


class Privacy(Enum):
    """Which numbers of people a document may print of what was typed freely."""

    WHOLE = "whole"
    """All: it is the file of the consultation itself, for those who work on it."""
    BOOK = "book"
    """No identity number; telephone numbers only where ``telepon_di_buku_agenda`` says so."""
    MASKED = "masked"
    """Neither identity nor telephone numbers: it leaves the team, or is easily lost."""


@dataclass(frozen=True, slots=True)
class Words:
    """How one document words a cell. ``phones_masked`` tells whether telephone numbers are masked."""

    mask: Masking
    phones_masked: bool

    def text(self, cell: Cell) -> str:
        """Return what a cell says, trimmed, its line breaks kept; ``""`` if nothing."""
        return self.mask(clean(read_text(cell)).strip())

    def line(self, cell: Cell, limit: int = _LINE_LIMIT) -> str:
        """Return what a cell says on one line, cut at a word where it is longer than ``limit``; ``""`` if nothing.

        Masked before it is cut: half a number would be known for none.
        """
        return _cut(self.mask(" ".join(clean(read_text(cell)).split())), limit)

    def items(self, cell: Cell) -> list[str]:
        """Return what a cell lists, an item a line or between semicolons; list marks and empty items left out."""
        pieces = (_LIST_MARK.sub("", piece).strip() for piece in re.split(r"[;\n]", clean(read_text(cell))))
        return [self.mask(" ".join(piece.split())) for piece in pieces if piece]

    def phone(self, cell: Cell) -> str:
        """Return a telephone number's own column: 0812****7890 or whole; a dash if no number can be read."""
        return masked_phone(cell) if self.phones_masked else full_phone(cell)

    def email(self, cell: Cell) -> str:
        """Return an address's own column, always masked; a dash if there is none."""
        return masked_email(cell)

    def own(self, number: str, limit: int) -> str:
        """Return a number that the office itself gave (a letter's, a registration's) on one line: never masked."""
        return _cut(" ".join(clean(number).split()), limit)


def words_of(privacy: Privacy, rules: Rules) -> Words:
    """Return how a document of this ``privacy`` words what people typed."""
    if privacy is Privacy.WHOLE:
        return Words(str, phones_masked=False)
    if privacy is Privacy.BOOK and not rules.agenda_phones_masked:
        return Words(masked_identities, phones_masked=False)
    return Words(masked_numbers, phones_masked=True)


def _cut(words: str, limit: int) -> str:
    if len(words) <= limit:
        return words
    head = words[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip(" ,;:.") + "…"

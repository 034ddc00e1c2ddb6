"""Contact and identity numbers as they are printed where a document leaves the team: recognisable, not usable.

A phone or an address in its own column is masked whole. In what people typed freely, whatever the column, numbers of
two kinds are masked (UU 27/2022):

- **identity numbers** (NIK, family card): 16 digits in one piece; or in groups parted by one and the same sign, if the
  digits where a birth date stands can be one, and the whole is not two dates. More or fewer digits are something else:
  a NIP has 18, a NIB and a cooperative's own NIK have 13.
- **telephone numbers**: valid Indonesian ones of ten digits or more that begin with 0, 62 or +62, in one piece or in
  groups of which the first has three digits or is the country's.

So registration numbers (letters and a year first), official numbers (parted by slashes), dates and amounts stay. Where
a number could be either, it is masked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from sync.domain.cells import national_phone, read_phone, read_text
from sync.domain.clean import clean
from sync.domain.table import Cell

Masking = Callable[[str], str]

_DASH = "–"
_HOST_LIMIT = 60
_IDENTITY, _PHONE_LEAST, _PHONE_GROUPS = 16, 10, 6
_MANY_DIGITS = re.compile(r"\d(?:\D{0,3}\d){9}")
_DIGITS = re.compile(r"\d+")
_SIGNS = frozenset(" .-\u00a0\u2010\u2011\u2013")
_PHONE_GAP = re.compile("\\)?[ .\u00a0\u2010\u2011\u2013-]{0,2}\\(?")
_TWO_DATES = ([2, 2, 4, 2, 2, 4], [4, 2, 2, 4, 2, 2])
Group = re.Match[str]
_Kind = Callable[[str, Sequence[Group], int], int]
"""Given a text, its groups of digits and one of them: the group behind the number that begins there, 0 if none does."""


def masked_phone(cell: Cell) -> str:
    """Return 0812****7890; a dash if there is no number that can be read."""
    number = read_phone(cell)
    return _DASH if number is None else _phone_mask(national_phone(number))


def full_phone(cell: Cell) -> str:
    """Return 081234567890; a dash if there is no number that can be read."""
    number = read_phone(cell)
    return _DASH if number is None else national_phone(number)


def masked_email(cell: Cell) -> str:
    """Return a***@contoh.id; a dash if there is no address."""
    name, at, host = clean(read_text(cell)).strip().partition("@")
    host = " ".join(host.split())
    shown = host if len(host) <= _HOST_LIMIT else f"{host[: _HOST_LIMIT - 1]}…"
    return f"{name[0]}***@{shown}" if name and at and host else _DASH


def masked_numbers(text: str) -> str:
    """Return ``text`` with its identity and telephone numbers masked: 6171********0001, 0812****7890."""
    return _masked(text, (_identity_end, _phone_end))


def masked_identities(text: str) -> str:
    """Return ``text`` with its identity numbers masked: for readers who may see telephone numbers."""
    return _masked(text, (_identity_end,))


def _masked(text: str, kinds: Sequence[_Kind]) -> str:
    if not _MANY_DIGITS.search(text):
        return text
    return "".join(_pieces(text, list(_DIGITS.finditer(text)), kinds))


def _pieces(text: str, groups: Sequence[Group], kinds: Sequence[_Kind]) -> Iterator[str]:
    done = index = 0
    while index < len(groups):
        end = next((end for kind in kinds if (end := kind(text, groups, index))), 0)
        if not end:
            index += 1
            continue
        digits = _digits(groups[index:end])
        before = text[done : groups[index].start()]
        if len(digits) == _IDENTITY:
            yield f"{before}{digits[:4]}********{digits[-4:]}"
        else:
            yield before.rstrip("+(") + _phone_mask(national_phone(_international(digits)))
        done, index = groups[end - 1].end(), end
    yield text[done:]


def _identity_end(text: str, groups: Sequence[Group], start: int) -> int:
    if len(groups[start][0]) == _IDENTITY:
        return start + 1
    total, sign = len(groups[start][0]), ""
    for index in range(start + 1, len(groups)):
        gap = text[groups[index - 1].end() : groups[index].start()]
        if gap not in _SIGNS or (sign and gap != sign):
            return 0
        sign = gap
        total += len(groups[index][0])
        if total >= _IDENTITY:
            found = groups[start : index + 1]
            return index + 1 if total == _IDENTITY and _can_be_identity(found) else 0
    return 0


def _can_be_identity(groups: Sequence[Group]) -> bool:
    """A woman's day of birth has 40 added to it."""
    digits = _digits(groups)
    day, month = int(digits[6:8]), int(digits[8:10])
    dated = 1 <= day % 40 <= 31 and day <= 71 and 1 <= month <= 12
    return dated and [len(group[0]) for group in groups] not in _TWO_DATES


def _phone_end(text: str, groups: Sequence[Group], start: int) -> int:
    first = _digits(groups[start : start + 1])
    if not (first.startswith("628") or first == "62" or (first.startswith("0") and len(first) >= 3)):
        return 0
    if _is_phone(first):
        return start + 1
    best, sign = 0, ""
    for index in range(start + 1, min(start + _PHONE_GROUPS, len(groups))):
        gap = text[groups[index - 1].end() : groups[index].start()]
        if not _PHONE_GAP.fullmatch(gap) or (sign and gap != sign):
            break
        sign = gap if index > start + 1 else ""
        if _is_phone(_digits(groups[start : index + 1])):
            best = index + 1
    beside_slash = text[groups[start].start() - 1 : groups[start].start()] == "/" or (
        best and text[groups[best - 1].end() : groups[best - 1].end() + 1] == "/"
    )
    return 0 if beside_slash else best


def _is_phone(digits: str) -> bool:
    return len(digits) >= _PHONE_LEAST and read_phone(_international(digits)) is not None


def _international(digits: str) -> str:
    return f"+{digits}" if digits.startswith("62") else f"+62{digits.removeprefix('0')}"


def _phone_mask(digits: str) -> str:
    return f"{digits[:4]}****{digits[-4:]}" if len(digits) >= _PHONE_LEAST else f"{digits[:2]}****{digits[-2:]}"


def _digits(groups: Sequence[Group]) -> str:
    """In ASCII, whichever script they were typed in."""
    return "".join(str(unicodedata.decimal(letter)) for group in groups for letter in group[0])

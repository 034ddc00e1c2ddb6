"""What the ledger remembers of a response: enough to know it again once its row was edited, and nothing readable.

An answer is remembered as a short digest: 24 bits tell two answers of one day apart, and do not tell which of the many
names or telephone numbers with that digest it was.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sync.domain.cells import name_key, read_moment, read_phone, read_text
from sync.domain.clean import clean
from sync.domain.registration import Response, key_text
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells, ResponseCells

_DIGEST, _KEY = 6, 16
_MOST_KEYS = 24
"""So many versions of one response are known again by their key; older ones by what they say."""
_ANY_DAY = date(2000, 1, 1)
_OTHERS = tuple(field for field in ResponseCells._fields[1:] if field not in ("name", "phone", "arrived"))
_CONTENT = re.compile(r"[0-9a-f]{32}", re.ASCII)
_TEXT = re.compile(
    rf"(?P<exact>[0-9a-f]{{{_DIGEST}}}|-) (?P<parts>(?:(?:[0-9a-f]{{{_DIGEST}}})?,){{3}}(?:[0-9a-f]{{{_DIGEST}}})?)"
    rf" @(?P<moment>\S*) #(?P<row>\d{{1,9}})(?P<keys>(?: [0-9a-f]{{{_KEY}}})+)",
    re.ASCII,
)


class Parts(NamedTuple):
    """Digests of what tells one visit from another; ``""`` for an answer that is empty."""

    name: str
    phone: str
    arrived: str
    others: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """The latest version of a response that was seen, and the keys of all.

    ``exact`` is of the answers as they were registered, ``""`` where that is not known; ``row`` is the response's
    position at registration; ``keys`` are shortened, the latest version's first.
    """

    exact: str
    parts: Parts
    moment: datetime | None
    row: int
    keys: tuple[str, ...]

    def write(self) -> str:
        moment = self.moment.replace(microsecond=0).isoformat() if self.moment else ""
        return " ".join([self.exact or "-", ",".join(self.parts), f"@{moment}", f"#{self.row}", *self.keys])


def read_remembered(text: str) -> Remembered | None:
    """Return what a cell of the ledger remembers, None for anything :meth:`Remembered.write` did not write."""
    match = _TEXT.fullmatch(text)
    if match is None:
        return None
    try:
        moment = datetime.fromisoformat(match["moment"]) if match["moment"] else None
    except ValueError:
        return None
    exact = "" if match["exact"] == "-" else match["exact"]
    return Remembered(exact, Parts(*match["parts"].split(",")), moment, int(match["row"]), tuple(match["keys"].split()))


def remember(response: Response) -> Remembered:
    """Return what the ledger remembers of a response from its registration on."""
    return Remembered(
        exact_digest(response.cells),
        parts_of(response.cells),
        response.moment,
        response.position,
        _keys([response]),
    )


def remember_version(known: Remembered, latest: Response, versions: list[Response]) -> Remembered:
    """Return ``known`` with ``latest`` as the version last seen, and the keys of ``versions``."""
    keys = tuple(dict.fromkeys([*_keys([latest, *versions]), *known.keys]))[:_MOST_KEYS]
    if keys[0] == known.keys[0]:
        return replace(known, keys=keys)
    return replace(known, parts=parts_of(latest.cells), moment=latest.moment, keys=keys)


def short_key(key: str) -> str:
    """Return a response's key (or its id) as it is remembered."""
    return key[:_KEY] if _CONTENT.fullmatch(key) else _digest(key, _KEY)


def _keys(responses: list[Response]) -> tuple[str, ...]:
    keys = [short_key(key) for response in responses for key in (response.content_key, response.key)]
    return tuple(dict.fromkeys(keys))[:_MOST_KEYS]


def parts_of(cells: ResponseCells | AgendaCells) -> Parts:
    """Return the digests of a response, or of the agenda row that was made of it."""
    name = name_key(read_text(cells.name))
    others = [f"{field}={text}" for field in _OTHERS if (text := _plain(getattr(cells, field)))]
    return Parts(*(_digest(text) for text in (name, _phone(cells.phone), _arrival(cells.arrived), "\x1f".join(others))))


def exact_digest(cells: ResponseCells) -> str:
    """Return a digest of the answers without the moment, the same from whatever export they come.

    The form's own export puts ``;`` between several choices, the sheet's ``, ``.
    """
    texts = [_phone(cells.phone), _arrival(cells.arrived), *(_plain(getattr(cells, field)) for field in _OTHERS)]
    return _digest("\x1f".join([_plain(cells.name), *texts]))


def _plain(cell: Cell) -> str:
    text = key_text(clean(cell) if isinstance(cell, str) else cell)
    return re.sub(r" ?[;,] ?", ", ", text)


def _phone(cell: Cell) -> str:
    return read_phone(cell) or re.sub(r"\W", "", key_text(cell)).lstrip("0")


def _arrival(cell: Cell) -> str:
    """A time of day, whatever day the response was recorded on."""
    moment = read_moment(cell, _ANY_DAY, timedelta(0))
    return moment.time().isoformat(timespec="seconds") if isinstance(moment, datetime) else key_text(cell)


def _digest(text: str, length: int = _DIGEST) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length] if text else ""

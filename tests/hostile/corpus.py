"""The corpus, and what the documented rules make of a value (sync/domain/clean.py)."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from tests.build import DATA

_LIMIT = 32_767
_CUT = "… [dipotong]"
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NO_FILE_HOLDS = {"Cc", "Cs"}


@dataclass(frozen=True, slots=True)
class Value:
    """One hostile value, and the kind of mischief it stands for."""

    group: str
    text: str


@cache
def values() -> tuple[Value, ...]:
    """The whole corpus."""
    groups = json.loads((DATA / "hostile" / "values.json").read_text(encoding="ascii"))
    long = [Value("long", entry["text"] * entry["times"]) for entry in groups.pop("repeated")]
    return (*(Value(group, text) for group, texts in groups.items() for text in texts), *long)


def cleaned(text: str) -> str:
    """Return what the rule leaves of a text, by an own reading of it: line ends unified, the unwritable gone, cut."""
    text = text.replace("\r\n", "\n")
    text = "".join("\n" if char in "\r\u2028\u2029\x85" else char for char in text)
    kept = "".join(char for char in text if not _is_unwritable(char))
    if _units(kept) <= _LIMIT:
        return kept
    room, whole = _LIMIT - len(_CUT), []
    for char in kept:
        room -= _units(char)
        if room < 0:
            break
        whole.append(char)
    return "".join(whole) + _CUT


def _units(text: str) -> int:
    """Return the length as a spreadsheet counts it: what lies beyond the first 65,536 characters is two."""
    return len(text) + sum(char > "\uffff" for char in text)


def is_clean(text: str) -> bool:
    """Tell whether the rule takes nothing away (unified line ends are no loss)."""
    return _units(text) <= _LIMIT and not any(_is_unwritable(char) and char != "\r" for char in text)


def _is_unwritable(char: str) -> bool:
    if char in "\n\t" or "\x80" <= char <= "\x9f":
        return False
    return unicodedata.category(char) in _NO_FILE_HOLDS or char in "\ufffe\uffff"


def squeezed(text: str) -> str:
    """Return a text as a document shows it, white space aside: lines may break anywhere."""
    return "".join(_DIRECTION.sub("", cleaned(text)).split())


def is_storable(text: str) -> bool:
    """Tell whether a file of a spreadsheet program can hold the text as it is at all."""
    fits = len(text.encode("utf-16-le", "surrogatepass")) <= 2 * _LIMIT
    return fits and not any(unicodedata.category(char) == "Cs" or char in "\ufffe\uffff" for char in text)


def is_sendable(text: str) -> bool:
    """Tell whether a form can send the text: JSON in UTF-8, at most 50,000 characters a cell."""
    return len(text) <= 50_000 and not any(unicodedata.category(char) == "Cs" for char in text)

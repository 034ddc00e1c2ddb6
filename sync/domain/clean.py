"""What text may hold on its way into a workbook or a document, and the least that has to change.

Line breaks and tabs stay. What XML 1.0 cannot hold goes: control characters, lone surrogates, non-characters. A cell
holds 32,767 characters at most (Excel's limit; Google's is 50,000), so longer text is cut there and says so. Characters
are UTF-16 code units, as Excel counts and Google may: an emoji is two.
"""

from __future__ import annotations

import re

CELL_LIMIT = 32_767
CUT = "… [dipotong]"
"""How a text ends that was longer than a cell holds."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")


def is_clean(text: str) -> bool:
    """Tell whether :func:`clean` would only unify line ends."""
    return fits_cell(text) and _ILLEGAL.search(text) is None


def clean(text: str) -> str:
    """Return the text with line ends as ``\\n``, without what no file can hold, and not longer than a cell.

    Idempotent; text without such characters comes back equal.
    """
    kept = _ILLEGAL.sub("", _LINE_ENDS.sub("\n", text))
    return cut(kept, CELL_LIMIT)


def fits_cell(text: str, limit: int = CELL_LIMIT) -> bool:
    """Tell whether a cell of ``limit`` UTF-16 code units holds the text."""
    return len(text) <= limit // 2 or (len(text) <= limit and _units(text) <= limit)


def cut(text: str, limit: int) -> str:
    """Return the text, cut to ``limit`` UTF-16 code units where it is longer; it then ends in a word that says so."""
    if fits_cell(text, limit):
        return text
    room = 2 * (limit - len(CUT))
    return text.encode("utf-16-le", "surrogatepass")[:room].decode("utf-16-le", "ignore") + CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

"""What text may hold on its way into a workbook or a document, and the least that has to change.

Line breaks and tabs stay. What XML 1.0 cannot hold goes: control characters, lone surrogates, non-characters. A cell
holds 32,767 characters at most (Excel's limit; Google's is higher), so longer text is cut there and says so.
"""

from __future__ import annotations

import re

CELL_LIMIT = 32_767
_CUT = "… [dipotong]"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")


def is_clean(text: str) -> bool:
    """Tell whether :func:`clean` would only unify line ends."""
    return len(text) <= CELL_LIMIT and _ILLEGAL.search(text) is None


def clean(text: str) -> str:
    """Return the text with line ends as ``\\n``, without what no file can hold, and not longer than a cell.

    Idempotent; text without such characters comes back equal.
    """
    kept = _ILLEGAL.sub("", _LINE_ENDS.sub("\n", text))
    return kept if len(kept) <= CELL_LIMIT else kept[: CELL_LIMIT - len(_CUT)] + _CUT

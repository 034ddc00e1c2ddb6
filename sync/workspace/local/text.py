"""Text as a workbook stores it. What XML cannot hold is written ``_xHHHH_`` (ISO 29500-1, ST_Xstring), as Excel does.

So ``_x000D_`` typed by a visitor has to be written ``_x005F_x000D_``: else it would turn into a line break.
"""

from __future__ import annotations

import re

LONGEST = 32_767
"""UTF-16 units in one cell; Excel refuses to open a workbook with a longer one."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def to_stored(text: str) -> str:
    """Return ``text`` as it stands in the file.

    Everything a spreadsheet can hold comes back as it was. What it cannot (half a surrogate pair, text beyond
    :data:`LONGEST`) shows that it was there: ``\N{REPLACEMENT CHARACTER}``, and ``…`` at the cut. The domain cleans
    text before it comes here, so neither is expected.
    """
    text = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) > 2 * LONGEST:
        units = text.encode("utf-16-le")[: 2 * (LONGEST - 1)]
        text = units.decode("utf-16-le", "ignore") + "…"
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match.group()):04X}_", text)


def from_stored(text: str) -> str:
    """Return what stands in the file as the text that people see."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)

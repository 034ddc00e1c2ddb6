"""One value → one cell, stored as what it is and nothing else."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, cast
from urllib.parse import quote

from openpyxl.cell import Cell as SheetCell
from openpyxl.styles.numbers import is_date_format

from sync.domain.table import Link, NewCell
from tests.local.oracle.looks import DATE_FORMAT, LINK_FONT, MOMENT_FORMAT
from tests.local.oracle.text import to_stored

_LIKE_A_FORMULA = ("=", "+", "-", "@", "'")
_UNQUOTED = "/:?=&%#+,;~!$'()*[]"
"""What stays as it is in a web address. In a path of ours, which has no scheme, only ``/`` does."""


def put(cell: SheetCell, value: NewCell) -> None:
    """Write ``value`` into ``cell``, keeping the cell's format and note.

    Text stays text, whatever it looks like. A moment gets a date format where the cell has none.
    """
    cell.hyperlink = None
    if isinstance(value, Link):
        _put_text(cell, value.text or value.target)
        cast(Any, cell).hyperlink = _target(value.target)
        cell.font = LINK_FONT
    elif isinstance(value, str):
        _put_text(cell, value)
    elif isinstance(value, datetime | date | time):
        if not is_date_format(cell.number_format):
            cell.number_format = MOMENT_FORMAT if isinstance(value, datetime | time) else DATE_FORMAT
        cast(Any, cell).quotePrefix = False
        cell.value = value.replace(tzinfo=None) if isinstance(value, datetime | time) else value
    else:
        cast(Any, cell).quotePrefix = False
        cell.value = value


def _put_text(cell: SheetCell, text: str) -> None:
    raw = cast(Any, cell)
    # Assigned past openpyxl's setter, which makes `=…` a formula, `#N/A` an error, and cuts or refuses the rest.
    raw._value = to_stored(text) or None
    raw.data_type = "s" if text else "n"
    # The mark that keeps a spreadsheet program from reading it anew when somebody edits the cell.
    raw.quotePrefix = text.startswith(_LIKE_A_FORMULA)


def _target(target: str) -> str:
    has_scheme = "://" in target or target.startswith("mailto:")
    return quote(target, safe=_UNQUOTED if has_scheme else "/")

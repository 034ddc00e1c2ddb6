"""Relative references: a formula copied elsewhere points as far away as before."""

from __future__ import annotations

import re

from tests.google.sheets.a1 import column_index
from tests.google.sheets.areas import column_name
from tests.google.sheets.model import Formula

_PART = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*'!)|(?<![\w$])(\$?)([A-Za-z]{1,3})(\$?)(\d+)(?![\w(])""")


def shifted(formula: Formula, down: int, right: int) -> Formula:
    """The formula with its relative references moved; one moved off the sheet becomes ``#REF!``."""

    def move(found: re.Match[str]) -> str:
        if found.group(1):
            return found.group(1)
        fixed_column, letters, fixed_row, digits = found.group(2, 3, 4, 5)
        column = column_index(letters) + (0 if fixed_column else right)
        row = int(digits) + (0 if fixed_row else down)
        if column < 0 or row < 1:
            return "#REF!"
        return f"{fixed_column}{column_name(column)}{fixed_row}{row}"

    return Formula(_PART.sub(move, formula.text))

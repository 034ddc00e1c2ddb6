"""The values that formulas had when the book was last calculated: openpyxl drops them all on saving.

They are taken from the book as it was, to be written into the book as it is saved, so that a formula of staff's
(``=TIME(9,30,0)``) reads after our commit as it did before. A spreadsheet program calculates them anew on opening.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.local.oracle.package import MAIN, Package
from tests.local.oracle.xml_tree import each

_FORMULA, _VALUE = f"{MAIN}f", f"{MAIN}v"
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")


@dataclass(frozen=True, slots=True)
class Cached:
    """One formula's value as stored: ``kind`` is the cell's type (``n``, ``str``, ``b``, ``e``)."""

    kind: str
    value: str


Caches = Mapping[str, Mapping[str, Cached]]
"""By tab and cell (``B2``). A formula without a value is not in it."""


def take_caches(package: Package) -> Caches:
    """Return every formula's cached value."""
    return {
        sheet.name: _take(xml)
        for sheet in package.sheets
        if sheet.kind == "worksheet" and _HAS_FORMULA.search(xml := package.read(sheet.part))
    }


def _take(xml: bytes) -> dict[str, Cached]:
    found: dict[str, Cached] = {}
    for row in each(xml, f"{MAIN}row"):
        for formula in row.iter(_FORMULA):
            cell = formula.getparent()
            value = cell.findtext(_VALUE)
            if value is not None and cell.get("r"):
                found[cell.get("r")] = Cached(cell.get("t", "n"), value)
    return found

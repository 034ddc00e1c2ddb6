"""CellData: cells as the API writes them, and the parts of a CellData written into a cell."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from tests.google import discovery
from tests.google.errors import invalid, unimplemented
from tests.google.fieldmask import Mask, child
from tests.google.sheets import entered, patterns
from tests.google.sheets.formulas import Evaluator, Result
from tests.google.sheets.model import DEFAULT_FORMAT, Cell, ErrorValue, Formula, Scalar, Sheet
from tests.google.sheets.tidy import merged, proto, set_masked

JsonObject = dict[str, Any]

_HYPERLINK = re.compile(r'^=\s*HYPERLINK\(\s*"([^"]*)"', re.IGNORECASE)


def number_format(cell: Cell) -> dict[str, str] | None:
    """The number format a person or a program gave the cell."""
    found: dict[str, str] | None = (cell.format or {}).get("numberFormat")
    return found


_LONGEST_TEXT = 50_000


def fitting(value: Any) -> Any:
    """The value, refused where it is longer than a cell (the words: github.com/freelabz/secator/issues/96).

    Whether Google counts characters or, as JavaScript does, UTF-16 code units is not documented: here the units.
    """
    if isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) // 2 > _LONGEST_TEXT:
        raise invalid("Your input contains more than the maximum of 50000 characters in a single cell.")
    return value


def from_input(value: Scalar, old: Cell, user_entered: bool, locale: str) -> Cell:
    """The cell after a value was written by values.update or its like. An empty string clears the value."""
    fitting(value)
    if value == "":
        return replace(old, value=None, runs=None, chips=None)
    if not user_entered or not isinstance(value, str):
        return replace(old, value=_whole(value), runs=None, chips=None)
    held = number_format(old)
    if held is not None and held.get("type") == "TEXT" and not value.startswith("="):
        return replace(old, value=value.removeprefix("'"), runs=None, chips=None)
    read, guessed = entered.read(value, locale)
    cell = replace(old, value=_whole(read), runs=None, chips=None)
    if guessed and (held is None or patterns.is_date(guessed) != patterns.is_date(held)):
        cell = replace(cell, format={**(old.format or {}), "numberFormat": guessed})
    return cell


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return int(value)
    return value


def extended(value: Result | Formula) -> JsonObject:
    """The value as the API's ExtendedValue."""
    if isinstance(value, Formula):
        return {"formulaValue": value.text}
    if isinstance(value, ErrorValue):
        return {"errorValue": {"type": value.kind, "message": value.message}}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, (int, float)):
        return {"numberValue": value}
    return {"stringValue": value}


def formatted(value: Result, cell: Cell, locale: str) -> str:
    """What the cell shows."""
    if isinstance(value, ErrorValue):
        return value.shown
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return patterns.shown(value, number_format(cell), locale)
    return "" if value is None else value


def wanted_parts(mask: Mask | None) -> frozenset[str]:
    """The fields of CellData a mask wants any part of."""
    return frozenset(
        name for name in discovery.schema("sheets", "CellData")["properties"] if child(mask, name) is not None
    )


def cell_data(sheet: Sheet, row: int, column: int, evaluator: Evaluator, wanted: frozenset[str]) -> JsonObject:
    """The wanted fields of one cell's CellData; {} for a blank one."""
    cell = sheet.cell(row, column)
    if cell.blank:
        return {}
    data: JsonObject = {}
    value = evaluator.cell(sheet, row, column)
    if cell.value is not None:
        if "userEnteredValue" in wanted:
            data["userEnteredValue"] = extended(cell.value)
        if value is not None and "effectiveValue" in wanted:
            data["effectiveValue"] = extended(value)
        if "formattedValue" in wanted:
            data["formattedValue"] = formatted(value, cell, evaluator.book.locale)
        target = _target(cell) if "hyperlink" in wanted else None
        if target:
            data["hyperlink"] = target
    if cell.format and "userEnteredFormat" in wanted:
        data["userEnteredFormat"] = cell.format
    if "effectiveFormat" in wanted and (cell.value is not None or cell.format):
        data["effectiveFormat"] = _effective_format(cell, value, evaluator)
    for name, part in (
        ("note", cell.note),
        ("dataValidation", cell.validation),
        ("textFormatRuns", cell.runs),
        ("chipRuns", cell.chips),
    ):
        if part is not None and name in wanted:
            data[name] = part
    return data


def _target(cell: Cell) -> str | None:
    """Where the cell leads: by its formula, or by a link of the whole cell (CellData.hyperlink)."""
    found = _HYPERLINK.match(cell.value.text) if isinstance(cell.value, Formula) else None
    if found:
        return found.group(1)
    link = ((cell.format or {}).get("textFormat") or {}).get("link") or {}
    return str(link["uri"]) if link.get("uri") else None


def _effective_format(cell: Cell, value: Result, evaluator: Evaluator) -> JsonObject:
    base = evaluator.book.properties.get("defaultFormat", DEFAULT_FORMAT)
    result = merged(base, {"hyperlinkDisplayType": "PLAIN_TEXT"})
    if value is not None:
        numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
        central = isinstance(value, (bool, ErrorValue))
        result["horizontalAlignment"] = "CENTER" if central else "RIGHT" if numeric else "LEFT"
    return merged(result, cell.format or {})


def write_cell(old: Cell, data: JsonObject, mask: Mask) -> Cell:
    """The cell after the fields of ``mask`` were taken from a CellData: what is masked but absent is cleared."""
    names = _WRITABLE if not mask or "*" in mask else list(mask)
    new = old
    for name in names:
        part = data.get(name)
        if name == "userEnteredValue":
            new = replace(new, value=_from_extended(part), chips=None, runs=None)
        elif name == "userEnteredFormat":
            held = set_masked(new.format or {}, part or {}, mask.get(name, {}))
            new = replace(new, format=held or None)
        elif name == "note":
            new = replace(new, note=part or None)
        elif name == "dataValidation":
            new = replace(new, validation=proto(part) if part else None)
        elif name == "textFormatRuns":
            new = replace(new, runs=part or None)
        elif name == "chipRuns":
            new = replace(new, chips=part or None)
        elif name in _IGNORED and part:
            raise unimplemented(f"writing CellData.{name}")
        # The rest (effectiveValue, formattedValue, hyperlink …) is output only: a mask may name it, nothing happens.
    return new


_IGNORED = ("pivotTable", "dataSourceTable", "dataSourceFormula")
_WRITABLE = [
    "userEnteredValue",
    "userEnteredFormat",
    "note",
    "dataValidation",
    "textFormatRuns",
    "chipRuns",
    *_IGNORED,
]


def _from_extended(part: JsonObject | None) -> Scalar | Formula | None:
    if not part:
        return None
    if "formulaValue" in part:
        return Formula(part["formulaValue"])
    for name in ("numberValue", "boolValue", "stringValue"):
        if name in part:
            value = _whole(fitting(part[name]))
            return None if value == "" else value
    raise unimplemented("userEnteredValue.errorValue")

"""Request kinds about filters and conditional formats."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.google.errors import invalid, unimplemented
from tests.google.sheets.areas import as_grid_range, sheet_of
from tests.google.sheets.batch import Batch, Kind, mask_of
from tests.google.sheets.cells import formatted
from tests.google.sheets.formulas import Evaluator
from tests.google.sheets.kinds_ranges import sort_rows
from tests.google.sheets.model import Sheet
from tests.google.sheets.tidy import proto, ranges_out, set_masked

JsonObject = dict[str, Any]


def set_basic_filter(batch: Batch, request: JsonObject) -> JsonObject:
    """setBasicFilter: hides rows for everybody, and sorts if told to; an open range is bounded by the grid."""
    given = proto(request.get("filter", {}))
    if given.get("tableId"):
        raise unimplemented("setBasicFilter with a tableId")
    sheet, area = batch.area(given.get("range", {}), write=False)
    given["range"] = as_grid_range(area)
    specs = [
        (entry.get("dimensionIndex", 0), entry.get("sortOrder") == "DESCENDING") for entry in given.get("sortSpecs", [])
    ]
    sheet.basic_filter = given
    if specs:
        sort_rows(batch, sheet, replace(area, top=area.top + 1), specs)
    _hide(batch, sheet)
    return {}


def clear_basic_filter(batch: Batch, request: JsonObject) -> JsonObject:
    """clearBasicFilter"""
    sheet = sheet_of(batch.book, request.get("sheetId", 0))
    sheet.basic_filter = None
    _hide(batch, sheet)
    return {}


def _hide(batch: Batch, sheet: Sheet) -> None:
    """Work out ``hiddenByFilter`` of every row from the filter's hidden values."""
    criteria: dict[int, set[str]] = {}
    body = range(0)
    if sheet.basic_filter is not None:
        _, area = batch.area(sheet.basic_filter["range"], write=False)
        body = range(area.top + 1, area.bottom)
        given = [(int(column), entry) for column, entry in sheet.basic_filter.get("criteria", {}).items()]
        specs = sheet.basic_filter.get("filterSpecs", [])
        given += [(entry.get("columnIndex", 0), entry.get("filterCriteria", {})) for entry in specs]
        for column, entry in given:
            if entry.keys() - {"hiddenValues"}:
                raise unimplemented("a filter by condition or colour")
            criteria[column] = set(entry.get("hiddenValues", []))
    evaluator = Evaluator(batch.book)
    for index, row in enumerate(sheet.rows):
        hidden = index in body and any(
            formatted(evaluator.cell(sheet, index, column), sheet.cell(index, column), batch.book.locale) in values
            for column, values in criteria.items()
        )
        if hidden != bool(row.meta.get("hiddenByFilter")):
            kept = {name: entry for name, entry in row.meta.items() if name != "hiddenByFilter"}
            sheet.rows[index] = replace(row, meta={**kept, "hiddenByFilter": True} if hidden else kept)


def add_filter_view(batch: Batch, request: JsonObject) -> JsonObject:
    """addFilterView: changes nobody's cells."""
    view = proto(request.get("filter", {}))
    sheet, _ = batch.area(view.get("range", {}), write=False)
    view["range"] = {"sheetId": sheet.sheet_id, **view.get("range", {})}
    taken = {entry["filterViewId"] for _, entry in batch.book.objects("filterViews")}
    if view.get("filterViewId") in taken:
        raise invalid(f"A filter view with id {view['filterViewId']} already exists.")
    view.setdefault("filterViewId", batch.new_number(taken))
    view.setdefault("title", f"Filter {len(sheet.objects['filterViews']) + 1}")
    sheet.objects["filterViews"].append(view)
    return {"addFilterView": {"filter": ranges_out(view)}}


def delete_filter_view(batch: Batch, request: JsonObject) -> JsonObject:
    """deleteFilterView"""
    view_id = request.get("filterId", 0)
    for sheet, entry in batch.book.objects("filterViews"):
        if entry["filterViewId"] == view_id:
            sheet.objects["filterViews"].remove(entry)
            return {}
    raise invalid(f"No filter view with id: {view_id}")


def update_filter_view(batch: Batch, request: JsonObject) -> JsonObject:
    """updateFilterView"""
    mask, given = mask_of(request, "FilterView"), request.get("filter", {})
    for sheet, entry in batch.book.objects("filterViews"):
        if entry["filterViewId"] == given.get("filterViewId"):
            held = {key: {} for key in {*entry, *given} - {"filterViewId"}} if "*" in mask else mask
            changed = {**set_masked(entry, given, held), "filterViewId": entry["filterViewId"]}
            sheet.objects["filterViews"][sheet.objects["filterViews"].index(entry)] = changed
            return {}
    raise invalid(f"No filter view with id: {given.get('filterViewId', 0)}")


def _rule(batch: Batch, rule: JsonObject) -> tuple[Sheet, JsonObject]:
    rule = proto(rule)
    if not rule.get("ranges"):
        raise invalid("No ranges set on conditional format rule.")
    if ("booleanRule" in rule) == ("gradientRule" in rule):
        raise invalid("Exactly one of booleanRule or gradientRule must be set.")
    sheets = [batch.area(entry, write=False)[0] for entry in rule["ranges"]]
    if any(sheet is not sheets[0] for sheet in sheets):
        raise invalid("All ranges of a conditional format rule must be on the same sheet.")
    rule["ranges"] = [{"sheetId": sheets[0].sheet_id, **entry} for entry in rule["ranges"]]
    return sheets[0], rule


def add_conditional_format(batch: Batch, request: JsonObject) -> JsonObject:
    """addConditionalFormatRule"""
    sheet, rule = _rule(batch, request.get("rule", {}))
    rules = sheet.objects["conditionalFormats"]
    index = request.get("index", 0)
    if index > len(rules):
        raise invalid(f"index[{index}] is beyond the number of rules: {len(rules)}")
    rules.insert(index, rule)
    return {}


def _at(sheet: Sheet, index: int) -> list[JsonObject]:
    rules = sheet.objects["conditionalFormats"]
    if not 0 <= index < len(rules):
        raise invalid(f"No conditional format on sheet: {sheet.sheet_id} at index: {index}")
    return rules


def update_conditional_format(batch: Batch, request: JsonObject) -> JsonObject:
    """updateConditionalFormatRule: replace a rule, or move it."""
    index = request.get("index", 0)
    if "rule" in request:
        sheet, rule = _rule(batch, request["rule"])
        rules = _at(sheet, index)
        old, rules[index] = rules[index], rule
        answer = {"oldRule": old, "newRule": rule, "newIndex": index}
    else:
        sheet = sheet_of(batch.book, request.get("sheetId", 0))
        rules = _at(sheet, index)
        new = request.get("newIndex", 0)
        rule = rules.pop(index)
        rules.insert(new, rule)
        answer = {"newRule": rule, "oldIndex": index, "newIndex": new}
    shown = {name: entry for name, entry in answer.items() if entry != 0}
    return {"updateConditionalFormatRule": ranges_out(shown)}


def delete_conditional_format(batch: Batch, request: JsonObject) -> JsonObject:
    """deleteConditionalFormatRule"""
    sheet = sheet_of(batch.book, request.get("sheetId", 0))
    index = request.get("index", 0)
    return {"deleteConditionalFormatRule": {"rule": ranges_out(_at(sheet, index).pop(index))}}


KINDS: dict[str, Kind] = {
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "addFilterView": add_filter_view,
    "updateFilterView": update_filter_view,
    "deleteFilterView": delete_filter_view,
    "addConditionalFormatRule": add_conditional_format,
    "updateConditionalFormatRule": update_conditional_format,
    "deleteConditionalFormatRule": delete_conditional_format,
}

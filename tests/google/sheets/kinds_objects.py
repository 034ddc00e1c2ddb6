"""Request kinds about objects on a tab: protections, banding, charts, tables.

Ids may be chosen by the caller: "It is an error to specify the ID of a range that already exists" (discovery document,
addProtectedRange, addBanding, addChart …). The texts of those refusals were not found; they are worded here after the
one that was observed for named ranges.
"""

from __future__ import annotations

from typing import Any

from tests.google.errors import denied, invalid, unimplemented
from tests.google.sheets.batch import Batch, Kind, mask_of
from tests.google.sheets.model import Sheet, filled
from tests.google.sheets.protection import may_edit
from tests.google.sheets.tidy import proto, ranges_out, set_masked

JsonObject = dict[str, Any]


def _find(batch: Batch, kind: str, key: str, wanted: Any, noun: str) -> tuple[Sheet, int]:
    for sheet, entry in batch.book.objects(kind):
        if entry[key] == wanted:
            return sheet, sheet.objects[kind].index(entry)
    raise invalid(f"No {noun} with id: {wanted}")


def _claim(batch: Batch, kind: str, key: str, entry: JsonObject, noun: str) -> None:
    taken = {held[key] for _, held in batch.book.objects(kind)}
    if entry.get(key) in taken:
        raise invalid(f"Cannot add {noun} with id {entry[key]}, a {noun} with that id already exists.")
    if not entry.get(key):
        entry[key] = batch.new_number(taken)


def _placed(batch: Batch, entry: JsonObject) -> Sheet:
    """The tab of the entry's range, with the tab's id written out."""
    sheet, _ = batch.area(entry.get("range", {}), write=False)
    entry["range"] = {"sheetId": sheet.sheet_id, **entry.get("range", {})}
    return sheet


def add_protected_range(batch: Batch, request: JsonObject) -> JsonObject:
    """addProtectedRange: whoever adds one may edit it; a tab is protected as a whole only once.

    The refusal is quoted in https://github.com/googleapis/google-api-python-client/issues/1064; that ``editors`` comes
    back as sent, and later holds the one who added it, is recorded.
    """
    entry = proto(request.get("protectedRange", {}))
    entry.pop("requestingUserCanEdit", None)
    if entry.get("warningOnly") and _named(entry.get("editors", {})):
        raise invalid("ProtectedRange is warningOnly. Editors cannot be set on it.")
    if entry.get("namedRangeId"):
        found = [named for named in batch.book.named_ranges if named["namedRangeId"] == entry["namedRangeId"]]
        if not found:
            raise invalid(f"No named range with id: {entry['namedRangeId']}")
        entry["range"] = found[0]["range"]
    elif entry.get("tableId"):
        raise unimplemented("a protected range backed by a table")
    sheet = _placed(batch, entry)
    whole = entry["range"].keys() <= {"sheetId"}
    if entry.get("unprotectedRanges") and not whole:
        raise invalid("unprotectedRanges may only be set on a protected sheet")
    if whole and any(held["range"].keys() <= {"sheetId"} for held in sheet.objects["protectedRanges"]):
        raise invalid(f'Sheet "{sheet.title}" already has sheet protection.')
    if batch.settings.protected_ids == "ignored":
        entry.pop("protectedRangeId", None)
    _claim(batch, "protectedRanges", "protectedRangeId", entry, "protected range")
    editors = _named(entry.get("editors", {}))
    answered = {**entry, "requestingUserCanEdit": True}
    if entry.get("warningOnly"):
        entry.pop("editors", None)
        answered.pop("editors", None)
    else:
        answered["editors"] = editors
        users = list(dict.fromkeys([*editors.get("users", []), batch.editor.email]))
        entry["editors"] = {**editors, "users": users}
    sheet.objects["protectedRanges"].append(entry)
    return {"addProtectedRange": {"protectedRange": ranges_out(answered)}}


def _named(editors: JsonObject) -> JsonObject:
    return {name: entry for name, entry in editors.items() if entry}


def update_protected_range(batch: Batch, request: JsonObject) -> JsonObject:
    """updateProtectedRange"""
    mask, given = mask_of(request, "ProtectedRange"), request.get("protectedRange", {})
    wanted = given.get("protectedRangeId", 0)
    sheet, index = _find(batch, "protectedRanges", "protectedRangeId", wanted, "protected range")
    held = sheet.objects["protectedRanges"][index]
    if not may_edit(batch.editor, held):
        raise denied()
    names = {key: {} for key in {*held, *given}} if "*" in mask else mask
    names = {name: inner for name, inner in names.items() if name not in ("protectedRangeId", "requestingUserCanEdit")}
    changed = set_masked(held, given, names)
    if changed.get("warningOnly"):
        if _named(given.get("editors", {})) and "editors" in names:
            raise invalid("ProtectedRange is warningOnly. Editors cannot be set on it.")
        changed.pop("editors", None)
    else:
        users = changed.get("editors", {}).get("users", [])
        changed["editors"] = {**changed.get("editors", {}), "users": list(dict.fromkeys([*users, batch.editor.email]))}
    if "range" not in changed:
        changed["range"] = {"sheetId": sheet.sheet_id}
    sheet.objects["protectedRanges"][index] = changed
    return {}


def delete_protected_range(batch: Batch, request: JsonObject) -> JsonObject:
    """deleteProtectedRange: an id that is not there fails the batch (google-api-python-client#1064)."""
    wanted = request.get("protectedRangeId", 0)
    sheet, index = _find(batch, "protectedRanges", "protectedRangeId", wanted, "protected range")
    if not may_edit(batch.editor, sheet.objects["protectedRanges"][index]):
        raise denied()
    del sheet.objects["protectedRanges"][index]
    return {}


def add_banding(batch: Batch, request: JsonObject) -> JsonObject:
    """addBanding"""
    entry = proto(request.get("bandedRange", {}))
    sheet = _placed(batch, entry)
    _claim(batch, "bandedRanges", "bandedRangeId", entry, "banded range")
    _, area = batch.area(entry["range"], write=False)
    for held in sheet.objects["bandedRanges"]:
        if batch.area(held["range"], write=False)[1].overlaps(area):
            raise invalid("You cannot add alternating background colors to a range that already has them.")
    sheet.objects["bandedRanges"].append(entry)
    return {"addBanding": {"bandedRange": ranges_out(entry)}}


def update_banding(batch: Batch, request: JsonObject) -> JsonObject:
    """updateBanding"""
    mask, given = mask_of(request, "BandedRange"), request.get("bandedRange", {})
    sheet, index = _find(batch, "bandedRanges", "bandedRangeId", given.get("bandedRangeId", 0), "banded range")
    held = sheet.objects["bandedRanges"][index]
    names = {key: {} for key in {*held, *given} - {"bandedRangeId"}} if "*" in mask else mask
    sheet.objects["bandedRanges"][index] = set_masked(held, given, names)
    return {}


def delete_banding(batch: Batch, request: JsonObject) -> JsonObject:
    """deleteBanding"""
    sheet, index = _find(batch, "bandedRanges", "bandedRangeId", request.get("bandedRangeId", 0), "banded range")
    del sheet.objects["bandedRanges"][index]
    return {}


def add_chart(batch: Batch, request: JsonObject) -> JsonObject:
    """addChart: stored with its source ranges, laid over cells."""
    entry = proto(request.get("chart", {}))
    position = entry.get("position", {})
    if position.get("newSheet") or position.get("sheetId"):
        raise unimplemented("a chart on a tab of its own")
    if not entry.get("spec"):
        raise invalid("Chart spec must be set.")
    anchor = position.get("overlayPosition", {}).get("anchorCell", {})
    sheet = batch.book.find(anchor.get("sheetId", 0))
    if sheet is None:
        raise invalid(f"No sheet with id: {anchor.get('sheetId', 0)}")
    _claim(batch, "charts", "chartId", entry, "chart")
    overlay = {"widthPixels": 600, "heightPixels": 371, **position.get("overlayPosition", {})}
    overlay["anchorCell"] = {"sheetId": sheet.sheet_id, **anchor}
    entry["position"] = {"overlayPosition": overlay}
    sheet.objects["charts"].append(entry)
    return {"addChart": {"chart": ranges_out(entry)}}


def update_chart_spec(batch: Batch, request: JsonObject) -> JsonObject:
    """updateChartSpec"""
    sheet, index = _find(batch, "charts", "chartId", request.get("chartId", 0), "chart")
    sheet.objects["charts"][index] = {**sheet.objects["charts"][index], "spec": proto(request.get("spec", {}))}
    return {}


def delete_embedded_object(batch: Batch, request: JsonObject) -> JsonObject:
    """deleteEmbeddedObject"""
    sheet, index = _find(batch, "charts", "chartId", request.get("objectId", 0), "embedded object")
    del sheet.objects["charts"][index]
    return {}


def add_table(batch: Batch, request: JsonObject) -> JsonObject:
    """addTable: column names come from the header row where the request gives none."""
    entry = proto(request.get("table", {}))
    sheet = _placed(batch, entry)
    _, area = batch.area(entry["range"], write=False)
    for _, held in batch.book.objects("tables"):
        if batch.area(held["range"], write=False)[1].overlaps(area):
            raise invalid("You cannot add a table over a range that already has one.")
    taken = {held["tableId"] for _, held in batch.book.objects("tables")}
    if entry.get("tableId") in taken:
        raise invalid(f"Cannot add table with id {entry['tableId']}, a table with that id already exists.")
    entry.setdefault("tableId", str(batch.new_number({int(held) for held in taken if held.isdigit()})))
    entry.setdefault("name", f"Table{len(taken) + 1}")
    given = {column.get("columnIndex", 0): column for column in entry.get("columnProperties", [])}
    columns = []
    for offset in range(area.width):
        header = sheet.cell(area.top, area.left + offset)
        name = str(header.value) if filled(header) else f"Column {offset + 1}"
        columns.append({"columnName": name, **({"columnIndex": offset} if offset else {}), **given.get(offset, {})})
    entry["columnProperties"] = columns
    sheet.objects["tables"].append(entry)
    return {"addTable": {"table": ranges_out(entry)}}


def delete_table(batch: Batch, request: JsonObject) -> JsonObject:
    """deleteTable: the table goes with its cells."""
    sheet, index = _find(batch, "tables", "tableId", request.get("tableId", ""), "table")
    _, area = batch.area(sheet.objects["tables"][index]["range"])
    for row in range(area.top, area.bottom):
        cells = {column: cell for column, cell in sheet.rows[row].cells.items() if not area.left <= column < area.right}
        sheet.rows[row] = type(sheet.rows[row])(cells, sheet.rows[row].meta)
    del sheet.objects["tables"][index]
    return {}


KINDS: dict[str, Kind] = {
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
    "addBanding": add_banding,
    "updateBanding": update_banding,
    "deleteBanding": delete_banding,
    "addChart": add_chart,
    "updateChartSpec": update_chart_spec,
    "deleteEmbeddedObject": delete_embedded_object,
    "addTable": add_table,
    "deleteTable": delete_table,
}

"""The methods of the spreadsheets resource, by their discovery ids, with the parameters each one honours."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from tests.google.calls import Answer, Call, Handler
from tests.google.drive.files import place_new
from tests.google.errors import ApiError, denied, invalid, not_found, unimplemented
from tests.google.fieldmask import child, parse
from tests.google.sheets import a1, kinds_metadata, render, value_methods
from tests.google.sheets.access import editor_of, open_book
from tests.google.sheets.batch import Batch, batch_update
from tests.google.sheets.kinds_sheets import KINDS as SHEET_KINDS
from tests.google.sheets.model import new_spreadsheet
from tests.google.sheets.protection import Editor
from tests.google.sheets.tidy import merged
from tests.google.state import SHEET_TYPE

JsonObject = dict[str, Any]


def get(call: Call) -> Answer:
    """spreadsheets.get"""
    book = open_book(call, write=False)
    references = [a1.parse(book, text) for text in call.query.get("ranges", [])]
    # "This parameter is ignored if a field mask was set in the request" (includeGridData).
    mask = parse(call.text("fields")) if call.text("fields") else {}
    grid_data = call.flag("includeGridData") if not mask else child(mask, "sheets", "data") is not None
    return Answer(render.spreadsheet(book, editor_of(call), mask, references, grid_data), masked=True)


def create(call: Call) -> JsonObject:
    """spreadsheets.create: with tabs and properties from the body, in the caller's My Drive."""
    body = call.body
    extra = body.keys() - {"properties", "sheets", "namedRanges"}
    if extra:
        raise unimplemented(f"spreadsheets.create with {sorted(extra)}")
    given = body.get("properties", {})
    title = given.get("title") or "Untitled spreadsheet"
    try:
        file_id = place_new(call, SHEET_TYPE, title, [], call.state.new_id(44))
    except ApiError as error:
        # To a service account without storage this API says no more than this (third-party reports).
        raise denied() from error
    book = new_spreadsheet(file_id, title)
    book.properties = merged(book.properties, given)
    editor = Editor(call.principal.email, True)
    batch = Batch(book, editor, call.state.new_number)
    if body.get("sheets"):
        book.sheets = []
        for entry in body["sheets"]:
            if entry.keys() - {"properties"}:
                raise unimplemented(f"spreadsheets.create with sheets[].{sorted(entry.keys() - {'properties'})}")
            SHEET_KINDS["addSheet"](batch, {"properties": entry.get("properties", {})})
    if body.get("namedRanges"):
        raise unimplemented("spreadsheets.create with namedRanges")
    call.state.spreadsheets[file_id] = book
    return render.spreadsheet(book, editor, {}, [], False)


def copy_to(call: Call) -> JsonObject:
    """spreadsheets.sheets.copyTo"""
    source = open_book(call, write=False)
    sheet = source.find(int(call.path["sheetId"]))
    if sheet is None:
        raise not_found()
    target_id = call.body.get("destinationSpreadsheetId", "")
    call.path["spreadsheetId"] = target_id
    book = open_book(call, write=True)
    copied = sheet.copy()
    copied.sheet_id = call.state.new_number({entry.sheet_id for entry in book.sheets})
    title = f"Copy of {sheet.title}"
    number = 2
    while book.by_title(title):
        title, number = f"Copy of {sheet.title} {number}", number + 1
    copied.properties["title"] = title
    copied.objects["protectedRanges"] = []
    book.sheets.append(copied)
    return render.sheet_properties(book, copied)


def search_metadata(call: Call) -> JsonObject:
    """spreadsheets.developerMetadata.search"""
    book = open_book(call, write=False)
    filters = call.body.get("dataFilters", [])
    if not filters:
        raise invalid("Must specify at least one data filter.")
    found = []
    for entry, _ in kinds_metadata.everywhere(book):
        met = [data_filter for data_filter in filters if kinds_metadata.matches(entry, data_filter)]
        if met:
            found.append({"developerMetadata": entry, "dataFilters": met})
    return {"matchedDeveloperMetadata": found} if found else {}


def get_metadata(call: Call) -> JsonObject:
    """spreadsheets.developerMetadata.get"""
    book = open_book(call, write=False)
    for entry, _ in kinds_metadata.everywhere(book):
        if str(entry["metadataId"]) == call.path["metadataId"]:
            return entry
    raise not_found()


_RENDER = {"valueRenderOption", "dateTimeRenderOption", "majorDimension"}
_INCLUDE = {"includeValuesInResponse", "responseValueRenderOption", "responseDateTimeRenderOption"}

HANDLERS: dict[str, tuple[Handler, Set[str]]] = {
    "sheets.spreadsheets.get": (get, {"includeGridData", "ranges", "fields"}),
    "sheets.spreadsheets.create": (create, set()),
    "sheets.spreadsheets.batchUpdate": (batch_update, set()),
    "sheets.spreadsheets.sheets.copyTo": (copy_to, set()),
    "sheets.spreadsheets.developerMetadata.search": (search_metadata, set()),
    "sheets.spreadsheets.developerMetadata.get": (get_metadata, set()),
    "sheets.spreadsheets.values.get": (value_methods.get, _RENDER),
    "sheets.spreadsheets.values.batchGet": (value_methods.batch_get, {"ranges", *_RENDER}),
    "sheets.spreadsheets.values.update": (value_methods.update, {"valueInputOption", *_INCLUDE}),
    "sheets.spreadsheets.values.batchUpdate": (value_methods.batch_update, set()),
    "sheets.spreadsheets.values.append": (
        value_methods.append,
        {"valueInputOption", "insertDataOption", *_INCLUDE},
    ),
    "sheets.spreadsheets.values.clear": (value_methods.clear, set()),
    "sheets.spreadsheets.values.batchClear": (value_methods.batch_clear, set()),
}

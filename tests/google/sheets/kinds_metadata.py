"""Developer metadata: on the spreadsheet, a tab, one row or one column; and finding it again.

"If the associated object is deleted then its metadata is deleted too", and it moves with its row or column (discovery
document, DeveloperMetadata). What a sort does to row metadata is documented nowhere: here it stays with the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from tests.google.errors import invalid, unimplemented
from tests.google.sheets.areas import sheet_of
from tests.google.sheets.batch import Batch, Kind
from tests.google.sheets.model import Spreadsheet
from tests.google.sheets.tidy import range_out

JsonObject = dict[str, Any]


def everywhere(book: Spreadsheet) -> Iterator[tuple[JsonObject, Callable[[JsonObject | None], None]]]:
    """Every piece of metadata as answered, with a function that replaces or (None) removes it."""

    def in_list(entries: list[JsonObject], entry: JsonObject) -> Callable[[JsonObject | None], None]:
        def put(new: JsonObject | None) -> None:
            index = entries.index(entry)
            entries[index : index + 1] = [] if new is None else [new]

        return put

    for entry in list(book.metadata):
        yield entry, in_list(book.metadata, entry)
    for sheet in book.sheets:
        for entry in list(sheet.objects["developerMetadata"]):
            yield entry, in_list(sheet.objects["developerMetadata"], entry)
        for index, row in enumerate(sheet.rows):
            for entry in row.meta.get("developerMetadata", []):

                def put_row(new: JsonObject | None, index: int = index, entry: JsonObject = entry) -> None:
                    held = sheet.rows[index]  # noqa: B023
                    sheet.rows[index] = replace(held, meta=_exchanged(held.meta, entry, new))  # noqa: B023

                yield _located(entry, sheet.sheet_id, "ROWS", index), put_row
        for index, column in enumerate(sheet.columns):
            for entry in column.get("developerMetadata", []):

                def put_column(new: JsonObject | None, index: int = index, entry: JsonObject = entry) -> None:
                    sheet.columns[index] = _exchanged(sheet.columns[index], entry, new)  # noqa: B023

                yield _located(entry, sheet.sheet_id, "COLUMNS", index), put_column


def _located(entry: JsonObject, sheet_id: int, dimension: str, index: int) -> JsonObject:
    found = {"sheetId": sheet_id, "dimension": dimension, "startIndex": index, "endIndex": index + 1}
    kind = "ROW" if dimension == "ROWS" else "COLUMN"
    return {**entry, "location": {"locationType": kind, "dimensionRange": range_out(found)}}


def _exchanged(meta: JsonObject, old: JsonObject, new: JsonObject | None) -> JsonObject:
    entries = [entry for entry in meta["developerMetadata"] if entry is not old] + ([new] if new else [])
    kept = {name: entry for name, entry in meta.items() if name != "developerMetadata"}
    return {**kept, "developerMetadata": entries} if entries else kept


def create(batch: Batch, request: JsonObject) -> JsonObject:
    """createDeveloperMetadata"""
    entry: JsonObject = dict(request.get("developerMetadata", {}))
    if not entry.get("metadataKey"):
        raise invalid("Developer metadata key must be set.")
    if entry.get("visibility", "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED") not in ("DOCUMENT", "PROJECT"):
        raise invalid("Developer metadata visibility must be set.")
    taken = {held["metadataId"] for held, _ in everywhere(batch.book)}
    if entry.get("metadataId") in taken:
        raise invalid(f"Developer metadata with id {entry['metadataId']} already exists.")
    entry.setdefault("metadataId", batch.new_number(taken))
    location = entry.pop("location", {})
    if location.get("spreadsheet"):
        entry["location"] = {"locationType": "SPREADSHEET", "spreadsheet": True}
        batch.book.metadata.append(entry)
        return {"createDeveloperMetadata": {"developerMetadata": entry}}
    if "dimensionRange" not in location:
        if "sheetId" not in location:
            raise invalid("Developer metadata location must be set.")
        sheet = sheet_of(batch.book, location["sheetId"])
        entry["location"] = {"locationType": "SHEET", "sheetId": sheet.sheet_id}
        sheet.objects["developerMetadata"].append(entry)
        return {"createDeveloperMetadata": {"developerMetadata": entry}}
    span = location["dimensionRange"]
    sheet = sheet_of(batch.book, span.get("sheetId", 0))
    start, end, dimension = span.get("startIndex", 0), span.get("endIndex", 0), span.get("dimension", "ROWS")
    if end - start != 1:
        raise invalid("Developer metadata may only be associated with a single row or column.")
    if start >= (sheet.row_count if dimension == "ROWS" else sheet.column_count):
        raise invalid(f"dimensionRange.startIndex[{start}] is beyond the grid")
    if dimension == "ROWS":
        row = sheet.rows[start]
        meta = {**row.meta, "developerMetadata": [*row.meta.get("developerMetadata", []), entry]}
        sheet.rows[start] = replace(row, meta=meta)
    else:
        column = sheet.columns[start]
        sheet.columns[start] = {**column, "developerMetadata": [*column.get("developerMetadata", []), entry]}
    answered = _located(entry, sheet.sheet_id, dimension, start)
    return {"createDeveloperMetadata": {"developerMetadata": answered}}


def matches(entry: JsonObject, data_filter: JsonObject) -> bool:
    """Does a DataFilter with a developerMetadataLookup meet this metadata?"""
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is None:
        raise unimplemented("a data filter that is not a developerMetadataLookup")
    if "metadataLocation" in lookup:
        raise unimplemented("developerMetadataLookup.metadataLocation")
    kind = lookup.get("locationType")
    plain = all(
        lookup[name] == entry.get(name)
        for name in ("metadataId", "metadataKey", "metadataValue", "visibility")
        if name in lookup
    )
    return plain and (kind is None or kind == entry["location"]["locationType"])


def delete(batch: Batch, request: JsonObject) -> JsonObject:
    """deleteDeveloperMetadata"""
    gone = []
    for entry, put in list(everywhere(batch.book)):
        if matches(entry, request.get("dataFilter", {})):
            put(None)
            gone.append(entry)
    if not gone:
        raise invalid("No developer metadata matched the data filter.")
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": gone}}


KINDS: dict[str, Kind] = {"createDeveloperMetadata": create, "deleteDeveloperMetadata": delete}

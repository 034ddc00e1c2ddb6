"""Experiments on a scratch tab: batches and their guard, sorting, parsing, validation.

Each is a question whose answer the job rests on and no document gives, or one that is good to know.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sync.workspace.google.admin.probe_result import Experiment, Result, Send, judged, noted, refusal, told
from sync.workspace.google.sheets import SheetClient, quoted
from sync.workspace.google.transport import Json

_FIRST_ID = 2_100_000_000
"""Of protected ranges and metadata: nobody else's."""


class SheetProbe:
    """The scratch tab and what is asked on it."""

    def __init__(self, sheets: SheetClient, send: Send, sheet_id: int, title: str, first_id: int = _FIRST_ID) -> None:
        self._sheets, self._send, self._sheet_id, self._title, self._id = sheets, send, sheet_id, title, first_id
        self._held = first_id
        """The id of the protected range that stands: Google's own where it ignored ours."""

    def experiments(self) -> Iterator[Experiment]:
        """Yield the experiments, in the order they have to be made. Each raises CallFailed where Google says no."""
        yield Experiment("a protected range takes an id of ours", self._chosen_id)
        yield Experiment("adding an id that is taken", self._taken_id)
        yield Experiment("a commit sent twice (delete N, add N+1, write)", self._replay)
        yield Experiment("deleting a protected range that is gone", self._missing_id)
        yield Experiment("a sort moves a row's cells together, the number with them", self._sort)
        yield Experiment("findReplace reads its replacement as if typed", self._find_replace)
        yield Experiment("metadata with an id that is taken", self._metadata_id)
        yield Experiment("a write against a strict drop-down", self._strict)
        yield Experiment("a tab's place, where only some tabs are asked for", self._place)

    def _chosen_id(self) -> Iterator[Result]:
        before = self._protected()
        reply = self._send([self._add(self._id)])
        given = _first(reply, "addProtectedRange", "protectedRange", "protectedRangeId")
        there = self._protected()
        new = sorted(there - before)
        if self._id not in there:
            self._held = new[0] if new else int(given or self._id)
        found = str(given) if given is not None else "no id in the answer"
        yield judged("a protected range takes an id of ours", str(self._id), found, holds=self._id in there)

    def _taken_id(self) -> Iterator[Result]:
        other: Json = {"sheetId": self._sheet_id, "startRowIndex": 40, "endRowIndex": 41}
        failure = refusal(lambda: self._send([self._add(self._held, other)]))
        yield judged("adding an id that is taken", "refused (400)", told(failure), holds=failure is not None)

    def _place(self) -> Iterator[Result]:
        """The run sees by it that there are tabs it did not ask for, a form's new one in front of all."""
        book = self._sheets.get("sheets(properties(sheetId,index))", [f"{quoted(self._title)}!A1"])
        found = [int(sheet.get("properties", {}).get("index", -1)) for sheet in book.get("sheets", ())]
        whole = self._sheets.get("sheets(properties(sheetId,index))")
        there = [sheet.get("properties", {}).get("sheetId", 0) for sheet in whole.get("sheets", ())]
        expected = there.index(self._sheet_id)
        yield judged(
            "a tab's place, where only some tabs are asked for",
            f"its place among all ({expected})",
            ", ".join(map(str, found)) or "none",
            holds=found == [expected],
        )

    def _replay(self) -> Iterator[Result]:
        batch = [self._delete(self._held), self._add(self._id + 1), self._write(0, "once")]
        self._send(batch)
        failure = refusal(lambda: self._send(batch))
        yield judged(
            "a commit sent twice (delete N, add N+1, write)",
            "the second is refused (400)",
            told(failure),
            holds=failure is not None,
        )

    def _missing_id(self) -> Iterator[Result]:
        failure = refusal(lambda: self._send([self._write(1, "must not appear"), self._delete(self._held)]))
        left = self._texts().get((1, 0))
        found = f"{told(failure)}; the write beside it {'took effect' if left else 'did not'}"
        holds = failure is not None and not left
        yield judged("deleting a protected range that is gone", "refused, with the whole batch", found, holds=holds)

    def _sort(self) -> Iterator[Result]:
        """Three rows, the first one marked with metadata; then sort them the way staff do."""
        rows = [["c", "third"], ["a", "first"], ["b", "second"]]
        location = {"dimensionRange": self._rows(10, 11)}
        mark = {"metadataKey": "agenda-probe", "location": location, "visibility": "DOCUMENT", "metadataValue": "c"}
        block = [{"values": [_text(text) for text in row]} for row in rows]
        place = {"sheetId": self._sheet_id, "rowIndex": 10, "columnIndex": 0}
        self._send(
            [
                {"updateCells": {"start": place, "rows": block, "fields": "userEnteredValue"}},
                {"createDeveloperMetadata": {"developerMetadata": mark}},
            ]
        )
        area = {"sheetId": self._sheet_id, "startRowIndex": 10, "endRowIndex": 13, "endColumnIndex": 2}
        order = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
        self._send([{"sortRange": {"range": area, "sortSpecs": order}}])
        texts = self._texts()
        keys = [texts.get((row, 0), "") for row in range(10, 13)]
        whole = keys == ["a", "b", "c"] and [texts.get((row, 1)) for row in range(10, 13)] == [
            "first",
            "second",
            "third",
        ]
        yield judged(
            "a sort moves a row's cells together, the number with them",
            "a b c, each with its own text",
            " ".join(keys) + ("" if whole else ", texts mixed up"),
            holds=whole,
        )
        marked = self._marked_row()
        where = "not found" if marked is None else f"row {marked + 1}, which now holds {texts.get((marked, 0), '?')!r}"
        yield noted("metadata of a row, after a sort", "stays at its place (row 11)", where)
        self._send([self._write(10, "by position")])
        hit = self._texts().get((10, 1), "")
        yield judged(
            "a write by position, decided before the sort",
            "hits another row (so rows are verified by number)",
            f"the row of {hit!r} was hit",
            holds=hit != "third",
        )

    def _find_replace(self) -> Iterator[Result]:
        self._send([self._write(20, "PENDING-1"), self._write(21, "PENDING-2"), self._write(22, "PENDING-3")])
        replacements = {"PENDING-1": "=1+1", "PENDING-2": "1-2", "PENDING-3": "007"}
        requests: list[Json] = []
        for find, replacement in replacements.items():
            search = {"find": find, "replacement": replacement, "matchEntireCell": True, "sheetId": self._sheet_id}
            requests.append({"findReplace": search})
        self._send(requests)
        kinds = [self._kind(row) for row in (20, 21, 22)]
        found = ", ".join(f"{text} → {kind}" for text, kind in zip(replacements.values(), kinds, strict=True))
        yield noted("findReplace reads its replacement as if typed", "formula, number, number", found)

    def _metadata_id(self) -> Iterator[Result]:
        """Twice the same id of ours."""
        request = {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataId": self._id,
                    "metadataKey": "agenda-probe",
                    "location": {"sheetId": self._sheet_id},
                    "visibility": "DOCUMENT",
                }
            }
        }
        self._send([request])
        yield noted("metadata with an id that is taken", "refused", told(refusal(lambda: self._send([request]))))

    def _strict(self) -> Iterator[Result]:
        area = {"sheetId": self._sheet_id, "startRowIndex": 30, "endRowIndex": 31, "endColumnIndex": 1}
        condition = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Ya"}]}
        self._send([{"setDataValidation": {"range": area, "rule": {"condition": condition, "strict": True}}}])
        failure = refusal(lambda: self._send([self._write(30, "Mungkin")]))
        yield noted("a write against a strict drop-down", "accepted", told(failure))

    def _add(self, range_id: int, place: Json | None = None) -> Json:
        entry = {
            "protectedRangeId": range_id,
            "range": place or {"sheetId": self._sheet_id},
            "description": "agenda probe",
            "warningOnly": True,
        }
        return {"addProtectedRange": {"protectedRange": entry}}

    def _delete(self, range_id: int) -> Json:
        return {"deleteProtectedRange": {"protectedRangeId": range_id}}

    def _write(self, row: int, text: str) -> Json:
        place = {"sheetId": self._sheet_id, "rowIndex": row, "columnIndex": 0}
        return {"updateCells": {"start": place, "rows": [{"values": [_text(text)]}], "fields": "userEnteredValue"}}

    def _rows(self, first: int, after: int) -> Json:
        return {"sheetId": self._sheet_id, "dimension": "ROWS", "startIndex": first, "endIndex": after}

    def _cells(self) -> dict[tuple[int, int], dict[str, Any]]:
        book = self._sheets.get(
            "sheets(data(startRow,startColumn,rowData(values(userEnteredValue))))", [f"{quoted(self._title)}!A1:B40"]
        )
        cells = {}
        for sheet in book.get("sheets", ()):
            for area in sheet.get("data", ()):
                for row, data in enumerate(area.get("rowData", ()), area.get("startRow", 0)):
                    for column, cell in enumerate(data.get("values", ()), area.get("startColumn", 0)):
                        if cell.get("userEnteredValue"):
                            cells[row, column] = cell["userEnteredValue"]
        return cells

    def _texts(self) -> dict[tuple[int, int], str]:
        return {place: str(next(iter(value.values()))) for place, value in self._cells().items()}

    def _kind(self, row: int) -> str:
        return next(iter(self._cells().get((row, 0), {"nothing": 0}))).removesuffix("Value")

    def _protected(self) -> set[int]:
        book = self._sheets.get("sheets(protectedRanges(protectedRangeId))")
        return {
            int(entry.get("protectedRangeId", 0))
            for sheet in book.get("sheets", ())
            for entry in sheet.get("protectedRanges", ())
        }

    def _marked_row(self) -> int | None:
        fields = "sheets(data(startRow,rowMetadata(developerMetadata(metadataKey))))"
        book = self._sheets.get(fields, [f"{quoted(self._title)}!A1:B40"])
        for sheet in book.get("sheets", ()):
            for area in sheet.get("data", ()):
                for row, entry in enumerate(area.get("rowMetadata", ()), area.get("startRow", 0)):
                    if any(item.get("metadataKey") == "agenda-probe" for item in entry.get("developerMetadata", ())):
                        return int(row)
        return None


def _text(text: str) -> Json:
    return {"userEnteredValue": {"stringValue": text}}


def _first(reply: Json, *path: str) -> Any:
    """Return what stands at a path in the first of a batch's replies that has it; Google may leave parts out."""
    for found in reply.get("replies", ()):
        here: Any = found
        for key in path:
            here = here.get(key) if isinstance(here, dict) else None
        if here is not None:
            return here
    return None

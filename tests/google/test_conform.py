"""Schemas of the discovery documents: the walker, and JSON Schema as its second opinion."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import jsonschema  # type: ignore[import-untyped]
import pytest

from tests.google import conform, routing
from tests.google.discovery import SERVICES, JsonObject, document, json_schema
from tests.google.replay import FOLDER
from tests.google.rest import Book, Rest


def _recorded() -> list[tuple[str, str, JsonObject]]:
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        for interaction in json.loads(path.read_text(encoding="utf-8"))["interactions"]:
            answer = interaction["response"]
            text = answer["body"]["string"] if isinstance(answer["body"], dict) else answer["body"]
            route = routing.find(interaction["request"]["method"], urlsplit(interaction["request"]["uri"]).path)
            if answer["status"]["code"] == 200 and route and route[0].answer and text.startswith("{"):
                found.append((route[0].service, route[0].answer, json.loads(text)))
    return found


def test_every_recorded_answer_conforms_by_both_checks() -> None:
    recorded = _recorded()
    assert len(recorded) > 900
    validators: dict[tuple[str, str], jsonschema.Draft202012Validator] = {}
    for service, name, answer in recorded:
        assert conform.check_answer(service, name, answer) == []
        key = (service, name)
        if key not in validators:
            validators[key] = jsonschema.Draft202012Validator(json_schema(service, name))
        assert not list(validators[key].iter_errors(answer))


@pytest.mark.parametrize(
    ("service", "name", "wrong"),
    [
        ("sheets", "ValueRange", {"range": "A1", "valeus": []}),
        ("sheets", "ValueRange", {"values": "X"}),
        ("sheets", "Spreadsheet", {"sheets": [{"properties": {"sheetId": "zero"}}]}),
        ("sheets", "MergeCellsRequest", {"mergeType": "MERGE_SOME"}),
        ("drive", "File", {"trashed": "yes"}),
        ("forms", "Form", {"items": [{"title": 5}]}),
    ],
)
def test_both_checks_find_what_is_wrong(service: str, name: str, wrong: JsonObject) -> None:
    assert conform.check_answer(service, name, wrong)
    assert list(jsonschema.Draft202012Validator(json_schema(service, name)).iter_errors(wrong))


@pytest.mark.parametrize("service", list(SERVICES))
def test_every_schema_converts(service: str) -> None:
    first = next(iter(document(service)["schemas"]))
    jsonschema.Draft202012Validator.check_schema(json_schema(service, first))


def test_an_unknown_field_is_refused_in_googles_words(book: Book) -> None:
    reply = book.batch({"addSheet": {"propertys": {"title": "X"}}})
    assert reply.status == 400
    assert reply.message == (
        "Invalid JSON payload received. Unknown name \"propertys\" at 'requests[0].add_sheet': Cannot find field."
    )
    assert reply.json["error"]["status"] == "INVALID_ARGUMENT"
    assert "errors" not in reply.json["error"]
    assert reply.json["error"]["details"][0]["fieldViolations"][0]["field"] == "requests[0].add_sheet"


def test_a_bad_enum_and_a_bad_number_are_refused(book: Book) -> None:
    reply = book.batch({"mergeCells": {"range": {"startRowIndex": "x"}, "mergeType": "MERGE_SOME"}})
    assert reply.status == 400
    assert "Invalid value at 'requests[0].merge_cells.merge_type'" in reply.message
    assert "Invalid value at 'requests[0].merge_cells.range.start_row_index' (TYPE_INT32), \"x\"" in reply.message


def test_sheets_refuses_an_unknown_parameter_and_drive_ignores_it(book: Book, rest: Rest) -> None:
    refused = rest.get(book.path, nonsense="1")
    assert refused.status == 400
    assert "Cannot bind query parameter" in refused.message
    assert rest.get(f"/drive/v3/files/{book.id}", nonsense="1").status == 200


def test_what_is_not_implemented_says_so_by_name(book: Book, rest: Rest) -> None:
    for reply, name in (
        (book.batch({"addSlicer": {}}), "addSlicer"),
        (rest.post(f"{book.path}:getByDataFilter", {}), "sheets.spreadsheets.getByDataFilter"),
        (rest.get(f"/drive/v3/files/{book.id}/export", mimeType="application/pdf"), "application/pdf"),
        (rest.get(book.path, excludeTablesInBandedRanges="true"), "excludeTablesInBandedRanges"),
    ):
        assert reply.status == 501
        assert name in reply.message


def test_an_answer_that_breaks_its_schema_is_a_loud_500(
    book: Book, rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(call: object) -> JsonObject:
        return {"range": "A1", "valuse": []}

    monkeypatch.setitem(routing.HANDLERS, "sheets.spreadsheets.values.get", (broken, set()))
    reply = rest.get(f"{book.path}/values/A1")
    assert reply.status == 500
    assert "valuse" in reply.message

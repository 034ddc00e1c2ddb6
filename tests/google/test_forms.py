"""Forms v1, the visitors who fill a form, and its linked tab."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.google.rest import Rest
from tests.google.server import GoogleServer

JsonObject = dict[str, Any]


def question(title: str, kind: JsonObject | None = None) -> JsonObject:
    item = {"title": title, "questionItem": {"question": kind or {"textQuestion": {}}}}
    return {"createItem": {"item": item, "location": {"index": 0}}}


def at(minute: int) -> datetime:
    return datetime(2026, 11, 24, 2, minute, 5, 123000, UTC)


@pytest.fixture
def form(server: GoogleServer, rest: Rest) -> str:
    """The seeded form with three questions, linked to the tab "Respons"."""
    path = f"/v1/forms/{server.account.form_id}"
    requests = [question("Topik"), question("Nomor HP"), question("Nama")]
    assert rest.post(f"{path}:batchUpdate", {"requests": requests}).status == 200
    server.staff.link_form()
    return path


def test_a_new_form_is_unpublished_and_takes_titles_only(server: GoogleServer, rest: Rest) -> None:
    made = rest.post("/v1/forms", {"info": {"title": "Registrasi", "documentTitle": "Berkas"}}).json
    assert made["info"] == {"title": "Registrasi", "documentTitle": "Berkas"}
    assert "linkedSheetId" not in made
    path = f"/v1/forms/{made['formId']}"
    assert made["publishSettings"]["publishState"] == {"isPublished": False, "isAcceptingResponses": False}
    with pytest.raises(RuntimeError, match="publish"):
        server.staff.submit({}, form_id=made["formId"])
    bad = {"publishSettings": {"publishState": {"isPublished": False, "isAcceptingResponses": True}}}
    assert rest.post(f"{path}:setPublishSettings", bad).status == 400
    good = {"publishSettings": {"publishState": {"isPublished": True, "isAcceptingResponses": True}}}
    assert rest.post(f"{path}:setPublishSettings", good).json["publishSettings"] == good["publishSettings"]
    assert server.staff.submit({}, form_id=made["formId"])
    assert rest.post("/v1/forms", {"info": {"title": "x", "description": "y"}}).status == 400
    assert rest.post("/v1/forms", {"info": {"title": "x"}, "linkedSheetId": "y"}).status == 400


def test_editing_is_atomic_and_guarded_by_revision(server: GoogleServer, rest: Rest) -> None:
    path = f"/v1/forms/{server.account.form_id}"
    first = rest.get(path).json["revisionId"]
    broken = [question("a"), {"deleteItem": {"location": {"index": 5}}}]
    reply = rest.post(f"{path}:batchUpdate", {"requests": broken})
    assert reply.status == 400
    assert reply.message.startswith("Invalid requests[1].deleteItem: ")
    assert "items" not in rest.get(path).json
    choices = {"choiceQuestion": {"type": "RADIO", "options": [{"value": "x"}, {"value": "y"}]}}
    body: JsonObject = {"requests": [question("a"), question("b", choices)], "includeFormInResponse": True}
    made = rest.post(f"{path}:batchUpdate", {**body, "writeControl": {"requiredRevisionId": first}}).json
    assert [item["title"] for item in made["form"]["items"]] == ["b", "a"]
    assert made["replies"][1]["createItem"]["questionId"]
    assert rest.post(f"{path}:batchUpdate", {**body, "writeControl": {"requiredRevisionId": first}}).status == 400
    move = {"moveItem": {"originalLocation": {"index": 0}, "newLocation": {"index": 1}}}
    update = {"updateItem": {"item": {"title": "A"}, "location": {"index": 0}, "updateMask": "title"}}
    info = {"updateFormInfo": {"info": {"description": "d"}, "updateMask": "description"}}
    verified = {"emailCollectionType": "VERIFIED"}
    settings = {"updateSettings": {"settings": verified, "updateMask": "emailCollectionType"}}
    assert rest.post(f"{path}:batchUpdate", {"requests": [move, update, info, settings]}).status == 200
    found = rest.get(path).json
    assert [item["title"] for item in found["items"]] == ["A", "b"]
    assert found["info"]["description"] == "d"
    assert found["settings"] == verified
    upload = question("f", {"fileUploadQuestion": {"folderId": "x"}})
    assert rest.post(f"{path}:batchUpdate", {"requests": [upload]}).status == 400


def test_a_response_reaches_form_and_tab(server: GoogleServer, rest: Rest, form: str) -> None:
    assert rest.get(form).json["linkedSheetId"] == server.account.spreadsheet_id
    response_id = server.staff.submit({"Nama": "Ani", "Nomor HP": "081234567890", "Topik": "=A1"}, at(30))
    header, row = server.staff.rows("Respons")
    assert header == ["Timestamp", "Nama", "Nomor HP", "Topik"]
    assert row[1:] == ["Ani", 81234567890, "=A1"]
    # 02:30 UTC is 09:30 in Pontianak, where the seeded book lies.
    assert row[0] == pytest.approx(46350 + (9 * 3600 + 30 * 60 + 5.123) / 86400, abs=1e-8)
    assert server.staff.rows("Respons", "FORMATTED_VALUE")[1][0] == "24/11/2026 9:30:05"
    listed = rest.get(f"{form}/responses").json["responses"]
    assert [entry["responseId"] for entry in listed] == [response_id]
    assert listed[0]["createTime"] == "2026-11-24T02:30:05.123Z"
    texts = [answer["textAnswers"]["answers"][0]["value"] for answer in listed[0]["answers"].values()]
    assert sorted(texts) == ["081234567890", "=A1", "Ani"]
    assert rest.get(f"{form}/responses/{response_id}").json["formId"] == server.account.form_id
    assert rest.get(f"{form}/responses/none").status == 404


def test_the_form_keeps_its_own_place_and_columns(server: GoogleServer, form: str) -> None:
    staff = server.staff
    staff.submit({"Nama": "A"}, at(1))
    staff.paste_row("Respons", 3, ["", "diketik"])
    staff.submit({"Nama": "B"}, at(2))
    assert [row[1] for row in staff.rows("Respons")] == ["Nama", "A", "B", "diketik"]
    staff.rename_column("Respons", "Nama", "Nama Lengkap")
    staff.move_column("Respons", "Topik", "Nama Lengkap")
    staff.delete_rows("Respons", 2)
    staff.insert_rows("Respons", 1)
    staff.submit({"Nama": "C", "Topik": "t"}, at(3))
    assert [row[1:3] for row in staff.rows("Respons")[1:]] == [
        ["Topik", "Nama Lengkap"],
        ["", "B"],
        ["t", "C"],
        ["", "diketik"],
    ]


def test_an_edited_response_keeps_its_id_and_row(server: GoogleServer, rest: Rest, form: str) -> None:
    first = server.staff.submit({"Nama": "A"}, at(1))
    server.staff.submit({"Nama": "B"}, at(2))
    server.staff.sort("Respons", "Nama", descending=True)
    assert server.staff.edit_response(first, {"Nama": "A2"}, at(9))
    assert [row[1] for row in server.staff.rows("Respons")] == ["Nama", "B", "A2"]
    found = rest.get(f"{form}/responses/{first}").json
    assert (found["createTime"], found["lastSubmittedTime"]) == ("2026-11-24T02:01:05.123Z", "2026-11-24T02:09:05.123Z")


def test_response_filters_and_pages(server: GoogleServer, rest: Rest, form: str) -> None:
    ids = [server.staff.submit({"Nama": str(minute)}, at(minute)) for minute in range(5)]

    def listed(**params: Any) -> list[str]:
        return [entry["responseId"] for entry in rest.get(f"{form}/responses", **params).json.get("responses", [])]

    assert listed(filter="timestamp > 2026-11-24T02:02:05.123Z") == ids[3:]
    assert listed(filter="timestamp >= 2026-11-24T02:02:05.123Z") == ids[2:]
    assert listed(filter="timestamp > 2026-11-24T03:00:00Z") == []
    first = rest.get(f"{form}/responses", pageSize=2).json
    assert listed(pageSize=2, pageToken=first["nextPageToken"]) == ids[2:4]
    assert (
        rest.get(
            f"{form}/responses", pageToken=first["nextPageToken"], filter="timestamp > 2026-11-24T02:00:00Z"
        ).status
        == 400
    )
    assert rest.get(f"{form}/responses", filter="name = 'x'").status == 400


def test_whether_a_response_bumps_the_version_can_be_set(server: GoogleServer, form: str) -> None:
    def version() -> int:
        return server.google.state.files[server.account.spreadsheet_id].version

    before = version()
    server.staff.submit({"Nama": "A"}, at(1))
    assert version() == before + 1
    server.google.settings.response_bumps_version = False
    server.staff.submit({"Nama": "B"}, at(2))
    assert version() == before + 1


def test_an_added_question_gets_a_column_and_an_unlinked_form_writes_none(
    server: GoogleServer, rest: Rest, form: str
) -> None:
    rest.post(f"{form}:batchUpdate", {"requests": [question("Saluran")]})
    server.staff.submit({"Saluran": "Datang langsung"}, at(1))
    assert server.staff.rows("Respons")[0] == ["Timestamp", "Nama", "Nomor HP", "Topik", "Saluran"]
    assert server.staff.rows("Respons")[1][4] == "Datang langsung"
    server.staff.unlink_form()
    server.staff.submit({"Nama": "B"}, at(2))
    assert len(server.staff.rows("Respons")) == 2
    assert len(rest.get(f"{form}/responses").json["responses"]) == 2

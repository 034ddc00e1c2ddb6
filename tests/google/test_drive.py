"""Drive v3: ids, files, search, sharing, shared drives."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

import pytest

from tests.google.identity import gspread_client
from tests.google.rest import Book, Reply, Rest
from tests.google.server import GoogleServer

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FOLDER = "application/vnd.google-apps.folder"
JsonObject = dict[str, Any]
ALL: JsonObject = {"supportsAllDrives": "true"}


def multipart(
    rest: Rest, metadata: JsonObject, content: bytes, verb: str = "POST", path: str = "", **params: Any
) -> Reply:
    mark = b"batas-123"
    parts = [
        b"--" + mark + b"\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n" + json.dumps(metadata).encode(),
        b"--" + mark + b"\r\nContent-Type: " + DOCX.encode() + b"\r\n\r\n" + content,
        b"--" + mark + b"--\r\n",
    ]
    headers = {"Content-Type": f"multipart/related; boundary={mark.decode()}"}
    given = {"uploadType": "multipart", **ALL, **params}
    return rest.call(verb, f"/upload/drive/v3/files{path}", data=b"\r\n".join(parts), headers=headers, **given)


def new_ids(rest: Rest, count: int = 1) -> list[str]:
    ids: list[str] = rest.get("/drive/v3/files/generateIds", count=count).json["ids"]
    return ids


def test_generate_ids_within_its_limits(rest: Rest) -> None:
    answer = rest.get("/drive/v3/files/generateIds").json
    assert (answer["kind"], answer["space"], len(answer["ids"])) == ("drive#generatedIds", "drive", 10)
    assert len(set(new_ids(rest, 1000))) == 1000
    for params in ({"count": 1001}, {"count": 0}, {"space": "photos"}, {"type": "folders"}):
        assert rest.get("/drive/v3/files/generateIds", **params).status == 400


def test_an_upload_is_kept_byte_for_byte_and_summed(server: GoogleServer, rest: Rest) -> None:
    content = bytes(range(256)) * 3 + b"\r\n--batas-12\r\n" + os.urandom(500) + b"\r\n"
    metadata = {"id": new_ids(rest)[0], "name": "a.docx", "parents": [server.account.folder_id]}
    made = multipart(rest, metadata, content, fields="*").json
    assert made["id"] == metadata["id"]
    assert made["mimeType"] == DOCX
    assert made["size"] == str(len(content))
    assert made["md5Checksum"] == hashlib.md5(content, usedforsecurity=False).hexdigest()
    assert made["sha1Checksum"] == hashlib.sha1(content, usedforsecurity=False).hexdigest()
    assert made["sha256Checksum"] == hashlib.sha256(content).hexdigest()
    assert made["driveId"] == server.account.drive_id
    assert made["webViewLink"].startswith("https://drive.google.com/file/d/")
    assert rest.get(f"/drive/v3/files/{made['id']}", alt="media", **ALL).content == content


def test_the_same_id_twice_is_a_conflict_and_changes_nothing(server: GoogleServer, rest: Rest) -> None:
    metadata = {"id": new_ids(rest)[0], "name": "a.docx", "parents": [server.account.folder_id]}
    assert multipart(rest, metadata, b"first").status == 200
    again = multipart(rest, metadata, b"second")
    assert (again.status, again.reason) == (409, "fileIdInUse")
    assert again.json["error"]["errors"][0]["domain"] == "global"
    assert rest.get(f"/drive/v3/files/{metadata['id']}", alt="media", **ALL).content == b"first"


def test_ids_serve_blobs_and_folders_only(rest: Rest) -> None:
    blob, folder, sheet = new_ids(rest, 3)
    assert rest.post("/drive/v3/files", {"id": folder, "mimeType": FOLDER}).json["id"] == folder
    assert rest.post("/drive/v3/files", {"id": folder, "mimeType": FOLDER}).status == 409
    native = {"id": sheet, "mimeType": "application/vnd.google-apps.spreadsheet"}
    assert rest.post("/drive/v3/files", native).status == 400
    assert rest.post("/drive/v3/files", {"id": "chosen-by-me", "name": "x"}).status == 400
    assert rest.post("/drive/v3/files", {"id": blob, "name": "x"}).status == 200
    assert rest.call("DELETE", f"/drive/v3/files/{blob}").status == 204
    assert rest.post("/drive/v3/files", {"id": blob, "name": "x"}).status == 409


def test_default_fields_and_masks(rest: Rest) -> None:
    made = rest.post("/drive/v3/files", {"name": "x", "mimeType": "text/plain", "withLink": True}).json
    assert set(made) == {"kind", "id", "name", "mimeType"}
    assert set(rest.get(f"/drive/v3/files/{made['id']}", fields="id,version").json) == {"id", "version"}
    assert rest.get("/drive/v3/files", fields="files(id)").json == {"files": [{"id": made["id"]}]}


def test_versions_rise_with_every_change(book: Book, rest: Rest) -> None:
    def version() -> int:
        return int(rest.get(f"/drive/v3/files/{book.id}", fields="version").json["version"])

    first = version()
    book.read("A1")
    assert version() == first
    book.write("A1", [["x"]])
    second = version()
    assert second > first
    assert book.batch({"deleteNamedRange": {"namedRangeId": "no"}}).status == 400
    assert version() == second
    rest.patch(f"/drive/v3/files/{book.id}", {"name": "Lain"})
    assert version() > second
    assert book.get()["properties"]["title"] == "Lain"


def test_search(server: GoogleServer, rest: Rest) -> None:
    folder = rest.post("/drive/v3/files", {"name": "Map O'Hara", "mimeType": FOLDER}).json["id"]
    for number in (1, 2):
        body = {"name": f"doc {number}", "parents": [folder], "appProperties": {"number": f"K-{number}"}}
        rest.post("/drive/v3/files", body)

    def names(query: str) -> list[str]:
        reply = rest.get("/drive/v3/files", q=query, orderBy="name")
        assert reply.status == 200, reply.json
        return [entry["name"] for entry in reply.json["files"]]

    assert names(f"'{folder}' in parents and trashed = false") == ["doc 1", "doc 2"]
    assert names(r"name = 'Map O\'Hara'") == ["Map O'Hara"]
    assert names("appProperties has { key='number' and value='K-2' }") == ["doc 2"]
    assert names(f"mimeType != '{FOLDER}' and not name = 'doc 1'") == ["doc 2"]
    assert names("name contains 'do' and (name = 'doc 1' or name = 'doc 9')") == ["doc 1"]
    assert names("'root' in parents") == ["Map O'Hara"]
    rest.patch(f"/drive/v3/files/{folder}", {"trashed": True})
    assert names("trashed = false") == []
    assert names("trashed = true") == ["doc 1", "doc 2", "Map O'Hara"]
    for query in ("fullText contains 'x'", "name like 'x'", "name = x", "name = 'a' and", "frobnicated = true"):
        reply = rest.get("/drive/v3/files", q=query)
        assert (reply.status, reply.reason, reply.message) == (400, "invalid", "Invalid Value")


def test_pages_and_lag(server: GoogleServer, rest: Rest) -> None:
    server.google.clock.set("2026-11-24T02:00:00Z")
    for number in range(5):
        rest.post("/drive/v3/files", {"name": f"{number}", "mimeType": "text/plain"})
    first = rest.get("/drive/v3/files", pageSize=3, orderBy="name").json
    assert [entry["name"] for entry in first["files"]] == ["0", "1", "2"]
    rest_of = rest.get("/drive/v3/files", pageSize=3, orderBy="name", pageToken=first["nextPageToken"]).json
    assert [entry["name"] for entry in rest_of["files"]] == ["3", "4"]
    assert "nextPageToken" not in rest_of
    server.google.settings.list_lag_seconds = 60
    late = rest.post("/drive/v3/files", {"name": "late", "mimeType": "text/plain"}).json["id"]
    assert rest.get("/drive/v3/files").json["files"] == []
    assert rest.get(f"/drive/v3/files/{late}").status == 200
    server.google.clock.advance(61)
    assert len(rest.get("/drive/v3/files").json["files"]) == 6


def test_shared_drive_files_need_the_flag(server: GoogleServer, rest: Rest) -> None:
    folder = server.account.folder_id
    missing = rest.get(f"/drive/v3/files/{folder}")
    assert (missing.status, missing.reason, missing.message) == (404, "notFound", f"File not found: {folder}.")
    assert rest.get(f"/drive/v3/files/{folder}", **ALL).json["driveId"] == server.account.drive_id
    assert rest.post("/drive/v3/files", {"name": "x", "parents": [folder]}).status == 404
    assert rest.get("/drive/v3/files").json["files"] == []
    both = {**ALL, "includeItemsFromAllDrives": "true"}
    every = {**both, "corpora": "allDrives", "orderBy": "name"}
    names = [entry["name"] for entry in rest.get("/drive/v3/files", **every).json["files"]]
    assert names == ["Agenda", "Arsip Konsultasi", "Registrasi"]
    assert rest.get("/drive/v3/files", **both).json["files"] == []
    rest.post("/drive/v3/files", {"name": "mine", "parents": [folder]}, **ALL)
    assert [entry["name"] for entry in rest.get("/drive/v3/files", **both).json["files"]] == ["mine"]
    inside = {**both, "q": f"'{server.account.drive_id}' in parents"}
    assert len(rest.get("/drive/v3/files", **inside).json["files"]) == 3
    one = {**both, "corpora": "drive", "driveId": server.account.drive_id}
    assert len(rest.get("/drive/v3/files", **one).json["files"]) == 4
    assert rest.get("/drive/v3/drives").json["drives"][0]["name"] == "Arsip"
    assert rest.get(f"/drive/v3/drives/{server.account.drive_id}").status == 200
    assert rest.get("/drive/v3/drives/none").status == 404


def test_service_accounts_have_no_storage(server: GoogleServer, rest: Rest) -> None:
    robot = gspread_client(server.url).http_client.session
    refused = robot.post(f"{server.url}/drive/v3/files", json={"name": "x"})
    assert (refused.status_code, refused.json()["error"]["errors"][0]["reason"]) == (403, "storageQuotaExceeded")
    body: JsonObject = {"properties": {"title": "x"}}
    assert robot.post(f"{server.url}/v4/spreadsheets", json=body).status_code == 403
    body = {"name": "x", "parents": [server.account.folder_id]}
    assert robot.post(f"{server.url}/drive/v3/files?supportsAllDrives=true", json=body).status_code == 200


def test_content_restrictions_lock_title_and_content(rest: Rest) -> None:
    made = rest.post("/drive/v3/files", {"name": "x.docx", "mimeType": DOCX}).json["id"]
    path = f"/drive/v3/files/{made}"
    lock = {"contentRestrictions": [{"readOnly": True, "reason": "final"}]}
    locked = rest.patch(path, lock, fields="contentRestrictions,capabilities(canEdit)").json
    assert locked["contentRestrictions"][0]["reason"] == "final"
    assert locked["capabilities"] == {"canEdit": False}
    assert rest.patch(path, {"name": "y.docx"}).status == 403
    assert multipart(rest, {}, b"new", "PATCH", f"/{made}").status == 403
    assert rest.patch(path, {"trashed": True}).status == 200
    assert rest.patch(path, {"contentRestrictions": [{"readOnly": False}]}).status == 200
    assert rest.patch(path, {"name": "y.docx"}).status == 200


def test_properties_have_limits_and_can_be_deleted(rest: Rest) -> None:
    made = rest.post("/drive/v3/files", {"name": "x", "appProperties": {"a": "1", "b": "2"}}).json["id"]
    path = f"/drive/v3/files/{made}"
    changed = rest.patch(path, {"appProperties": {"a": None, "c": "é" * 61}}, fields="appProperties")
    assert changed.json["appProperties"] == {"b": "2", "c": "é" * 61}
    assert rest.patch(path, {"appProperties": {"key": "é" * 61}}).status == 400
    assert rest.patch(path, {"parents": ["root"]}).reason == "fieldNotWritable"
    assert rest.patch(path, {"md5Checksum": "0"}).reason == "fieldNotWritable"


def test_moving_and_missing_parents(server: GoogleServer, rest: Rest) -> None:
    one, two = (rest.post("/drive/v3/files", {"name": name, "mimeType": FOLDER}).json["id"] for name in "ab")
    made = rest.post("/drive/v3/files", {"name": "x", "parents": [one]}).json["id"]
    moved = rest.patch(f"/drive/v3/files/{made}", {}, addParents=two, removeParents=one, fields="parents")
    assert moved.json == {"parents": [two]}
    assert rest.patch(f"/drive/v3/files/{made}", {}, addParents=one).status == 403
    rest.call("DELETE", f"/drive/v3/files/{two}")
    assert rest.get(f"/drive/v3/files/{made}").status == 404
    assert rest.post("/drive/v3/files", {"name": "x", "parents": [two]}).status == 404
    server.staff.trash(one)
    inside = rest.post("/drive/v3/files", {"name": "x", "parents": [one]}, fields="trashed,explicitlyTrashed").json
    assert inside == {"trashed": True, "explicitlyTrashed": False}


def test_permissions(book: Book, rest: Rest) -> None:
    path = f"/drive/v3/files/{book.id}/permissions"
    made = rest.post(path, {"role": "reader", "type": "group", "emailAddress": "g@example.com"}).json
    assert made.keys() == {"kind", "id", "type", "role"}
    assert rest.patch(f"{path}/{made['id']}", {"role": "writer"}).json["role"] == "writer"
    listed = rest.get(path, fields="permissions(role,emailAddress)").json["permissions"]
    assert {"role": "writer", "emailAddress": "g@example.com"} in listed
    assert rest.call("DELETE", f"{path}/{made['id']}").status == 204
    assert rest.get(f"{path}/{made['id']}").status == 404
    assert rest.post(path, {"role": "owner", "type": "user", "emailAddress": "g@example.com"}).status == 403
    assert rest.post(path, {"role": "reader", "type": "user", "emailAddress": "nobody"}).status == 400


@pytest.mark.parametrize("size", [0, 10, 256 * 1024, 600_000])
def test_resumable_uploads(server: GoogleServer, rest: Rest, size: int) -> None:
    content = os.urandom(size)
    metadata = {"id": new_ids(rest)[0], "name": "big.docx", "parents": [server.account.folder_id]}
    headers = {"X-Upload-Content-Type": DOCX}
    opened = rest.call("POST", "/upload/drive/v3/files", metadata, headers=headers, uploadType="resumable", **ALL)
    assert (opened.status, opened.content) == (200, b"")
    path = opened.headers["Location"].removeprefix(server.url)
    sent, chunk = 0, 256 * 1024
    while sent + chunk < size:
        piece = content[sent : sent + chunk]
        span = {"Content-Range": f"bytes {sent}-{sent + len(piece) - 1}/{size}"}
        reply = rest.call("PUT", path, data=piece, headers=span)
        assert (reply.status, reply.headers["Range"]) == (308, f"bytes=0-{sent + len(piece) - 1}")
        sent += len(piece)
    asked = rest.call("PUT", path, data=b"", headers={"Content-Range": f"bytes */{size or 1}"})
    assert asked.status == 308
    assert asked.headers.get("Range") == (f"bytes=0-{sent - 1}" if sent else None)
    span = {"Content-Range": f"bytes {sent}-{size - 1}/{size}"} if size else {}
    done = rest.call("PUT", path, data=content[sent:], headers=span)
    assert done.json["id"] == metadata["id"]
    assert rest.get(f"/drive/v3/files/{metadata['id']}", alt="media", **ALL).content == content
    assert rest.call("PUT", path, data=b"x").status == 404
    again = rest.call("POST", "/upload/drive/v3/files", metadata, uploadType="resumable", **ALL)
    assert again.status == 409


def test_simple_upload_and_replacement(rest: Rest) -> None:
    plain = {"Content-Type": "text/plain"}
    made = rest.call("POST", "/upload/drive/v3/files", data=b"a", headers=plain, uploadType="media")
    assert (made.json["name"], made.json["mimeType"]) == ("Untitled", "text/plain")
    path = f"/upload/drive/v3/files/{made.json['id']}"
    rest.call("PATCH", path, data=b"b", headers=plain, uploadType="media")
    assert rest.get(f"/drive/v3/files/{made.json['id']}", alt="media").content == b"b"


def test_downloads_and_exports(book: Book, rest: Rest) -> None:
    assert rest.get(f"/drive/v3/files/{book.id}", alt="media").reason == "fileNotDownloadable"
    book.write("A1", [["a,b", "1"], ["", "2"]])
    export = rest.get(f"/drive/v3/files/{book.id}/export", mimeType="text/csv")
    assert export.content == b'"a,b",1\r\n,2'


def test_about_and_comments_want_fields(book: Book, rest: Rest) -> None:
    assert rest.get("/drive/v3/about").reason == "required"
    assert rest.get("/drive/v3/about", fields="user(emailAddress)").json["user"]["emailAddress"] == "user@example.com"
    assert rest.get(f"/drive/v3/files/{book.id}/comments").status == 400
    assert rest.get(f"/drive/v3/files/{book.id}/comments", fields="comments").json == {"comments": []}


def test_copies(book: Book, rest: Rest) -> None:
    book.write("A1", [["x"]])
    copied = rest.post(f"/drive/v3/files/{book.id}/copy", {"name": None}).json
    assert copied["name"] == "Copy of Buku"
    other = Book(rest, copied["id"])
    other.write("A1", [["y"]])
    assert (book.read("A1"), other.read("A1")) == ([["x"]], [["y"]])

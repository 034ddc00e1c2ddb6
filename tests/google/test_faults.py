"""Failing on purpose, counting, quotas, staff between calls, snapshots, and the control path."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.google.rest import Book, Rest
from tests.google.server import GoogleServer


def test_the_nth_call_fails_and_the_others_do_not(server: GoogleServer, book: Book) -> None:
    rule = server.google.faults.fail(503, nth=2, kind="sheets_write", retry_after=7)
    assert book.write("A1", [["a"]]).status == 200
    assert book.read("A1") == [["a"]]
    failed = book.write("A1", [["b"]])
    assert (failed.status, failed.headers["Retry-After"]) == (503, "7")
    assert failed.json["error"]["status"] == "UNAVAILABLE"
    assert book.read("A1") == [["a"]]
    assert book.write("A1", [["c"]]).status == 200
    assert rule.fired == 1


def test_faults_speak_the_language_of_the_service(server: GoogleServer, rest: Rest, book: Book) -> None:
    faults = server.google.faults
    faults.fail(403, kind="drive", reason="userRateLimitExceeded", domain="usageLimits", message="slow down")
    reply = rest.get("/drive/v3/files")
    assert (reply.status, reply.reason) == (403, "userRateLimitExceeded")
    faults.fail(502, html=True, method=r"spreadsheets\.get$")
    page = rest.get(book.path)
    assert (page.status, page.json) == (502, None)
    assert b"Please try again in 30 seconds" in page.content
    faults.fail(500, path=":batchUpdate$", body={"own": "body"})
    assert book.batch({"addSheet": {}}).json == {"own": "body"}


def test_a_connection_is_lost_before_or_after_the_effect(server: GoogleServer, book: Book) -> None:
    server.google.faults.drop_before(kind="sheets_write")
    with pytest.raises(requests.ConnectionError):
        book.write("A1", [["before"]])
    assert book.read("A1") == []
    server.google.faults.drop_after(kind="sheets_write")
    with pytest.raises(requests.ConnectionError):
        book.write("A1", [["after"]])
    assert book.read("A1") == [["after"]]
    server.google.faults.fail(504, kind="sheets_write", after_effect=True)
    assert book.write("A1", [["late"]]).status == 504
    assert book.read("A1") == [["late"]]


def test_a_delay_outlasts_an_impatient_client(server: GoogleServer, rest: Rest) -> None:
    server.google.faults.delay(0.3)
    with pytest.raises(requests.ReadTimeout):
        rest.session.get(f"{server.url}/drive/v3/files", timeout=0.05)


def test_staff_act_between_two_calls(server: GoogleServer, rest: Rest) -> None:
    book = Book(rest, server.account.spreadsheet_id)
    book.write("A1", [["No"], ["1"], ["2"]])
    server.google.faults.before(lambda: server.staff.sort("Sheet1", "No", descending=True), nth=2)
    assert book.read("A1:A3") == [["No"], ["1"], ["2"]]
    assert book.read("A1:A3") == [["No"], ["2"], ["1"]]


def test_an_action_that_goes_wrong_is_no_silent_hang_up(server: GoogleServer, rest: Rest) -> None:
    server.google.faults.before(lambda: server.staff.sort("Nowhere", "No"))
    reply = rest.get("/drive/v3/files")
    assert reply.status == 500
    assert "no tab 'Nowhere'" in reply.message


def test_what_staff_can_do(server: GoogleServer) -> None:
    staff = server.staff
    staff.write("Sheet1", "A1", [["No", "Nama"], ["1", "Ani"], ["2", "Budi"]])
    staff.insert_rows("Sheet1", 2, cells=["0", "Adi"])
    staff.move_row("Sheet1", 2, above=5)
    staff.insert_column("Sheet1", "Nama", "Catatan")
    staff.edit("Sheet1", staff.find("Sheet1", "Nama", "Ani"), "Catatan", "baru")
    staff.hide_rows("Sheet1", 3)
    staff.rename_tab("Sheet1", "Agenda")
    staff.add_tab("Lain")
    assert staff.rows("Agenda") == [["No", "Catatan", "Nama"], [1, "baru", "Ani"], [2, "", "Budi"], [0, "", "Adi"]]
    staff.delete_column("Agenda", "Catatan")
    staff.delete_rows("Agenda", 3, 4)
    staff.delete_tab("Lain")
    assert staff.rows("Agenda") == [["No", "Nama"], [1, "Ani"]]
    staff.set_formula_value("=QUERY(A:B)", "hasil")
    staff.write("Agenda", "D1", [["=QUERY(A:B)"]])
    assert staff.rows("Agenda")[0] == ["No", "Nama", "", "hasil"]


def test_protection_by_staff_stops_the_caller(server: GoogleServer, rest: Rest) -> None:
    server.staff.protect("Sheet1")
    reply = Book(rest, server.account.spreadsheet_id).write("A1", [["x"]])
    assert (reply.status, "protected cell or object" in reply.message) == (400, True)


def test_calls_and_bytes_are_counted(server: GoogleServer, rest: Rest, book: Book) -> None:
    server.google.counters.reset()
    answer = rest.get(book.path)
    book.write("A1", [["x"]])
    book.batch({"addSheet": {}})
    rest.get("/drive/v3/files")
    rest.get(f"/v1/forms/{server.account.form_id}")
    counters = server.google.counters
    assert counters.kinds == {"sheets_read": 1, "sheets_write": 2, "drive": 1, "forms": 1, "token": 0}
    assert counters.methods["sheets.spreadsheets.values.update"] == 1
    assert counters.records[0].sent == len(answer.content)
    assert counters.total == 5


def test_quotas_are_per_minute_and_per_kind(server: GoogleServer, book: Book, rest: Rest) -> None:
    server.google.clock.set("2026-11-24T02:00:00Z")
    server.google.quota.enabled = True
    for _ in range(60):
        assert rest.get(f"{book.path}/values/A1").status == 200
    over = rest.get(f"{book.path}/values/A1")
    assert over.status == 429
    assert over.json["error"]["status"] == "RESOURCE_EXHAUSTED"
    assert over.message.startswith(
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' "
        "of service 'sheets.googleapis.com' for consumer 'project_number:"
    )
    assert book.batch({"addSheet": {}}, {"addSheet": {}}).status == 200
    server.google.clock.advance(60)
    assert rest.get(f"{book.path}/values/A1").status == 200


def test_snapshots(server: GoogleServer, book: Book, rest: Rest) -> None:
    book.write("A1", [["one"]])
    snapshot = server.google.snapshot()
    book.write("A1", [["two"]])
    rest.post("/drive/v3/files", {"name": "x"})
    for _ in range(2):
        server.google.restore(snapshot)
        assert book.read("A1") == [["one"]]
        assert len(rest.get("/drive/v3/files").json["files"]) == 1
        book.write("A1", [["three"]])


def test_a_book_of_ten_thousand_rows_is_quick_to_snapshot(server: GoogleServer, book: Book, rest: Rest) -> None:
    rows = [[f"KONS-2026-{number:04d}", *("x" for _ in range(20))] for number in range(10_000)]
    server.staff.in_book(book.id).write("Sheet1", "A1", rows, typed=False)
    assert len(book.read("Sheet1")) == 10_000
    for _ in range(20):
        server.google.restore(server.google.snapshot())


def test_the_control_path(server: GoogleServer, rest: Rest) -> None:
    def control(command: str, **body: object) -> dict[str, object]:
        answer = requests.post(f"{server.url}/_control/{command}", json=body, timeout=5).json()
        assert answer["ok"], answer
        return dict(answer)

    assert control("account")["spreadsheet_id"] == server.account.spreadsheet_id
    book = Book(rest, server.account.spreadsheet_id)
    control("staff", do="write", args={"tab": "Sheet1", "corner": "A1", "rows": [["No"], [1], [2]]})
    control("snapshot", name="start")
    control("fault", status=500, nth=2, kind="sheets")
    control("fault", nth=3, staff="sort", args={"tab": "Sheet1", "column": "No", "descending": True})
    assert book.read("A1:A3") == [["No"], [1], [2]]
    assert rest.get(book.path).status == 500
    assert book.read("A1:A3") == [["No"], [2], [1]]
    control("restore", name="start")
    assert book.read("A1:A3") == [["No"], [1], [2]]
    counted = control("counters", reset=True)
    assert counted["total"] == 4
    assert control("clock", set="2026-11-24T09:00:00+07:00")["now"] == "2026-11-24T02:00:00+00:00"
    control("quota", enabled=True, per_user=1)
    assert [rest.get(book.path).status for _ in range(2)] == [200, 429]
    control("settings", list_lag_seconds=5)
    control("tokens", expire=True, disabled=["a@b"])
    control("clear-faults")
    refused = requests.post(f"{server.url}/_control/nothing", json={}, timeout=5)
    assert refused.status_code == 400
    assert "nothing" in refused.json()["error"]


def test_alone_it_says_where_it_listens_and_what_it_holds() -> None:
    command = [sys.executable, "-m", "tests.google", "--port", "0"]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline().strip() for _ in range(5)]
            assert re.match(r"^listening on 127\.0\.0\.1:\d+$", lines[0])
            ids = dict(line.split(" ") for line in lines[1:])
            assert ids.keys() == {"spreadsheet_id", "drive_id", "folder_id", "form_id"}
            url = f"http://{lines[0].removeprefix('listening on ')}"
            book = Book(Rest(url, "any-token-at-all"), ids["spreadsheet_id"])
            assert book.write("A1", [["x"]]).status == 200
            book.rest.session.close()
        finally:
            process.terminate()

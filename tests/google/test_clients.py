"""The real gspread and google-auth against the stand-in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import gspread
import pytest
import requests
from google.auth import impersonated_credentials
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2 import service_account

from tests.google.identity import ROBOT, SCOPES, gspread_client, service_account_info
from tests.google.server import GoogleServer


def test_gspread_works_in_a_shared_drive_book(server: GoogleServer) -> None:
    client = gspread_client(server.url)
    book = client.open_by_key(server.account.spreadsheet_id)
    sheet = book.add_worksheet("Agenda", rows=10, cols=5)
    sheet.append_row(["No", "Nama"], table_range="A1")
    sheet.append_rows([["1", "Ani"], ["2", "Budi"]], table_range="A1")
    assert sheet.get_all_records(numericise_ignore=["all"]) == [{"No": "1", "Nama": "Ani"}, {"No": "2", "Nama": "Budi"}]
    sheet.insert_row(["0", "Adi"], index=2)
    sheet.delete_rows(4)
    sheet.format("A1:B1", {"textFormat": {"bold": True}})
    sheet.sort((1, "des"), range="A2:B3")
    sheet.update_cell(2, 2, "Ani Lestari")
    assert sheet.get_all_values() == [["No", "Nama"], ["1", "Ani Lestari"], ["0", "Adi"]]
    sheet.freeze(rows=1)
    sheet.set_basic_filter()
    sheet.hide_rows(2, 3)
    sheet.update_notes({"A1": "catatan"})
    assert sheet.get_note("A1") == "catatan"
    found = sheet.find("Adi")
    assert found is not None
    assert found.row == 3
    sheet.resize(rows=5)
    assert [tab.title for tab in book.worksheets()] == ["Sheet1", "Agenda"]
    copy = sheet.duplicate(new_sheet_name="Salinan")
    assert copy.acell("B2").value == "Ani Lestari"
    book.del_worksheet(copy)
    with pytest.raises(gspread.WorksheetNotFound):
        book.worksheet("Salinan")


def test_gspread_reads_errors_of_both_families(server: GoogleServer) -> None:
    client = gspread_client(server.url)
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key("nowhere")
    book = client.open_by_key(server.account.spreadsheet_id)
    with pytest.raises(gspread.exceptions.APIError) as caught:
        book.sheet1.get("Z1:AB2000x")
    assert caught.value.code == 400
    server.google.faults.fail(502, html=True)
    with pytest.raises(gspread.exceptions.APIError) as page:
        book.sheet1.get("A1")
    assert page.value.response.status_code == 502


def test_a_service_account_cannot_create_in_my_drive(server: GoogleServer) -> None:
    client = gspread_client(server.url)
    with pytest.raises(gspread.exceptions.APIError) as caught:
        client.create("Agenda")
    assert caught.value.code == 403
    assert "Service Accounts do not have storage quota" in caught.value.error["message"]
    made = client.create("Agenda", folder_id=server.account.folder_id)
    made.share("ani@example.com", perm_type="user", role="writer")
    assert any(entry.get("role") == "writer" for entry in made.list_permissions())
    assert made.get_lastUpdateTime()


def _session(server: GoogleServer, scopes: list[str] | None = None, subject: str | None = None) -> AuthorizedSession:
    info = service_account_info(server.url)
    made: Any = service_account.Credentials
    credentials = made.from_service_account_info(info, scopes=scopes or SCOPES, subject=subject)
    authorized: Any = AuthorizedSession
    session: AuthorizedSession = authorized(credentials, auth_request=Request(requests.Session()))
    session.trust_env = False
    return session


def test_google_auth_gets_a_token_and_refreshes_an_expired_one(server: GoogleServer) -> None:
    session = _session(server)
    url = f"{server.url}/drive/v3/about?fields=user,storageQuota"
    assert session.get(url).json()["user"]["emailAddress"] == ROBOT
    server.google.tokens.expire()
    assert session.get(url).json()["storageQuota"]["limit"] == "0"
    assert server.google.counters.kinds["token"] == 2


def test_delegation_acts_as_the_subject(server: GoogleServer) -> None:
    session = _session(server, subject="kabid@example.com")
    about = session.get(f"{server.url}/drive/v3/about?fields=user").json()
    assert about["user"]["emailAddress"] == "kabid@example.com"


@pytest.mark.parametrize("subject", [None, "kabid@example.com"])
def test_impersonation_without_a_key(server: GoogleServer, subject: str | None) -> None:
    """google-auth signs through the IAM Credentials API; its hosts are mapped as a client of the stand-in maps them."""

    class Mapped(requests.Session):
        def request(self, method: Any, url: Any, *args: Any, **more: Any) -> requests.Response:
            return super().request(method, server.url + urlsplit(str(url)).path, *args, **more)

    transport = Request(Mapped())
    source_info = service_account_info(server.url, "runner@stand-in.iam.gserviceaccount.com")
    made: Any = service_account.Credentials
    source = made.from_service_account_info(source_info, scopes=["https://www.googleapis.com/auth/cloud-platform"])
    impersonated: Any = impersonated_credentials.Credentials
    credentials = impersonated(source, ROBOT, SCOPES, subject=subject)
    credentials.refresh(transport)
    headers = {"Authorization": f"Bearer {credentials.token}"}
    about = requests.get(f"{server.url}/drive/v3/about?fields=user", headers=headers, timeout=5).json()
    assert about["user"]["emailAddress"] == (subject or ROBOT)


def test_scopes_are_checked(server: GoogleServer) -> None:
    session = _session(server, scopes=["https://www.googleapis.com/auth/spreadsheets.readonly"])
    path = f"{server.url}/v4/spreadsheets/{server.account.spreadsheet_id}"
    assert session.get(path).status_code == 200
    reply = session.post(f"{path}:batchUpdate", json={"requests": []})
    assert (reply.status_code, reply.json()["error"]["status"]) == (403, "PERMISSION_DENIED")


@pytest.mark.parametrize("trouble", ["skew", "revoked"])
def test_refused_assertions(server: GoogleServer, trouble: str) -> None:
    if trouble == "skew":
        server.google.tokens.clock_skew = 4800
    else:
        server.google.tokens.disabled.add(ROBOT)
    with pytest.raises(RefreshError, match="invalid_grant"):
        _session(server).get(f"{server.url}/drive/v3/about?fields=user")


def test_the_refresh_grant(server: GoogleServer) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": "r", "client_id": "c", "client_secret": "s"}
    answer = requests.post(f"{server.url}/token", data=form, timeout=5)
    assert answer.json()["token_type"] == "Bearer"
    server.google.tokens.disabled.add("r")
    refused = requests.post(f"{server.url}/token", data=form, timeout=5)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


def test_without_a_token_nothing_is_answered(server: GoogleServer) -> None:
    reply = requests.get(f"{server.url}/v4/spreadsheets/x", timeout=5)
    assert (reply.status_code, reply.json()["error"]["status"]) == (401, "UNAUTHENTICATED")
    server.google.settings.accept_any_token = False
    reply = requests.get(f"{server.url}/drive/v3/files", headers={"Authorization": "Bearer x"}, timeout=5)
    assert (reply.status_code, reply.json()["error"]["errors"][0]["reason"]) == (401, "authError")

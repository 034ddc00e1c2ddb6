"""Who the job is to Google, and what it says when it cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from google.oauth2.credentials import Credentials
from google_auth_oauthlib.flow import InstalledAppFlow

from sync.errors import AgendaError
from sync.workspace.google.errors import (
    ClockWrong,
    CredentialsExposed,
    CredentialsMissing,
    CredentialsRevoked,
    CredentialsUnreadable,
    SettingMissing,
    SignInRefused,
)
from sync.workspace.google.login import log_in, save_login
from tests.google.identity import ROBOT
from tests.google_backend.office import GoogleOffice


def key_of(office: GoogleOffice) -> Path:
    return office.folder / "credentials" / "service-account.json"


def login(office: GoogleOffice, **login: str) -> Path:
    content = {"client_id": "c", "client_secret": "s", "refresh_token": "r", **login}
    return save_login(office.folder / "credentials" / "token.json", **content)


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (None, CredentialsMissing, "no file there"),
        ("{", CredentialsUnreadable, "not JSON"),
        ("[]", CredentialsUnreadable, "no JSON object"),
        ('{"installed": {}}', CredentialsUnreadable, "an OAuth client"),
        ('{"type": "authorized_user"}', CredentialsUnreadable, "'authorized_user'"),
        ('{"type": "service_account"}', CredentialsUnreadable, "not a whole key file"),
    ],
)
def test_a_wrong_key_file_is_said_at_once(
    office: GoogleOffice, content: str | None, error: type[AgendaError], words: str
) -> None:
    key_of(office).unlink()
    if content is not None:
        key_of(office).write_text(content)
    with pytest.raises(error, match=r"workspace\.google\.credentials") as caught:
        office.open()
    assert words in str(caught.value)
    assert str(key_of(office)) in str(caught.value)


def test_a_revoked_key_stops_with_the_next_step(office: GoogleOffice) -> None:
    office.google.tokens.disabled = {ROBOT}
    with pytest.raises(CredentialsRevoked, match="Make a new key") as caught:
        office.open().read([])
    assert caught.value.exit_code == 3
    assert ROBOT not in str(caught.value)


def test_a_wrong_clock_is_told_from_a_wrong_key(office: GoogleOffice) -> None:
    office.google.tokens.clock_skew = 4000
    with pytest.raises(ClockWrong, match="time synchronisation"):
        office.open().read([])


def test_a_token_service_that_is_down_is_tried_again(office: GoogleOffice) -> None:
    for nth in (1, 2, 3):
        office.google.faults.drop_before(kind="token", nth=nth)
    office.open().read([])
    assert office.clock.slept


def test_a_login_acts_for_the_person(office: GoogleOffice) -> None:
    path = login(office)
    assert path.stat().st_mode & 0o777 == 0o600
    office.google.tokens.user = "orang@example.com"
    office.open(identity="user").read(["Agenda"])
    assert office.methods()


def test_a_login_that_others_can_read_is_refused(office: GoogleOffice) -> None:
    login(office).chmod(0o644)
    with pytest.raises(CredentialsExposed, match="chmod 600"):
        office.open(identity="user")


def test_a_login_that_was_withdrawn_asks_for_another(office: GoogleOffice) -> None:
    login(office)
    office.google.tokens.disabled = {"r"}
    with pytest.raises(CredentialsRevoked, match="agenda login"):
        office.open(identity="user").read([])


def test_no_login_and_half_a_login(office: GoogleOffice) -> None:
    with pytest.raises(CredentialsMissing, match="agenda login"):
        office.open(identity="user")
    login(office, refresh_token="")
    with pytest.raises(CredentialsUnreadable, match="refresh_token is missing"):
        office.open(identity="user")


def test_delegation_acts_for_the_subject(office: GoogleOffice) -> None:
    office.open(subject="kepala@example.com").read([])
    (principal, _), *_ = office.google.tokens.issued.values()
    assert (principal.email, principal.service_account) == ("kepala@example.com", False)


def test_application_default_credentials(office: GoogleOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key_of(office)))
    office.open(identity="application-default").read(["Agenda"])
    assert office.methods() == {"sheets.spreadsheets.get": 1}


def test_impersonation_asks_for_the_other_accounts_token(office: GoogleOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key_of(office)))
    other = "other@stand-in.iam.gserviceaccount.com"
    office.open(identity="impersonation", impersonate=other).read(["Agenda"])
    paths = [record.path for record in office.google.counters.records]
    assert paths[-2] == f"/v1/projects/-/serviceAccounts/{other}:generateAccessToken"


def test_logging_in_saves_what_comes_back(office: GoogleOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    client = office.folder / "credentials" / "client-secret.json"
    section = office.config().google
    with pytest.raises(CredentialsMissing, match="Desktop app"):
        log_in(section, office.folder)
    client.write_text('{"web": {}}')
    with pytest.raises(CredentialsUnreadable, match="desktop app"):
        log_in(section, office.folder)
    client.write_text(
        json.dumps(
            {
                "installed": {
                    "client_id": "c",
                    "client_secret": "s",
                    "auth_uri": "https://accounts.google.com/o/oauth2/auth",
                    "token_uri": "https://oauth2.googleapis.com/token",
                }
            }
        )
    )
    credentials = Credentials(  # type: ignore[no-untyped-call]  # google-auth
        "t", refresh_token="r", client_id="c", client_secret="s", token_uri="https://oauth2.googleapis.com/token"
    )
    monkeypatch.setattr(InstalledAppFlow, "run_local_server", lambda *_, **__: credentials)
    log_in(section, office.folder)
    office.open(identity="user").read([])


def test_impersonation_needs_to_know_whom(office: GoogleOffice) -> None:
    with pytest.raises(SettingMissing, match="impersonate"):
        office.open(identity="impersonation")


def test_another_refusal_names_its_code_only(office: GoogleOffice) -> None:
    body = {"error": "unauthorized_client", "error_description": "Client budi@example.com is unauthorized"}
    office.google.faults.fail(401, kind="token", body=body)
    with pytest.raises(SignInRefused, match="unauthorized_client") as caught:
        office.open().read([])
    assert "budi" not in str(caught.value)


@pytest.mark.parametrize("missing", [{"spreadsheet_id": ""}, {"responses": "forms-api", "form_id": ""}])
def test_an_empty_id_is_said_at_once(office: GoogleOffice, missing: dict[str, Any]) -> None:
    with pytest.raises(SettingMissing, match="Put the part"):
        office.open(**missing)


def test_the_key_file_stays_as_it_is(office: GoogleOffice) -> None:
    before = json.loads(key_of(office).read_text())
    office.open().read([])
    assert json.loads(key_of(office).read_text()) == before

"""``agenda login``: the whole installed-app flow, with a consent page played by the test; no browser, no Google."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.build import ROOT
from tests.endtoend.office import Outcome
from tests.google_admin.office import AdminOffice

SCOPES = {"https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive"}


class TokenService(BaseHTTPRequestHandler):
    """Exchanges the code of a consent for a login, as Google's token endpoint does."""

    granted: ClassVar[str] = " ".join(sorted(SCOPES))
    asked: ClassVar[list[dict[str, str]]] = []

    def do_POST(self) -> None:
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.asked.append({name: values[0] for name, values in body.items()})
        token = {"access_token": "t", "refresh_token": "kept", "expires_in": 3600, "token_type": "Bearer"}
        reply = json.dumps({**token, "scope": self.granted}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_: Any) -> None:
        """Silent."""


@pytest.fixture
def token_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(TokenService, "asked", [])
    server = HTTPServer(("127.0.0.1", 0), TokenService)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/token"
    server.shutdown()
    server.server_close()


def client(office: AdminOffice, token_uri: str, kind: str = "installed") -> Path:
    details = {
        "client_id": "app.apps.googleusercontent.com",
        "client_secret": "shown to everybody",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": token_uri,
        "redirect_uris": ["http://localhost"],
    }
    return office.write_secret("client-secret.json", {kind: details})


def sign_in(office: AdminOffice, answer: str = "code=c0de") -> tuple[Outcome, dict[str, str]]:
    """Run the command, read the address it prints, and let "Google" send the browser back with ``answer``."""
    command = [sys.executable, "-m", "sync", "login", "--no-browser", "--config", str(office.config_path)]
    # oauthlib insists on https for the token endpoint, which is on this machine here.
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "OAUTHLIB_INSECURE_TRANSPORT": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        line = running.stdout.readline()
        found = re.search(r"https://accounts\.google\.com/\S+", line)
        if found is None:
            return Outcome(running.wait(30), line + running.stdout.read(), running.stderr.read()), {}
        asked = {name: values[0] for name, values in parse_qs(urlsplit(found[0]).query).items()}
        with requests.Session() as session:
            session.trust_env = False
            session.get(f"{asked['redirect_uri']}?state={asked['state']}&{answer}", timeout=10)
        out, err = running.stdout.read(), running.stderr.read()
        return Outcome(running.wait(30), out, err), asked


def test_a_login_is_asked_for_and_kept_for_its_owner_alone(empty: AdminOffice, token_service: str) -> None:
    """Offline access, the scopes of the job and no more; a job can sign in with what was kept."""
    token = empty.folder / "credentials" / "token.json"
    token.unlink()
    client(empty, token_service)

    outcome, asked = sign_in(empty)

    assert outcome.code == 0, outcome.err
    assert set(asked["scope"].split()) == SCOPES
    assert (asked["access_type"], asked["prompt"]) == ("offline", "consent")
    assert TokenService.asked[0]["code"] == "c0de"
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    kept = json.loads(token.read_text())
    assert kept["refresh_token"] == "kept"
    assert "access_token" not in kept
    assert "kept" not in outcome.out.replace("is kept in", "")


def test_a_refused_consent_says_what_to_do(empty: AdminOffice, token_service: str) -> None:
    """The login that was there stays."""
    before = (empty.folder / "credentials" / "token.json").read_bytes()
    client(empty, token_service)

    outcome, _ = sign_in(empty, "error=access_denied")

    assert outcome.code == 3
    assert "access_denied" in outcome.err
    assert "test users" in outcome.err
    assert (empty.folder / "credentials" / "token.json").read_bytes() == before


def test_boxes_left_unticked_are_told(empty: AdminOffice, token_service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TokenService, "granted", "https://www.googleapis.com/auth/drive")
    client(empty, token_service)

    outcome, _ = sign_in(empty)

    assert outcome.code == 3
    assert "tick every box" in outcome.err


@pytest.mark.parametrize("kind", ["missing", "web", "key file"])
def test_a_wrong_client_file_is_named_before_any_page_opens(empty: AdminOffice, kind: str) -> None:
    if kind == "web":
        client(empty, "https://oauth2.googleapis.com/token", "web")
    elif kind == "key file":
        empty.write_secret("client-secret.json", {"type": "service_account"})

    outcome, _ = sign_in(empty)

    assert outcome.code == 2
    assert "client-secret.json" in outcome.err
    assert "Desktop app" in outcome.err


def test_a_machine_without_a_browser_is_told_the_other_way(
    empty: AdminOffice, token_service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import webbrowser

    def nothing(*_: object) -> Any:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", nothing)
    client(empty, token_service)

    outcome = empty.agenda("login")

    assert outcome.code == 2
    assert "--no-browser" in outcome.err


def test_an_office_on_a_folder_has_no_login(empty: AdminOffice) -> None:
    text = empty.config_path.read_text(encoding="utf-8").replace("backend: google", "backend: local")
    empty.config_path.write_text(text, encoding="utf-8")

    outcome = empty.agenda("login")

    assert outcome.code == 2
    assert "workspace.backend" in outcome.err

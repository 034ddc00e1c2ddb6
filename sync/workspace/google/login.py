"""``agenda login``: a person lets the job act for them, once, in their own browser."""

from __future__ import annotations

import json
import os
from pathlib import Path

from google_auth_oauthlib.flow import InstalledAppFlow

from sync.config.schema_workspace import GoogleSection
from sync.workspace.google.credentials import read_json, scopes
from sync.workspace.google.errors import CredentialsUnreadable

_CLIENT_HOW = (
    "Google Cloud console, APIs & Services, Credentials, Create credentials, OAuth client ID, Desktop app; "
    "download its JSON and save it there."
)


def log_in(section: GoogleSection, base: Path, *, open_browser: bool = True) -> Path:
    """Send the person to Google's consent page and save what comes back; return the file, readable by its owner alone.

    The page sends the browser back to a port on this machine, so it has to run where the browser does.

    Raises:
        CredentialsMissing, CredentialsUnreadable: of the OAuth client that ``client_secret`` names.
    """
    client = base / section.client_secret
    info = read_json("client_secret", client, _CLIENT_HOW)
    if "installed" not in info:
        raise CredentialsUnreadable("client_secret", str(client), "no OAuth client of a desktop app", _CLIENT_HOW)
    flow = InstalledAppFlow.from_client_config(info, list(scopes(section)))
    # Without prompt=consent Google gives no refresh token to somebody who agreed before.
    credentials = flow.run_local_server(port=0, open_browser=open_browser, access_type="offline", prompt="consent")
    return save_login(
        base / section.token,
        client_id=credentials.client_id,
        client_secret=credentials.client_secret,
        refresh_token=credentials.refresh_token,
        token_uri=credentials.token_uri,
    )


def save_login(path: Path, **login: str) -> Path:
    """Write a login so that nobody else could read it for even a moment; a crash leaves the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump({"type": "authorized_user", **login}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    return path

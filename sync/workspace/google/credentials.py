"""From config.yaml to an identity: a key file, impersonation without a key, the machine's own, or a person's login.

Scopes are the least that does the work; why each is needed stands beside it. What an organisation has to grant for
domain-wide delegation is exactly this list.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import google.auth
from google.auth import impersonated_credentials
from google.auth.exceptions import GoogleAuthError
from google.oauth2 import credentials as user_credentials
from google.oauth2 import service_account

from sync.config.schema_workspace import GoogleSection
from sync.workspace.google.errors import (
    AmbientCredentialsMissing,
    CredentialsExposed,
    CredentialsMissing,
    CredentialsUnreadable,
    SettingMissing,
)
from sync.workspace.google.hosts import TokenRequest
from sync.workspace.google.identity import Identity

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
"""The agenda book: read all, write the job's cells. There is no narrower scope for a book that people made."""
DRIVE = "https://www.googleapis.com/auth/drive"
"""The archive. ``drive.file`` would do for files that the job made itself, but not for a folder or a book that people
made and shared, which it could not even see (https://developers.google.com/workspace/drive/api/guides/api-specific-auth)."""
RESPONSES = "https://www.googleapis.com/auth/forms.responses.readonly"
"""Only with ``responses: forms-api``."""
QUESTIONS = "https://www.googleapis.com/auth/forms.body.readonly"
"""Only with ``responses: forms-api``: which answer belongs to which question."""

_CLOUD = "https://www.googleapis.com/auth/cloud-platform"
"""For the source of an impersonation alone: to ask for the other account's token."""
_KEY_HOW = (
    "Google Cloud console, IAM & Admin, Service Accounts, Keys, Add key, JSON; save the file there. Where keys are "
    "forbidden, use identity: impersonation or application-default."
)
_LOGIN_HOW = "Run `agenda login`."


def scopes(section: GoogleSection) -> tuple[str, ...]:
    """Return what the job asks for. ``agenda setup`` needs no more: every method that makes the form takes ``drive``.

    https://developers.google.com/workspace/forms/api/reference/rest/v1/forms/create#authorization-scopes
    """
    wanted = (SHEETS, DRIVE)
    return (*wanted, RESPONSES, QUESTIONS) if section.responses == "forms-api" else wanted


def open_identity(
    section: GoogleSection, base: Path, emulator: str | None, wanted: tuple[str, ...] | None = None
) -> Identity:
    """Return the identity that the configuration names; relative paths are relative to ``base``.

    Nothing is sent to Google, but for application-default credentials on a cloud machine, which asks its metadata.

    Raises:
        SettingMissing, CredentialsMissing, CredentialsUnreadable, CredentialsExposed, AmbientCredentialsMissing.
    """
    asked = scopes(section) if wanted is None else wanted
    match section.identity:
        case "service-account":
            return _key_file(section, base, asked)
        case "impersonation":
            return _impersonation(section, asked, emulator)
        case "application-default":
            return _application_default(section, asked, emulator)
        case "user":
            return _user(section, base, asked)


def _key_file(section: GoogleSection, base: Path, asked: tuple[str, ...]) -> Identity:
    path = base / section.credentials
    info = read_json("credentials", path, _KEY_HOW)
    if info.get("type") != "service_account":
        found = "an OAuth client" if {"installed", "web"} & info.keys() else f"of type {str(info.get('type'))[:40]!r}"
        raise CredentialsUnreadable("credentials", str(path), f"no service-account key but {found}", _KEY_HOW)
    credentials = _made(
        lambda: service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]  # google-auth
            info, scopes=list(asked), subject=section.subject or None
        ),
        "credentials",
        path,
        _KEY_HOW,
    )
    return Identity(
        credentials,
        f"service-account key {path.name}",
        "Make a new key for the service account (or make sure it still exists and is enabled) and save it there.",
        owns_storage=bool(section.subject),
    )


def _impersonation(section: GoogleSection, asked: tuple[str, ...], emulator: str | None) -> Identity:
    if not section.impersonate:
        raise SettingMissing("impersonate", "Put the service account's address (…@….iam.gserviceaccount.com) there.")
    source, _ = _ambient([_CLOUD], emulator)
    credentials = impersonated_credentials.Credentials(  # type: ignore[no-untyped-call]  # google-auth
        source_credentials=source,
        target_principal=section.impersonate,
        target_scopes=list(asked),
        subject=section.subject or None,
    )
    return Identity(
        credentials,
        "impersonation of the service account",
        "Sign in again (`gcloud auth application-default login`); the account that signs in needs the role Service "
        "Account Token Creator on the service account.",
        owns_storage=bool(section.subject),
    )


def _application_default(section: GoogleSection, asked: tuple[str, ...], emulator: str | None) -> Identity:
    credentials, _ = _ambient(list(asked), emulator)
    if section.subject and hasattr(credentials, "with_subject"):
        credentials = credentials.with_subject(section.subject)
    is_service_account = hasattr(credentials, "service_account_email")
    return Identity(
        credentials,
        "application-default credentials",
        "Sign in again: `gcloud auth application-default login` with the scopes that docs/google.md lists.",
        owns_storage=bool(section.subject) or not is_service_account,
    )


def _ambient(asked: list[str], emulator: str | None) -> tuple[Any, object]:
    try:
        found: tuple[Any, object] = google.auth.default(scopes=asked, request=TokenRequest(emulator))
    except GoogleAuthError:
        raise AmbientCredentialsMissing from None
    return found


def _user(section: GoogleSection, base: Path, asked: tuple[str, ...]) -> Identity:
    path = base / section.token
    info = read_json("token", path, _LOGIN_HOW)
    check_private(path)
    missing = [name for name in ("client_id", "client_secret", "refresh_token") if not info.get(name)]
    if missing:
        raise CredentialsUnreadable("token", str(path), f"no saved login ({missing[0]} is missing)", _LOGIN_HOW)
    credentials = user_credentials.Credentials(  # type: ignore[no-untyped-call]  # google-auth
        None,
        refresh_token=info["refresh_token"],
        client_id=info["client_id"],
        client_secret=info["client_secret"],
        # google-auth's own reader of such files ignores this entry and always takes Google's.
        token_uri=info.get("token_uri") or "https://oauth2.googleapis.com/token",
        scopes=list(asked),
    )
    return Identity(
        credentials,
        f"saved login {path.name}",
        "Run `agenda login` again. If this comes back every seven days, publish the OAuth app (Audience, In "
        "production).",
        owns_storage=True,
    )


def read_json(key: str, path: Path, how: str) -> dict[str, Any]:
    """Return the JSON object in a file that ``workspace.google.<key>`` names.

    Raises:
        CredentialsMissing, CredentialsUnreadable.
    """
    try:
        info = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CredentialsMissing(key, str(path), how) from None
    except OSError as error:
        raise CredentialsUnreadable(key, str(path), f"cannot be opened ({error.strerror})", how) from None
    except ValueError:
        raise CredentialsUnreadable(key, str(path), "not JSON", how) from None
    if not isinstance(info, dict):
        raise CredentialsUnreadable(key, str(path), "no JSON object", how)
    return info


def check_private(path: Path) -> None:
    """Refuse a secret that others can read (Windows keeps no such bits).

    Raises:
        CredentialsExposed.
    """
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        raise CredentialsExposed(str(path), mode)


def _made(make: Callable[[], Any], key: str, path: Path, how: str) -> Any:
    try:
        return make()
    except (ValueError, GoogleAuthError):
        raise CredentialsUnreadable(key, str(path), "not a whole key file", how) from None

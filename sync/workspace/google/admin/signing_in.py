"""Signing in, looked at: whose credentials these are, whether the clocks agree, what was granted."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from google.auth.exceptions import GoogleAuthError

from sync.config.schema_workspace import GoogleSection
from sync.errors import Unreachable
from sync.workspace.google.admin.session import Session
from sync.workspace.google.credentials import scopes
from sync.workspace.google.hosts import TokenRequest
from sync.workspace.google.identity import is_temporary


@dataclass(frozen=True, slots=True)
class SignedIn:
    """``skew``: seconds that Google's clock is ahead of this machine's, None where no answer said so."""

    skew: int | None
    account: str
    """A service account's address, which things have to be shared with; ``""`` for a person, who is not named."""
    missing_scopes: tuple[str, ...]


def sign_in(session: Session, section: GoogleSection) -> SignedIn:
    """Fetch a token, as a run would.

    Raises:
        AccessRefused, ConfigurationError, Unreachable.
    """
    credentials = session.identity.credentials
    request = TokenRequest(session.emulator)
    try:
        credentials.refresh(request)
    except GoogleAuthError as error:
        if is_temporary(error):
            raise Unreachable("Google's sign-in", "no answer") from error
        raise session.identity.refused(error, request.skew) from error
    granted = getattr(credentials, "granted_scopes", None)
    wanted = scopes(section)
    missing = tuple(scope for scope in wanted if scope not in granted) if granted else ()
    account = str(getattr(credentials, "service_account_email", "") or "")
    return SignedIn(request.skew, "" if section.subject else account, missing)


def secret_files(section: GoogleSection, base: Path) -> list[Path]:
    """Return the secret files that this identity uses."""
    used = {"service-account": [section.credentials], "user": [section.client_secret, section.token]}
    return [base / name for name in used.get(section.identity, [])]


def readable_by_others(path: Path) -> bool:
    """Tell whether other accounts of this machine can read the file (Windows keeps no such bits)."""
    try:
        return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
    except OSError:
        return False

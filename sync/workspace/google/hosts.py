"""Where calls go: Google, or a stand-in on this machine that ``WORKSPACE_EMULATOR_HOST`` names."""

from __future__ import annotations

import email.utils
import json
import os
import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from google.auth.exceptions import TransportError
from google.auth.transport.requests import Request

from sync.workspace.google.errors import EmulatorNotLocal

SECONDS = 30
"""How long a token may take."""
VARIABLE = "WORKSPACE_EMULATOR_HOST"
_GATEWAY = (HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT)
_LOCAL = re.compile(r"(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}")


def emulator_host() -> str | None:
    """Return ``HOST:PORT`` of the stand-in, or None to use Google.

    Raises:
        EmulatorNotLocal: the variable names another machine.
    """
    value = os.environ.get(VARIABLE, "").strip()
    if not value:
        return None
    if not _LOCAL.fullmatch(value):
        raise EmulatorNotLocal(value)
    return value


def mapped(url: str, emulator: str | None) -> str:
    """Return where ``url`` is really sent: Google's hosts go to the emulator over plain http, path and query kept."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if emulator is None or not (host == "googleapis.com" or host.endswith((".googleapis.com", ".google.com"))):
        return url
    return urlunsplit(("http", emulator, parts.path, parts.query, ""))


def new_session(emulator: str | None) -> requests.Session:
    """Return a plain session; a proxy of the environment has no business between this machine and itself."""
    session = requests.Session()
    session.trust_env = emulator is None
    return session


class TokenRequest(Request):
    """google-auth's way to the token endpoint, mapped like every other call.

    A key file's own ``token_uri`` that is not Google's is used as it is.
    """

    def __init__(self, emulator: str | None) -> None:
        super().__init__(new_session(emulator))
        self._emulator = emulator
        self.skew: int | None = None
        """Seconds the server's clock is ahead of ours, by the ``Date`` of its last answer."""

    def __call__(self, url: str, *args: Any, **options: Any) -> Any:
        """Send, and return the answer.

        Raises:
            TransportError: no answer, or one that is not the token service's (a network's log-in page, a gateway's
                error), which google-auth would take for a refusal.
        """
        response = super().__call__(  # type: ignore[no-untyped-call]  # google-auth
            mapped(url, self._emulator), *args, **{"timeout": SECONDS, **options}
        )
        self.skew = _skew(response.headers.get("Date", ""))
        if options.get("method") == "POST" and (response.status in _GATEWAY or not _is_object(response.data)):
            raise TransportError("no answer of the token service")  # type: ignore[no-untyped-call]  # google-auth
        return response

    def __deepcopy__(self, memo: object) -> TokenRequest:
        # google-auth 2.62 copies the request for a look-up of regional access boundaries in a background thread. The
        # job has no use for it, and it would reach past an emulator; without a copy google-auth goes without.
        raise TypeError("not to be used in the background")


def _is_object(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content), dict)
    except ValueError:
        return False


def _skew(date: str) -> int | None:
    try:
        return round((email.utils.parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None

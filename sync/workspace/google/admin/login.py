"""``agenda login``, and what went wrong where it did: each case with what the person has to do."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import requests
from oauthlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]  # the package has no types

from sync.config.schema_workspace import GoogleSection
from sync.errors import AccessRefused, ConfigurationError, Unreachable
from sync.workspace.google.errors import ScopeMissing
from sync.workspace.google.login import log_in

_PLACE = "agenda login"


class BrowserMissing(ConfigurationError):
    def __init__(self) -> None:
        super().__init__(
            f"{_PLACE}: no browser can be opened here. Run `agenda login --no-browser` and open the address it prints "
            "in a browser on this same machine (from elsewhere: ssh -L PORT:localhost:PORT, the port in the address)."
        )


class LoginRefused(AccessRefused):
    """Google's own short word says why; the sentence beside it may name accounts."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _PLACE,
            f"Google did not let the person in ({code})",
            "Run it again and agree to everything. access_denied: they clicked Cancel, or the app is in Testing and "
            "they are not among its test users; admin_policy_enforced: the organisation's administrator has to allow "
            "the app; invalid_client: download the OAuth client's JSON anew.",
        )


def log_in_person(section: GoogleSection, base: Path, *, open_browser: bool) -> Path:
    """Send the person to Google's consent page and save what comes back; return the file, readable by its owner alone.

    The scopes are those of the daily job, which cover setting up too.

    Raises:
        ConfigurationError: of the OAuth client, or no browser. AccessRefused, Unreachable: of Google.
    """
    try:
        return log_in(section, base, open_browser=open_browser)
    except webbrowser.Error:
        raise BrowserMissing from None
    except OAuth2Error as error:
        raise LoginRefused(str(error.error or type(error).__name__)) from None
    except Warning:
        # oauthlib raises this where fewer boxes were ticked than asked for.
        raise ScopeMissing(_PLACE) from None
    except requests.RequestException as error:
        raise Unreachable("Google's sign-in", type(error).__name__) from error

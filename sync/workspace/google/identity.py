"""Who the job is to Google, and what it means when Google does not believe it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError

from sync.errors import AgendaError
from sync.workspace.google.errors import ClockWrong, CredentialsRevoked, SignInRefused

_SKEW_WORTH_SAYING = 60


@dataclass(frozen=True, slots=True)
class Identity:
    """A way to sign in. ``place`` names it to the operator; ``mend`` is what to do when it was revoked."""

    credentials: Any
    """google-auth's credentials (the package has no types)."""
    place: str
    mend: str
    owns_storage: bool
    """False for a service account that acts for itself: it can own no file in My Drive."""

    def refused(self, error: GoogleAuthError, skew: int | None) -> AgendaError:
        """Return what the operator has to do; ``skew`` is what Google's clock is ahead of this machine's, if known.

        The texts are those of https://developers.google.com/identity/protocols/oauth2/service-account#error-codes.
        """
        text = str(error)
        if "reasonable timeframe" in text or "Token used too early" in text:
            return ClockWrong(skew if skew is not None and abs(skew) > _SKEW_WORTH_SAYING else None)
        if "invalid_grant" in text or "invalid_rapt" in text or "Reauthentication" in text:
            return CredentialsRevoked(self.place, self.mend)
        return SignInRefused(self.place, _code(error))


def is_temporary(error: GoogleAuthError) -> bool:
    """Tell whether signing in may work in a moment: no connection, or the token service said so."""
    return isinstance(error, TransportError) or bool(isinstance(error, RefreshError) and error.retryable)


def _code(error: GoogleAuthError) -> str:
    """Return OAuth's own short word for the refusal; the sentence beside it may name accounts."""
    for argument in error.args:
        if isinstance(argument, dict) and isinstance(argument.get("error"), str):
            return str(argument["error"])
    known = ("invalid_client", "unauthorized_client", "access_denied", "invalid_scope", "admin_policy_enforced")
    return next((word for word in known if word in str(error)), type(error).__name__)

"""A call that failed, told apart: wait and repeat, ask what became of it, or stop; and then why, for the operator.

Two families of error bodies: Drive has ``errors[].reason``, Sheets and Forms have ``status`` and ``details``
(https://developers.google.com/workspace/drive/api/guides/handle-errors, https://google.aip.dev/193). A gateway's page
is HTML. The ``domain`` of an error says nothing reliable, so 403s are told apart by ``reason`` alone.
"""

from __future__ import annotations

import email.utils
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import requests

from sync.errors import AgendaError, Unreachable
from sync.workspace.google.errors import (
    FolderRefused,
    NotShared,
    NotThere,
    QuotaExhausted,
    RequestRefused,
    RequestTooLarge,
    ScopeMissing,
    ServiceDisabled,
    StorageFull,
)

RATE_REASONS = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"})
FULL_REASONS = frozenset({"storageQuotaExceeded", "quotaExceeded", "teamDriveFileLimitExceeded"})
_SCOPE_REASONS = frozenset({"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions", "insufficientScopes"})
_DISABLED_REASONS = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
_LATER_REASONS = frozenset({"dailyLimitExceeded", "sharingRateLimitExceeded"})
_TEMPORARY = frozenset({408, 425})
"""Of the 4xx those that a repeat may not meet again, beside 429."""
_NEVER = frozenset({501, 505, 506, 508, 510, 511})
"""Of the 5xx those that a repeat meets again: what is asked for does not exist there (RFC 9110, 15.6.2 and 15.6.6), the
server is set up wrongly (RFC 2295, 5842, 2774), or a network on the way wants a sign-in (RFC 6585, 6)."""
_NOT_GOOGLES = frozenset({401, 403, 407, 451, *_NEVER})
"""Without a word of Google's in the body these are said by somebody on the way, and sharing anything would not help."""
NOT_JSON = "notJson"
"""The reason of an answer that should have been JSON and is not: a gateway's page, or nothing at all."""


class Outcome(Enum):
    """What a failed call means for what it was to do."""

    NOT_DONE = "refused before anything happened, and worth repeating"
    UNKNOWN = "it may have taken effect, and is worth asking about"
    REFUSED = "refused, and a repeat would be refused too"
    UNAUTHENTICATED = "refused before anything happened, for want of a fresh token"


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed call. ``status`` 0: no answer at all. ``message`` is Google's text, never shown to anybody."""

    status: int
    reason: str = ""
    message: str = ""
    retry_after: float | None = None
    sent: bool = True
    """False if the request never left: the connection could not be made."""

    @property
    def outcome(self) -> Outcome:
        if self.status == 0:
            return Outcome.UNKNOWN if self.sent else Outcome.NOT_DONE
        if self.status == 401:
            return Outcome.UNAUTHENTICATED
        if self.status == 429 or (self.status == 403 and self.reason in RATE_REASONS):
            return Outcome.NOT_DONE
        if self.status in _NEVER:
            return Outcome.REFUSED
        if self.status >= 500 or self.status in _TEMPORARY or self.status < 400:
            return Outcome.UNKNOWN  # below 400: an answer that is no JSON, or a redirection that leads nowhere
        return Outcome.REFUSED

    @property
    def short(self) -> str:
        """Status and reason: what may be shown and logged."""
        return f"{self.status} {self.reason}".strip() if self.status else "no answer"


class CallFailed(Exception):
    """A call failed for good (its retries, if it may be repeated, are used up)."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(failure.short)


def failure_of(response: requests.Response, now: datetime | None = None) -> Failure:
    """Return what a reply with an error status says."""
    reason, message = _words(response.content)
    return Failure(response.status_code, reason, message, _retry_after(response, now))


def lost(error: requests.RequestException) -> Failure:
    """Return the failure of a call that got no reply."""
    not_sent = isinstance(error, requests.ConnectTimeout) or "NewConnectionError" in repr(error)
    return Failure(0, type(error).__name__, "", sent=not not_sent)


def _words(body: bytes) -> tuple[str, str]:
    try:
        error: Any = json.loads(body)["error"]
        message = str(error.get("message", ""))
        reasons = [item.get("reason", "") for item in (*error.get("errors", ()), *error.get("details", ()))]
        return next((str(reason) for reason in reasons if reason), str(error.get("status", ""))), message
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "", ""


def _retry_after(response: requests.Response, now: datetime | None) -> float | None:
    """Seconds or a date (RFC 9110, 10.2.3)."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isdigit():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when - (now or datetime.now(UTC))).total_seconds()) if when.tzinfo else None


def operator_error(failure: Failure, place: str, key: str) -> AgendaError:
    """Return what the operator has to do about a call on ``place``, which ``key`` of config.yaml names."""
    if failure.outcome is Outcome.NOT_DONE and failure.status:
        return QuotaExhausted(place)
    if failure.outcome in (Outcome.UNKNOWN, Outcome.NOT_DONE):
        why = "no answer from Google" if failure.status == 0 else f"Google answered {failure.short}"
        return Unreachable(place, why)
    if failure.reason in FULL_REASONS:
        return StorageFull(place)
    if failure.reason in _LATER_REASONS:
        return QuotaExhausted(place)
    if failure.reason in _DISABLED_REASONS:
        return ServiceDisabled(place)
    if failure.reason in _SCOPE_REASONS:
        return ScopeMissing(place)
    if failure.reason == "insufficientParentPermissions":
        return FolderRefused(place)
    if failure.status == 413:
        return RequestTooLarge(place)
    if not failure.reason and not failure.message and failure.status in _NOT_GOOGLES:
        return Unreachable(place, f"what answered is not Google's API ({failure.status}, no JSON): a proxy on the way?")
    if failure.status in (401, 403):
        return NotShared(place, key)
    if failure.status in (404, 410):
        return NotThere(place, key)
    named = refused_request(failure)
    return RequestRefused(place, f"{failure.short}, {named}" if named else failure.short)


def refused_request(failure: Failure) -> str:
    """Return the kind of the request in a batch that Google points at, ``""`` if at none."""
    found = re.match(r"Invalid requests\[\d+\]\.(\w+)", failure.message)
    return found[1] if found else ""

"""Faults on purpose: a status, a lost connection or a delay on the n-th call, or something staff do before it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.google.errors import ApiError

JsonObject = dict[str, Any]

HTML_502 = (
    "<!DOCTYPE html>\n<html lang=en>\n  <title>Error 502 (Server Error)!!1</title>\n  <p><b>502.</b> "
    "<ins>That's an error.</ins>\n  <p>The server encountered a temporary error and could not complete your request."
    "<p>Please try again in 30 seconds.  <ins>That's all we know.</ins>\n"
)
"""The gateway's page, as quoted in https://github.com/burnash/gspread/issues/216."""

_MESSAGES = {
    400: "Request contains an invalid argument.",
    401: "Request had invalid authentication credentials.",
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    408: "Request timeout",
    429: "Quota exceeded",
    500: "Internal error encountered.",
    502: "Bad Gateway",
    503: "The service is currently unavailable.",
    504: "Deadline exceeded",
}


@dataclass
class Rule:
    """What happens to which calls. Empty conditions meet every call but those for a token."""

    nth: int = 1
    """The n-th call that meets the conditions, counted from 1 since the rule was set; 0 means every one."""
    times: int = 1
    """How many calls from there on; 0 means all."""
    kind: str = ""
    """``sheets_read``, ``sheets_write``, ``sheets``, ``drive``, ``forms``, ``token`` or ``any``."""
    method: str = ""
    """A regular expression on the discovery id, such as ``files\\.create$``."""
    verb: str = ""
    path: str = ""
    """A regular expression on the path."""
    status: int = 0
    body: Any = None
    """A JSON body, or a text; else one is made in the form of the service called."""
    html: bool = False
    message: str = ""
    reason: str = ""
    domain: str = "global"
    retry_after: int | None = None
    after_effect: bool = False
    """The status is answered, or the connection lost, only after the call has taken effect."""
    drop: bool = False
    delay: float = 0.0
    run: Callable[[], object] | None = None
    seen: int = field(default=0, init=False)
    fired: int = field(default=0, init=False)

    def meets(self, kind: str, method: str, verb: str, path: str) -> bool:
        """Count the call if it meets the conditions; True if it is this rule's turn."""
        anything = not (self.kind or self.method or self.path)
        if (anything and kind == "token") or (self.verb and self.verb.upper() != verb):
            return False
        if self.kind not in ("", "any") and not kind.startswith(self.kind):
            return False
        if not re.search(self.method, method) or not re.search(self.path, path):
            return False
        self.seen += 1
        first = max(self.nth, 1)
        last = first + self.times - 1 if self.times and self.nth else None
        if self.seen < first or (last is not None and self.seen > last):
            return False
        self.fired += 1
        return True

    def answer(self, service: str) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers of the fault."""
        headers = {"Content-Type": "application/json; charset=UTF-8"}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        if self.html or isinstance(self.body, str):
            headers["Content-Type"] = "text/html; charset=UTF-8"
            return self.status, (self.body if isinstance(self.body, str) else HTML_502).encode(), headers
        if self.body is not None:
            return self.status, json.dumps(self.body).encode(), headers
        if service == "token":
            text = {"error": self.reason or "internal_failure", "error_description": self.message or "fault"}
            return self.status, json.dumps(text).encode(), headers
        message = self.message or _MESSAGES.get(self.status, "fault")
        error = ApiError(self.status, message, self.reason or "backendError", self.domain)
        return self.status, json.dumps(error.body(service)).encode(), headers


class Faults:
    """The rules in force, and short ways to set them."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def add(self, rule: Rule) -> Rule:
        """Set a rule; the rule returned tells how often it has fired."""
        self.rules.append(rule)
        return rule

    def clear(self) -> None:
        """Drop every rule."""
        self.rules.clear()

    def fail(self, status: int, nth: int = 1, **conditions: Any) -> Rule:
        """Answer ``status`` instead of doing anything (``after_effect=True``: after doing it)."""
        return self.add(Rule(nth=nth, status=status, **conditions))

    def drop_before(self, nth: int = 1, **conditions: Any) -> Rule:
        """Lose the connection before the call takes effect."""
        return self.add(Rule(nth=nth, drop=True, **conditions))

    def drop_after(self, nth: int = 1, **conditions: Any) -> Rule:
        """Lose the connection after the call has taken effect."""
        return self.add(Rule(nth=nth, drop=True, after_effect=True, **conditions))

    def delay(self, seconds: float, nth: int = 1, **conditions: Any) -> Rule:
        """Answer late, by real seconds."""
        return self.add(Rule(nth=nth, delay=seconds, **conditions))

    def before(self, action: Callable[[], object], nth: int = 1, **conditions: Any) -> Rule:
        """Run something (what staff do, say) between the call before and this one."""
        return self.add(Rule(nth=nth, run=action, **conditions))

    def matching(self, kind: str, method: str, verb: str, path: str) -> list[Rule]:
        """The rules whose turn it is."""
        return [rule for rule in list(self.rules) if rule.meets(kind, method, verb, path)]

"""One API call as its handler sees it, and the answer it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.google.discovery import Method
from tests.google.errors import ApiError
from tests.google.sheets.model import Spreadsheet
from tests.google.state import Settings, State

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Principal:
    """Who calls. A service account has no storage of its own."""

    email: str
    service_account: bool = False
    scopes: tuple[str, ...] | None = None
    """None means every scope (a bearer token the stand-in did not issue)."""


@dataclass
class Call:
    """A call that has been routed, authorised and validated."""

    method: Method
    path: dict[str, str]
    query: dict[str, list[str]]
    body: JsonObject
    raw: bytes
    headers: dict[str, str]
    principal: Principal
    state: State
    settings: Settings
    now: datetime
    base_url: str = ""
    draft: Spreadsheet | None = None
    """The copy a write works on; it replaces the spreadsheet only when the whole call has gone through."""

    def text(self, name: str, default: str = "") -> str:
        """A query parameter, or the default."""
        return self.query.get(name, [default])[-1]

    def flag(self, name: str) -> bool:
        """A boolean query parameter; Google takes ``True`` as well as ``true`` (recorded)."""
        return self.text(name).lower() in ("true", "1")

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole-number parameter within its limits. Raises 400."""
        given = self.text(name)
        if not given:
            return default
        if not given.lstrip("-").isdigit() or not low <= int(given) <= high:
            message = f"Invalid value '{given}'. Values must be within the range: [{low}, {high}]"
            raise ApiError(400, message, "invalidParameter", location=name)
        return int(given)


@dataclass
class Answer:
    """What goes back: a JSON value, or raw bytes."""

    json: Any = None
    status: int = 200
    content: bytes = b""
    content_type: str = "application/json; charset=UTF-8"
    headers: dict[str, str] = field(default_factory=dict)
    masked: bool = False
    """The field mask has been applied already, to spare the work of making what nobody asked for."""


Handler = Callable[[Call], Answer | JsonObject]
"""Answers a call: a JSON object, or an Answer when there is more to say."""

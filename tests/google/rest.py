"""A bare REST client for the stand-in's own tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import requests

JsonObject = dict[str, Any]

GRID = 1000, 26
"""Rows and columns of a new tab."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, JSON body and headers."""

    status: int
    json: Any
    headers: dict[str, str]
    content: bytes

    @property
    def message(self) -> str:
        """The error's message, or nothing."""
        return str(self.json.get("error", {}).get("message", "")) if isinstance(self.json, dict) else ""

    @property
    def reason(self) -> str:
        """The reason in Drive's form of an error."""
        return str(self.json["error"]["errors"][0]["reason"])


class Rest:
    """Calls with one bearer token."""

    def __init__(self, url: str, token: str = "anything") -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {token}"

    def call(
        self,
        verb: str,
        path: str,
        body: Any = None,
        data: bytes | None = None,
        headers: dict[str, str] | None = None,
        **params: Any,
    ) -> Reply:
        """One call; lists become repeated parameters."""
        reply = self.session.request(
            verb, self.url + path, params=params, json=body, data=data, headers=headers, timeout=20
        )
        try:
            parsed = json.loads(reply.content)
        except ValueError:
            parsed = None
        return Reply(reply.status_code, parsed, dict(reply.headers), reply.content)

    def get(self, path: str, **params: Any) -> Reply:
        """GET"""
        return self.call("GET", path, **params)

    def post(self, path: str, body: Any = None, **params: Any) -> Reply:
        """POST"""
        return self.call("POST", path, body, **params)

    def patch(self, path: str, body: Any = None, **params: Any) -> Reply:
        """PATCH"""
        return self.call("PATCH", path, body, **params)


class Book:
    """One spreadsheet, in the calls that tests make most."""

    def __init__(self, rest: Rest, spreadsheet_id: str) -> None:
        self.rest = rest
        self.id = spreadsheet_id
        self.path = f"/v4/spreadsheets/{spreadsheet_id}"

    def batch(self, *requests_: JsonObject, **more: Any) -> Reply:
        """batchUpdate"""
        return self.rest.post(f"{self.path}:batchUpdate", {"requests": list(requests_), **more})

    def write(self, a1: str, rows: list[list[Any]], option: str = "RAW", **more: Any) -> Reply:
        """values.update"""
        return self.rest.call("PUT", f"{self.path}/values/{a1}", {"values": rows}, valueInputOption=option, **more)

    def append(self, a1: str, rows: list[list[Any]], option: str = "RAW", **more: Any) -> Reply:
        """values.append"""
        return self.rest.post(f"{self.path}/values/{a1}:append", {"values": rows}, valueInputOption=option, **more)

    def read(self, a1: str, render: str = "UNFORMATTED_VALUE", **more: Any) -> list[list[Any]]:
        """values.get; [] for a blank range."""
        reply = self.rest.get(f"{self.path}/values/{a1}", valueRenderOption=render, **more)
        assert reply.status == 200, reply.json
        rows: list[list[Any]] = reply.json.get("values", [])
        return rows

    def get(self, **params: Any) -> JsonObject:
        """spreadsheets.get"""
        reply = self.rest.get(self.path, **params)
        assert reply.status == 200, reply.json
        answer: JsonObject = reply.json
        return answer

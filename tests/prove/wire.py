"""The wire between the job and the stand-in, without a socket: a request goes through the seam, a reply comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

import requests
from google.auth.crypt import RSASigner
from requests.structures import CaseInsensitiveDict

from tests.google.faults import Rule
from tests.google.google import Google, Reply, Request
from tests.prove.seam import Seam, Ways

_SERVICES = {"/v4/": "sheets", "/drive/": "drive", "/upload/": "drive", "/v1/": "forms"}


class _Refusal(Exception):
    """A reply that says no: to the client it is a reply like any other."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def _refused(status: int, service: str) -> _Refusal:
    code, body, headers = Rule(status=status).answer(service)
    return _Refusal(Reply(code, body, headers))


def exchange(google: Google, seam: Seam, sent: requests.PreparedRequest) -> requests.Response:
    """Send one request through the seam to the stand-in, and return what the client sees of it."""
    url = urlsplit(sent.url or "")
    body = sent.body.encode() if isinstance(sent.body, str) else sent.body or b""
    assert isinstance(body, bytes)
    headers = {name.lower(): str(text) for name, text in sent.headers.items()} | {"host": url.netloc}
    request = Request(sent.method or "", f"{url.path}?{url.query}" if url.query else url.path, headers, body)

    def carry_out() -> Reply:
        return google.handle(request)

    service = next((name for start, name in _SERVICES.items() if url.path.startswith(start)), "sheets")
    ways = Ways(
        lost=lambda: requests.ConnectionError("Connection aborted."),
        refused=lambda: _refused(503, service),
        quota=lambda: _refused(429, service),
    )
    name = f"{request.verb} {_method(url.path)}"
    try:
        if url.path == "/token":
            reply = carry_out()
        else:
            reply = seam.effect(name, carry_out, ways, writes=request.verb != "GET")
    except _Refusal as refusal:
        reply = refusal.reply
    return _response(sent, reply)


def _method(path: str) -> str:
    """The path without ids, so that a repetition is known as one."""
    last = path.rsplit("/", 1)[-1]
    return last.rpartition(":")[2] if ":" in last else "/".join(part for part in path.split("/") if len(part) < 20)


def _response(sent: requests.PreparedRequest, reply: Reply) -> requests.Response:
    response = requests.Response()
    response.status_code = reply.status
    response.headers = CaseInsensitiveDict(reply.headers)
    response._content = reply.body
    response.request = sent
    response.url = sent.url or ""
    response.encoding = "utf-8"
    return response


_load = RSASigner.from_service_account_info


def signer(info: Mapping[str, str]) -> object:
    """Reading a key takes longer than a whole run; the key is the same every time."""
    return _signer_of(json.dumps(dict(info), sort_keys=True))


@cache
def _signer_of(info: str) -> object:
    return _load(json.loads(info))  # type: ignore[no-untyped-call]  # google-auth ships no types for it

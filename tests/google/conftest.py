"""A stand-in per test, and clients for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.google.rest import Book, Rest
from tests.google.server import GoogleServer


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    """The stand-in, serving on a free port."""
    with GoogleServer() as running:
        yield running


@pytest.fixture
def rest(server: GoogleServer) -> Iterator[Rest]:
    """A caller with some bearer token: an ordinary user account."""
    client = Rest(server.url)
    yield client
    client.session.close()


@pytest.fixture
def book(rest: Rest) -> Book:
    """A new spreadsheet in the caller's My Drive, locale en_US."""
    reply = rest.post("/v4/spreadsheets", {"properties": {"title": "Buku"}})
    return Book(rest, reply.json["spreadsheetId"])

"""An empty account for each test, and one that setup has been run on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.workspace.google.admin import book_plan
from tests.google_admin.office import AdminOffice, opened


@pytest.fixture(scope="session", autouse=True)
def short_tabs() -> Iterator[None]:
    """A few rows instead of hundreds in a new tab: the stand-in goes through every cell."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_plan, "_SPARE_ROWS", 5)
        yield


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[AdminOffice]:
    with opened(tmp_path) as office:
        yield office


@pytest.fixture
def office(empty: AdminOffice) -> AdminOffice:
    """Set up, linked by a person, and verified."""
    empty.setup()
    empty.link()
    empty.setup()
    empty.writes()
    return empty

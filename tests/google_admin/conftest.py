"""An empty account for each test, and one that setup has been run on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.google_admin.office import AdminOffice, opened


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

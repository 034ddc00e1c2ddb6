"""An office on Google for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.google_backend.office import GoogleOffice


@pytest.fixture
def office(tmp_path: Path) -> Iterator[GoogleOffice]:
    opened = GoogleOffice(tmp_path)
    yield opened
    opened.close()

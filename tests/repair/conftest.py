"""Offices on disk, to be broken and mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endtoend.office import DiskOffice


@pytest.fixture
def office(tmp_path: Path) -> DiskOffice:
    """An office that nothing has happened in yet."""
    return DiskOffice.make(tmp_path)

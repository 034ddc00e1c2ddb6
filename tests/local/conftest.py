from __future__ import annotations

from pathlib import Path

import pytest

from sync.workspace.local import LocalWorkspace
from tests.contract.layout import a_layout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kantor"


@pytest.fixture
def workspace(folder: Path) -> LocalWorkspace:
    """A workspace whose book is made."""
    workspace = LocalWorkspace(folder, a_layout())
    workspace.prepare()
    return workspace


@pytest.fixture
def book(workspace: LocalWorkspace, folder: Path) -> Path:
    return folder / "agenda.xlsx"

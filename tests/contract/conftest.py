"""The backends under contract. The third, Google, joins by one more line here and its harness."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.harness import LocalHarness, MemoryHarness, WorkspaceHarness

BACKENDS: dict[str, Callable[[Path], WorkspaceHarness]] = {
    "memory": lambda _: MemoryHarness(notices_edits=True),
    "memory-blind-to-edits": lambda _: MemoryHarness(notices_edits=False),
    "local": LocalHarness,
}


@pytest.fixture(params=sorted(BACKENDS))
def harness(request: pytest.FixtureRequest, tmp_path: Path) -> WorkspaceHarness:
    return BACKENDS[request.param](tmp_path / "kantor")

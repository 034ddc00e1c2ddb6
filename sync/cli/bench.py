"""What the repairing commands share: the office's workbook and archive, opened for looking and mending."""

from __future__ import annotations

import time

from sync.cli.wiring import clock_of, open_workspace
from sync.config import Config
from sync.documents.reading import read_document
from sync.office import Progress
from sync.repair import Bench


def open_bench(config: Config, progress: Progress) -> Bench:
    """Return what a repair works with; a book that is not there is not made."""
    workspace = open_workspace(config, looks_only=True, everywhere=True)
    return Bench(workspace, config.rules, clock_of(config), read_document, time.sleep, progress)

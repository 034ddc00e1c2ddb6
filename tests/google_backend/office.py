"""A Google account for a test: the stand-in with the design's workbook in it, and workspaces opened on it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sync.config import Config, load_config
from sync.domain.layout import BookLayout, book_layout
from sync.workspace.google import GoogleWorkspace, open_google
from sync.workspace.google.hosts import VARIABLE
from sync.workspace.google.place import Others
from tests.google.identity import service_account_info
from tests.google.server import GoogleServer

CONFIG = Path(__file__).resolve().parents[2] / "config.yaml"


@dataclass
class Clock:
    """Time that passes only by sleeping."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@contextmanager
def emulator(host: str) -> Iterator[None]:
    """Have workspaces opened here talk to ``host``."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = host
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


class GoogleOffice:
    """The account, its configuration in ``folder``, and a clock that no test waits for."""

    def __init__(self, folder: Path, layout: BookLayout | None = None) -> None:
        self.server = GoogleServer().start()
        self.google, self.staff, self.account = self.server.google, self.server.staff, self.server.account
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.clock = Clock()
        self._open: list[GoogleWorkspace] = []
        key = folder / "credentials" / "service-account.json"
        key.parent.mkdir(exist_ok=True)
        key.write_text(json.dumps(service_account_info(self.server.url)))
        self.make_book(layout or book_layout(self.config().rules))
        self.google.counters.reset()

    def close(self) -> None:
        self.server.stop()

    def config(self, **google: Any) -> Config:
        """config.yaml as shipped, but for the ids of this account and ``google``."""
        content = yaml.load(CONFIG.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        account = self.account
        content["workspace"]["backend"] = "google"
        content["workspace"]["google"] |= {
            "spreadsheet_id": account.spreadsheet_id,
            "archive_folder_id": account.folder_id,
            "form_id": account.form_id,
            **google,
        }
        path = self.folder / "config.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return load_config(path)

    def open(
        self, sleep: Callable[[float], None] | None = None, others: Others = "unseen", **google: Any
    ) -> GoogleWorkspace:
        """A workspace as another process would open it."""
        with emulator(self.server.host):
            return open_google(self.config(**google), clock=self.clock, sleep=sleep or self.clock.sleep, others=others)

    def make_book(self, layout: BookLayout) -> None:
        """The tabs with their headers and first rows, as setting up would make them."""
        for tab in layout.tabs:
            self.staff.add_tab(tab.name)
            rows = [[column.header for column in tab.columns], *map(list, tab.rows)]
            if rows[0]:
                self.staff.write(tab.name, "A1", rows, typed=False)
        self.staff.delete_tab("Sheet1")

    def calls(self) -> dict[str, int]:
        """Calls since the last time, by kind; tokens are none."""
        kinds = {kind: count for kind, count in self.google.counters.kinds.items() if count and kind != "token"}
        self.google.counters.reset()
        return kinds

    def methods(self) -> dict[str, int]:
        """Calls since the last time, by method."""
        methods = {name: count for name, count in self.google.counters.methods.items() if name != "token"}
        self.google.counters.reset()
        return methods

    def column(self, tab: str, header: str) -> list[Any]:
        """A tab's column below its header, as people see it unformatted."""
        rows = self.staff.rows(tab)
        index = rows[0].index(header)
        return [row[index] if index < len(row) and row[index] != "" else None for row in rows[1:]]

    def files(self) -> list[str]:
        """Names of the files in the archive that are no folders."""
        state = self.google.state
        blobs = [entry for entry in state.files.values() if entry.content is not None]
        return sorted(entry.name for entry in blobs)

    def folders(self) -> list[str]:
        """Names of the folders below the archive folder."""
        kind = "application/vnd.google-apps.folder"
        known = {self.account.folder_id, self.account.drive_id}
        return sorted(
            entry.name
            for entry in self.google.state.files.values()
            if entry.mime_type == kind and entry.file_id not in known and entry.drive_id is not None
        )

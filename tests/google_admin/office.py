"""An account with nothing of ours in it but a shared drive, and the commands run on it as an operator would."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import yaml

from sync.config import Config, load_config
from sync.doctor.check import Check
from sync.doctor.google import examine_google
from sync.workspace.google.admin.probe import Probe, ProbeOutcome
from sync.workspace.google.admin.session import Session, open_session
from sync.workspace.google.admin.setup import Setup, SetupReport
from tests.build import ROOT
from tests.endtoend.office import Outcome, agenda
from tests.google.identity import service_account_info
from tests.google.server import GoogleServer
from tests.google.staff import Staff
from tests.google.state import FORM_TYPE, SHEET_TYPE, DriveFile
from tests.google_backend.office import Clock, emulator

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, 0)
SHARE = [
    {"email": "bidang@kantor.go.id", "role": "writer"},
    {"email": "pimpinan@kantor.go.id", "role": "reader"},
]
READING = ("get", "list", "generateIds", "token")


@dataclass(frozen=True, slots=True)
class Made:
    """What setup made, by kind, that is not in the bin."""

    spreadsheets: list[str]
    folders: list[str]
    forms: list[str]


class AdminOffice:
    """The account, config.yaml in ``folder``, a clock that no test waits for, and a person's login."""

    def __init__(self, folder: Path) -> None:
        self.server = GoogleServer().start()
        self.google, self.account = self.server.google, self.server.account
        self.folder, self.clock, self.told = folder, Clock(), list[str]()
        self.seeded = set(self.google.state.files)
        shutil.copytree(ROOT / "templates", folder / "templates")
        credentials = folder / "credentials"
        credentials.mkdir()
        self.write_secret("service-account.json", service_account_info(self.server.url))
        login = {"client_id": "a", "client_secret": "b", "refresh_token": "c", "token_uri": f"{self.server.url}/token"}
        self.write_secret("token.json", login)
        self.configure()
        self.google.counters.reset()

    def close(self) -> None:
        self.server.stop()

    def write_secret(self, name: str, content: Any) -> Path:
        path = self.folder / "credentials" / name
        path.write_text(json.dumps(content))
        path.chmod(0o600)
        return path

    @property
    def config_path(self) -> Path:
        return self.folder / "config.yaml"

    def configure(self, **google: Any) -> None:
        """config.yaml as shipped, for a person's login in the shared drive, and with ``google``."""
        content = yaml.load((ROOT / "config.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        content["workspace"]["backend"] = "google"
        usual = {"identity": "user", "shared_drive_id": self.account.drive_id, "share": copy.deepcopy(SHARE)}
        content["workspace"]["google"] |= {**usual, **google}
        self.config_path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    def config(self) -> Config:
        return load_config(self.config_path)

    def session(self) -> Session:
        return open_session(self.config(), clock=self.clock, sleep=self.clock.sleep)

    def setup(self) -> SetupReport:
        with emulator(self.server.host):
            return Setup(self.config(), self.session(), TODAY, self.told.append).run()

    def doctor(self) -> dict[str, Check]:
        with emulator(self.server.host):
            return {check.what: check for check in examine_google(self.config(), self.session(), NOON)}

    def probe(self) -> ProbeOutcome:
        with emulator(self.server.host):
            return Probe(self.config(), self.session(), self.told.append, None).run()

    def agenda(self, command: str, *arguments: str) -> Outcome:
        """A command through the command line, without its waits."""
        # Its own module has the clock as a default, bound long ago.
        soon = partial(open_session, clock=self.clock, sleep=self.clock.sleep)
        with emulator(self.server.host), mock.patch("sync.workspace.google.admin.session.open_session", soon):
            return agenda(command, *arguments, "--config", str(self.config_path))

    @property
    def staff(self) -> Staff:
        """Hands in the spreadsheet that setup made."""
        return self.server.staff.in_book(self.config().google.spreadsheet_id)

    def link(self) -> None:
        """The person's step: link the form, which makes a tab under Google's own name."""
        self.staff.link_form("Form Responses 1", self.config().google.form_id)

    def made(self) -> Made:
        def ours(kind: str) -> list[str]:
            files = self.google.state.files.values()
            return [entry.name for entry in files if self._is_ours(entry) and entry.mime_type == kind]

        return Made(ours(SHEET_TYPE), ours("application/vnd.google-apps.folder"), ours(FORM_TYPE))

    def _is_ours(self, entry: DriveFile) -> bool:
        return entry.file_id not in self.seeded and bool(entry.parents) and not entry.trashed

    def writes(self) -> list[str]:
        """The methods that changed something since the last time; tokens are none."""
        found = [name for name, count in self.google.counters.methods.items() if count and not name.endswith(READING)]
        self.google.counters.reset()
        return found

    def picture(self) -> dict[str, Any]:
        """Everything that setup is about, without ids that differ from one account to the next."""
        section = self.config().google
        book = self.google.state.spreadsheets[section.spreadsheet_id]
        form = copy.deepcopy(self.google.state.forms[section.form_id].document)
        for item in form["items"]:
            item.pop("itemId")
            item["questionItem"]["question"].pop("questionId")
        state = self.google.state.files
        return {
            "made": self.made(),
            "book": {
                sheet.title: (sheet.properties, sheet.rows, sheet.columns, sheet.objects) for sheet in book.sheets
            },
            "settings": (book.properties["timeZone"], book.properties["locale"]),
            "form": {key: form[key] for key in ("info", "items", "settings", "publishSettings")},
            "shared": [
                sorted((held.get("emailAddress", ""), held["role"]) for held in state[file_id].permissions)
                for file_id in (section.spreadsheet_id, section.archive_folder_id, section.form_id)
            ],
            "places": [state[file_id].parents for file_id in (section.spreadsheet_id, section.archive_folder_id)],
            "form place": state[section.form_id].parents,
        }

    def picture_of_sharing(self) -> int:
        """How often access was given to anything that setup made."""
        files = self.google.state.files.values()
        return sum(len(entry.permissions) for entry in files if entry.file_id not in self.seeded)


@contextmanager
def opened(folder: Path) -> Iterator[AdminOffice]:
    office = AdminOffice(folder)
    try:
        yield office
    finally:
        office.close()

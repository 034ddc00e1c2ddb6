"""``agenda doctor --probe``: asks the real account how Google behaves where the job rests on it and no document tells.

Everything happens on a scratch tab of the spreadsheet and in a scratch folder of the archive; both are taken away
again, also after a failure, and what an earlier, killed probe left behind goes with them. Nothing of the office's own
is read or written, but the spreadsheet's version.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sync.config import Config
from sync.errors import AgendaError
from sync.workspace.google.admin.calls import AdminDrive, Forms, folder_link
from sync.workspace.google.admin.probe_drive import DriveProbe
from sync.workspace.google.admin.probe_made import MadeProbe
from sync.workspace.google.admin.probe_result import Experiment, Result, judged, noted, skipped, unanswered
from sync.workspace.google.admin.probe_sheets import SheetProbe
from sync.workspace.google.admin.session import Session
from sync.workspace.google.drive import FOLDER_TYPE
from sync.workspace.google.errors import SettingMissing
from sync.workspace.google.failures import CallFailed, Outcome, operator_error
from sync.workspace.google.sheets import SheetClient
from sync.workspace.google.transport import Json

PREFIX = "agenda-probe"
_RESPONSE_SECONDS = 120
_LOOK_SECONDS = 5
_CLEANINGS = 3
_ODD_SHAPES = (LookupError, TypeError, ValueError, AttributeError)
"""What reading an answer of a shape that no document has comes to."""
_AFTER_WRITE = "the file's version after a write (agenda watch looks at it)"
_AFTER_RESPONSE = "the file's version after a form response"


@dataclass(slots=True)
class ProbeOutcome:
    """``left_behind`` names what could not be taken away, with where it is; ``error`` is what cut the asking short."""

    results: list[Result] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)
    error: AgendaError | None = None


class Probe:
    """One probing. ``ask`` puts a yes-or-no question to a person; None where nobody is there."""

    def __init__(
        self, config: Config, session: Session, tell: Callable[[str], None], ask: Callable[[str], bool] | None
    ) -> None:
        section = config.google
        if not section.spreadsheet_id:
            raise SettingMissing("spreadsheet_id", "Run `agenda setup` first.")
        if not section.archive_folder_id:
            raise SettingMissing("archive_folder_id", "Run `agenda setup` first.")
        self._section, self._session, self._tell, self._ask = section, session, tell, ask
        self._drive = AdminDrive(session.transport)
        self._sheets = SheetClient(session.transport, section.spreadsheet_id)
        self._number = random.randrange(1, 10**6)  # noqa: S311  # a name, no secret
        self._sheet_id = 1_700_000_000 + self._number
        self._folder: str | None = None
        self._drive_id: str | None = None
        self.outcome = ProbeOutcome()
        """What has been found so far, also when asking was cut off."""

    def run(self) -> ProbeOutcome:
        """Ask everything and clean up. Whatever becomes of one question, the others are asked all the same.

        Only where Google stops answering (no connection, quota) the rest is skipped; ``error`` then says why.
        """
        outcome = self.outcome
        try:
            self._try(Experiment("what an earlier probe left behind", self._clean_first))
            for prepare, experiments in (
                (Experiment("a scratch tab in the spreadsheet", self._make_tab), self._on_sheets),
                (Experiment("a scratch folder in the archive", self._make_folder), self._in_drive),
            ):
                made = self._try(prepare)
                for experiment in experiments():
                    if made and outcome.error is None:
                        self._try(experiment)
                    else:
                        why = "Google stopped answering" if outcome.error else f"no {prepare.topic[2:]}"
                        outcome.results.append(skipped(experiment.topic, why))
        finally:
            # Whatever happened: the scratch objects go, and what of them cannot is named.
            left: list[str] = []
            self._clean(left)
            outcome.left_behind = left
            for line in left:
                self._tell(line)
        return outcome

    def _try(self, experiment: Experiment) -> bool:
        """Make one experiment and keep what it yields; False where it came to no end."""
        outcome = self.outcome
        if outcome.error is not None:
            return False
        try:
            for result in experiment.ask():
                outcome.results.append(result)
        except CallFailed as failed:
            if failed.failure.outcome is not Outcome.REFUSED:
                outcome.error = self._error(failed, "the probe")
            why = f"Google refused a step of it ({failed.failure.short})"
            outcome.results.append(unanswered(experiment.topic, why if outcome.error is None else failed.failure.short))
        except AgendaError as error:
            outcome.error = error
            outcome.results.append(unanswered(experiment.topic, type(error).__name__))
        except _ODD_SHAPES as odd:
            # An answer whose shape no document has: just what a probe is there to find.
            why = f"Google's answer has an unknown shape ({type(odd).__name__}: {str(odd)[:60]})"
            outcome.results.append(unanswered(experiment.topic, why))
        else:
            return True
        return False

    def _clean_first(self) -> Iterator[Result]:
        left: list[str] = []
        self._clean(left)
        for line in left:
            yield noted("what an earlier probe left behind", "goes", line)

    def _make_tab(self) -> Iterator[Result]:
        title = f"{PREFIX}-{self._number:06}"
        self._tell(f"scratch tab {title!r}")
        grid = {"rowCount": 50, "columnCount": 4}
        properties = {"sheetId": self._sheet_id, "title": title, "hidden": False, "gridProperties": grid}
        self._send([{"addSheet": {"properties": properties}}])
        yield from ()

    def _on_sheets(self) -> Iterator[Experiment]:
        title, first_id = f"{PREFIX}-{self._number:06}", 2_100_000_000 + self._number * 10
        yield from SheetProbe(self._sheets, self._send, self._sheet_id, title, first_id).experiments()
        yield Experiment(_AFTER_WRITE, self._version_after_write)
        yield Experiment(_AFTER_RESPONSE, self._version_after_response)

    def _make_folder(self) -> Iterator[Result]:
        root = self._drive.get(self._section.archive_folder_id, "driveId") or {}
        self._drive_id = root.get("driveId")
        self._folder = self._drive.generate_ids(1)[0]
        name = f"{PREFIX}-{self._folder[-6:]}"
        self._tell(f"scratch folder {name!r}")
        self._drive.create_folder(self._folder, name, self._section.archive_folder_id)
        yield from ()

    def _in_drive(self) -> Iterator[Experiment]:
        session, folder = self._session, self._folder or ""
        yield from DriveProbe(self._drive, folder, self._drive_id, session.clock, session.sleep).experiments()
        yield from MadeProbe(session.transport, self._drive, folder).experiments()

    def _version_after_write(self) -> Iterator[Result]:
        before = self._version()
        place = {"sheetId": self._sheet_id, "rowIndex": 45, "columnIndex": 0}
        cell = {"userEnteredValue": {"stringValue": "version"}}
        self._send([{"updateCells": {"start": place, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}])
        moved = self._version() != before
        yield judged(_AFTER_WRITE, "moves at once", "moved" if moved else "did not move", holds=moved)

    def _version_after_response(self) -> Iterator[Result]:
        expected = "moves within seconds"
        if self._ask is None or not self._section.form_id:
            yield skipped(_AFTER_RESPONSE, "nobody is here to send one" if self._ask is None else "form_id is empty")
            return
        uri = Forms(self._session.transport).get(self._section.form_id).get("responderUri", "")
        before = self._version()
        if not self._ask(f"Send one test response now: {uri}\nDone?"):
            yield skipped(_AFTER_RESPONSE, "nobody sent one")
            return
        started = self._session.clock()
        while self._session.clock() - started < _RESPONSE_SECONDS:
            if self._version() != before:
                seconds = round(self._session.clock() - started)
                yield noted(_AFTER_RESPONSE, expected, f"moved (seen {seconds} seconds after the answer)")
                return
            self._session.sleep(_LOOK_SECONDS)
        found = f"did not move in {_RESPONSE_SECONDS} seconds: agenda watch then relies on --backstop"
        yield Result(_AFTER_RESPONSE, expected, found, "DIFFERS")

    def _version(self) -> str:
        return str((self._drive.get(self._section.spreadsheet_id, "version") or {}).get("version", ""))

    def _send(self, requests: Sequence[Json]) -> Json:
        return self._sheets.write(requests, (), "replies")

    def _clean(self, left: list[str]) -> None:
        """Take away every scratch tab and folder; ``left`` gets a line for each that stays."""
        for what, clean in (("the scratch tab", self._clean_tabs), ("the scratch folder", self._clean_folders)):
            try:
                clean()
            except CallFailed as failed:
                left.append(f"{what} could not be taken away ({failed.failure.short}); its name begins with {PREFIX}")
            except AgendaError as error:
                left.append(f"{what} could not be taken away; its name begins with {PREFIX}. {error}")
            except _ODD_SHAPES:
                left.append(f"{what} could not be looked for (an unknown answer); its name begins with {PREFIX}")

    def _clean_tabs(self) -> None:
        """Deleting is not repeated blindly: after a lost answer the spreadsheet says whether it was done."""
        for attempt in range(_CLEANINGS):
            book = self._sheets.get("sheets(properties(sheetId,title))")
            tabs = [sheet.get("properties", {}) for sheet in book.get("sheets", ())]
            found = [int(tab.get("sheetId", 0)) for tab in tabs if str(tab.get("title", "")).startswith(PREFIX)]
            if not found:
                return
            try:
                self._send([{"deleteSheet": {"sheetId": sheet_id}} for sheet_id in found])
            except CallFailed as failed:
                if failed.failure.outcome is not Outcome.UNKNOWN or attempt + 1 == _CLEANINGS:
                    raise

    def _clean_folders(self) -> None:
        """Into the bin, whence Drive removes them: deleting for good is not every member's right."""
        root = self._section.archive_folder_id
        listed = self._drive.children([root], "id,name,mimeType")
        found = {
            str(entry["id"])
            for entry in listed
            if str(entry.get("name", "")).startswith(PREFIX) and entry.get("mimeType") == FOLDER_TYPE
        }
        # The listing may not have our own folder yet.
        if self._folder and self._drive.get(self._folder, "id"):
            found.add(self._folder)
        for folder in found:
            self._drive.change(folder, {"trashed": True})
        self._folder = None

    def _error(self, failed: CallFailed, place: str) -> AgendaError:
        link = folder_link(self._section.archive_folder_id)
        return operator_error(failed.failure, f"{place} ({link})", "workspace.google")

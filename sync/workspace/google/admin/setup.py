"""``agenda setup`` on Google: from an empty account to a working office, to be run again whenever something is missing.

In order, each step safe to repeat: the archive folder, the spreadsheet (made, then completed), the form (made,
completed, published), access for the groups, and the check of the one step that a person has to do. What people made
or changed is never touched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sync.config import Config
from sync.config.made import MadeFile
from sync.domain.layout import book_layout
from sync.domain.tabs import Tab
from sync.errors import AgendaError
from sync.workspace.google.admin import words
from sync.workspace.google.admin.alone import alone
from sync.workspace.google.admin.book import complete_book
from sync.workspace.google.admin.book_plan import Wanted
from sync.workspace.google.admin.calls import (
    FORM_TYPE,
    SPREADSHEET_TYPE,
    AdminDrive,
    Forms,
    folder_link,
    form_link,
    spreadsheet_link,
)
from sync.workspace.google.admin.errors import FormByHand, MadeGone, NoPlace, QuestionRenamed
from sync.workspace.google.admin.form import complete_form
from sync.workspace.google.admin.linking import check_linking
from sync.workspace.google.admin.making import Maker, Thing
from sync.workspace.google.admin.session import Session
from sync.workspace.google.admin.sharing import share_all
from sync.workspace.google.drive import FOLDER_TYPE
from sync.workspace.google.errors import FolderRefused, NoStorage, NotAFolder, NotThere
from sync.workspace.google.failures import CallFailed, Failure, operator_error
from sync.workspace.google.sheets import SheetClient
from sync.workspace.google.transport import Json

_PLACE_KEY = "workspace.google.shared_drive_id"


@dataclass(slots=True)
class SetupReport:
    """What was done, what was left to people to look at, and the linking step if it is still to be done."""

    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    step: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """What the operator has said is new, although something there looks like it under another name."""

    new_tabs: frozenset[str] = frozenset()
    new_questions: frozenset[str] = frozenset()


NOTHING_NEW = Answers()


class Setup:
    """One run of setting up. ``tell`` gets a line as soon as something happened, for whoever waits."""

    def __init__(
        self,
        config: Config,
        session: Session,
        today: date,
        tell: Callable[[str], None],
        answers: Answers = NOTHING_NEW,
    ) -> None:
        self._answers = answers
        self._config, self._section, self._rules = config, config.google, config.rules
        self._transport, self._owns_storage = session.transport, session.identity.owns_storage
        self._today, self._tell = today, tell
        self._drive, self._forms = AdminDrive(self._transport), Forms(self._transport)
        self._made = MadeFile(config.path)
        self._maker = Maker(self._drive, self._made, session.clock, session.sleep, tell)
        self._report = SetupReport()
        self._renamed: dict[str, tuple[str, ...]] = {}
        """By the title of a question that the form lacks, what it seems to be called now."""
        self._parent: str | None = None
        """Where things are made; None for My Drive."""
        self._drive_id: str | None = None

    def run(self) -> SetupReport:
        """Do it all; a step that a person has to help with stops only those that rest on it.

        Raises:
            SetupBusy: another one is at work beside this configuration.
            AgendaError: the first thing that could not be done, after everything else was.
        """
        with alone(self._config.path.resolve().parent):
            return self._run()

    def _run(self) -> SetupReport:
        self._find_place()
        archive_id = self._archive()
        spreadsheet_id, title = self._spreadsheet()
        wanted = self._wanted(spreadsheet_id)
        sheets = SheetClient(self._transport, spreadsheet_id)
        plan = complete_book(sheets, wanted)
        self._note(plan.done, plan.left)
        late: AgendaError | None = None
        form_id = ""
        try:
            form_id = self._form()
        except FormByHand as error:
            late = error
        renamed = self._renamed
        objects = {"spreadsheet": spreadsheet_id, "archive": archive_id} | ({"form": form_id} if form_id else {})
        for line in share_all(self._drive, objects, self._section.share):
            self._note([line])
        self._report.links = {"spreadsheet": spreadsheet_link(spreadsheet_id), "archive": folder_link(archive_id)}
        if late is not None:
            raise late
        self._report.links["form"] = form_link(form_id)
        if self._section.responses == "sheet":
            linking = check_linking(self._forms, sheets, form_id, spreadsheet_id, title, wanted, self._rules)
            self._report.step, self._report.linked = linking.step, linking.linked
            self._note(list(linking.done), list(linking.notes))
        if renamed:
            raise QuestionRenamed(renamed, self._rules)
        return self._report

    def _find_place(self) -> None:
        """See whether anything can be made at all, before anything is."""
        wanted = self._section.shared_drive_id
        ids = (self._section.spreadsheet_id, self._section.archive_folder_id, self._section.form_id)
        missing = not all(ids) or self._maker.has_unsettled()
        if not wanted:
            if missing and not self._owns_storage and not self._has_all_but_form():
                raise NoPlace
            return
        if not missing:
            return
        found = self._look(wanted, "id,mimeType,trashed,driveId,capabilities(canAddChildren)", "the shared drive")
        if found is None:
            raise NotThere("the shared drive", _PLACE_KEY)
        if found.get("mimeType", FOLDER_TYPE) != FOLDER_TYPE:
            raise NotAFolder
        if not found.get("capabilities", {}).get("canAddChildren", True):
            raise FolderRefused("the shared drive")
        self._parent, self._drive_id = wanted, found.get("driveId")
        if not self._drive_id and not self._owns_storage:
            if not self._is_shared_drive(wanted):
                raise NoStorage("workspace.google.shared_drive_id")
            self._drive_id = wanted

    def _is_shared_drive(self, drive_id: str) -> bool:
        try:
            return self._drive.is_shared_drive(drive_id)
        except CallFailed as failed:
            raise operator_error(failed.failure, "the shared drive", _PLACE_KEY) from failed

    def _has_all_but_form(self) -> bool:
        return bool(self._section.spreadsheet_id and self._section.archive_folder_id)

    def _archive(self) -> str:
        known = self._section.archive_folder_id
        if not known:
            try:
                known = self._maker.folder("archive_folder", words.FOLDER_TITLE, self._parent)
            except CallFailed as failed:
                raise operator_error(failed.failure, "the archive folder", _PLACE_KEY) from failed
            self._note(["archive folder made"])
        found = self._there(known, "the archive folder", "archive_folder_id")
        if found.get("mimeType", FOLDER_TYPE) != FOLDER_TYPE:
            raise NotAFolder
        if not found.get("driveId") and not self._owns_storage:
            raise NoStorage("workspace.google.archive_folder_id")
        return known

    def _spreadsheet(self) -> tuple[str, str]:
        """Return the spreadsheet's id and name."""
        thing = Thing(
            "the spreadsheet",
            "spreadsheet",
            SPREADSHEET_TYPE,
            words.SPREADSHEET_TITLE,
            self._parent,
            self._drive_id,
            lambda name: self._drive.create_native(name, SPREADSHEET_TYPE, self._parent),
            lambda failure: operator_error(failure, "the spreadsheet", _PLACE_KEY),
        )
        return self._thing(thing, self._section.spreadsheet_id)

    def _form(self) -> str:
        thing = Thing(
            "the form",
            "form",
            FORM_TYPE,
            words.FORM_TITLE,
            # The Forms API makes it in My Drive, whence it is moved; a service account cannot, so Drive has to make it.
            None if self._owns_storage else self._parent,
            None if self._owns_storage else self._drive_id,
            self._make_form,
            self._form_refused,
        )
        if not self._section.form_id and not self._owns_storage and self._parent is None:
            raise FormByHand("a service account owns no storage", "https://drive.google.com")
        form_id, _ = self._thing(thing, self._section.form_id)
        anyone = self._section.responders == "anyone"
        plan = complete_form(
            self._drive,
            self._forms,
            form_id,
            self._rules,
            self._today,
            anyone=anyone,
            made=self._made,
            new=self._answers.new_questions,
        )
        self._renamed = plan.renamed
        self._note(plan.done, plan.left)
        return form_id

    def _make_form(self, name: str) -> str:
        if self._owns_storage:
            return self._forms.create(words.FORM_TITLE, name)
        return self._drive.create_native(name, FORM_TYPE, self._parent)

    def _form_refused(self, failure: Failure) -> AgendaError:
        if failure.status in (400, 403, 404, 501) and not self._owns_storage:
            return FormByHand(failure.short, folder_link(self._parent or ""))
        return operator_error(failure, "the form", "workspace.google.form_id")

    def _thing(self, thing: Thing, known: str) -> tuple[str, str]:
        """Return id and name of a spreadsheet or form, made where there is none, in its place and under its name."""
        try:
            file_id = known or self._maker.once(thing)
            if not known:
                self._note([f"{thing.what.removeprefix('the ')} made"])
            found = self._there(file_id, thing.what, f"{thing.key}_id")
            if self._maker.is_unsettled(thing, file_id):
                self._move(found)
                self._maker.settle_name(thing, file_id)
        except CallFailed as failed:
            raise operator_error(failed.failure, thing.what, f"workspace.google.{thing.key}_id") from failed
        named = str(found.get("name", ""))
        return file_id, thing.title if named.startswith(f"{thing.title} [") else named or thing.title

    def _move(self, found: Json) -> None:
        """Bring a new form from My Drive, where the Forms API makes it, to where the rest is made."""
        parents = found.get("parents", ())
        if self._parent and self._parent not in parents:
            move = {"addParents": self._parent} | ({"removeParents": ",".join(parents)} if parents else {})
            self._drive.change(str(found["id"]), {}, **move)

    def _there(self, file_id: str, what: str, key: str) -> Json:
        found = self._look(file_id, "id,name,mimeType,trashed,driveId,parents", what)
        if found is None or found.get("trashed"):
            raise MadeGone(what, key, trashed=found is not None)
        return found

    def _look(self, file_id: str, fields: str, what: str) -> Json | None:
        try:
            return self._drive.get(file_id, fields)
        except CallFailed as failed:
            raise operator_error(failed.failure, what, "workspace.google") from failed

    def _wanted(self, spreadsheet_id: str) -> Wanted:
        names = self._rules.tab_names
        return Wanted(
            layout=book_layout(self._rules),
            register_tab=names[Tab.REGISTER],
            # The form makes its own tab when it is linked; one made beforehand would only be in its way.
            not_made=frozenset({names[Tab.RESPONSES]}),
            data_tabs=frozenset({names[Tab.AGENDA], names[Tab.REGISTER], names[Tab.RESPONSES]}),
            zone=self._config.zone.key,
            ours=self._made.read().get("spreadsheet_id") == spreadsheet_id,
            tab_keys={name: tab.value for tab, name in names.items()},
            new_tabs=self._answers.new_tabs,
        )

    def _note(self, done: list[str], left: list[str] | None = None) -> None:
        for line in done:
            self._tell(line)
        self._report.done += done
        self._report.left += left or []

"""The office is made where the identity can keep it; a place that will not do is told before anything is made."""

from __future__ import annotations

from typing import Any

import pytest

from sync.errors import AgendaError
from sync.workspace.google.admin import words
from sync.workspace.google.admin.calls import AdminDrive
from sync.workspace.google.admin.errors import FormByHand, NoPlace
from sync.workspace.google.errors import NoStorage, NotAFolder, NotThere
from tests.google.identity import ROBOT
from tests.google_admin.office import AdminOffice


class TestServiceAccount:
    def test_it_makes_all_but_the_form_and_says_how_to(self, empty: AdminOffice) -> None:
        """It owns no storage, and Google makes forms in My Drive: a person makes an empty one, setup fills it."""
        empty.configure(identity="service-account")

        with pytest.raises(FormByHand) as stopped:
            empty.setup()

        assert "form_id" in str(stopped.value)
        assert empty.made().spreadsheets == [words.SPREADSHEET_TITLE]
        assert empty.picture_of_sharing() == 4
        empty.configure(identity="service-account", form_id=empty.account.form_id)
        report = empty.setup()
        assert report.step
        assert len(empty.google.state.forms[empty.account.form_id].document["items"]) == 13
        assert empty.made().spreadsheets == [words.SPREADSHEET_TITLE]

    def test_a_form_that_drive_makes_bears_its_proper_title(self, empty: AdminOffice) -> None:
        """Visitors read it above the questions: renaming the file alone would leave them a tag such as [9cd209ff]."""
        empty.google.settings.drive_makes_forms = True
        empty.configure(identity="service-account")

        empty.setup()

        form = empty.google.state.forms[empty.config().google.form_id].document
        assert form["info"]["title"] == form["info"]["documentTitle"] == words.FORM_TITLE
        assert empty.made().forms == [words.FORM_TITLE]
        empty.writes()
        assert empty.setup().done == []
        assert empty.writes() == []

    def test_a_title_that_an_earlier_setup_left_tagged_is_put_right(self, empty: AdminOffice) -> None:
        empty.google.settings.drive_makes_forms = True
        empty.configure(identity="service-account")
        empty.setup()
        form = empty.google.state.forms[empty.config().google.form_id]
        form.document["info"]["title"] = f"{words.FORM_TITLE} [9cd209ff]"

        assert empty.setup().done == [f"form: titled {words.FORM_TITLE!r}"]

        assert form.document["info"]["title"] == words.FORM_TITLE

    def test_a_title_that_people_gave_stays(self, empty: AdminOffice) -> None:
        empty.google.state.forms[empty.account.form_id].document["info"]["title"] = "Buku Tamu [2026]"
        empty.configure(identity="service-account", form_id=empty.account.form_id)

        empty.setup()

        assert empty.google.state.forms[empty.account.form_id].document["info"]["title"] == "Buku Tamu [2026]"

    def test_without_a_shared_drive_nothing_is_begun(self, empty: AdminOffice) -> None:
        empty.configure(identity="service-account", shared_drive_id="")

        with pytest.raises(NoPlace):
            empty.setup()

        assert empty.writes() == []
        assert empty.google.counters.total == 0

    def test_a_my_drive_folder_is_no_place_for_it(self, empty: AdminOffice) -> None:
        folder = empty.google.state.files[empty.account.folder_id]
        folder.drive_id, folder.owner, folder.parents = None, "owner@example.com", []
        folder.permissions = [{"id": "1", "type": "user", "role": "writer", "emailAddress": ROBOT}]
        empty.configure(identity="service-account", shared_drive_id=empty.account.folder_id)

        with pytest.raises(NoStorage):
            empty.setup()

        assert empty.writes() == []


def test_a_shared_drive_that_does_not_name_itself_is_asked(empty: AdminOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which drive a file is in is an optional part of Google's answer."""
    get = AdminDrive.get

    def terse(self: AdminDrive, file_id: str, fields: str) -> Any:
        found = get(self, file_id, fields)
        if found and file_id == empty.account.drive_id:
            found.pop("driveId")
        return found

    monkeypatch.setattr(AdminDrive, "get", terse)
    empty.configure(identity="service-account", form_id=empty.account.form_id)

    assert empty.setup().step


def test_a_person_without_a_shared_drive_gets_all_in_my_drive(empty: AdminOffice) -> None:
    empty.configure(shared_drive_id="")

    empty.setup()

    state = empty.google.state
    section = empty.config().google
    for file_id in (section.spreadsheet_id, section.archive_folder_id, section.form_id):
        assert state.files[file_id].drive_id is None
        assert state.files[file_id].owner == "user@example.com"


@pytest.mark.parametrize(
    ("drive_id", "error"), [("1nothing", NotThere), ("form", NotAFolder)], ids=["nowhere", "no folder"]
)
def test_a_wrong_shared_drive_is_told_before_anything_is_made(
    empty: AdminOffice, drive_id: str, error: type[AgendaError]
) -> None:
    empty.configure(shared_drive_id=empty.account.form_id if drive_id == "form" else drive_id)

    with pytest.raises(error):
        empty.setup()

    assert empty.writes() == []

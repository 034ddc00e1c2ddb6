"""What Google or an organisation refuses during setup is told by its name, and never by an address."""

from __future__ import annotations

import pytest

from sync.errors import AccessRefused
from sync.workspace.google.admin.errors import SharingRefused
from sync.workspace.google.errors import FolderRefused, ServiceDisabled
from tests.google_admin.office import AdminOffice


def test_an_address_that_google_refuses_is_named_by_its_place_alone(empty: AdminOffice) -> None:
    empty.google.faults.fail(
        400, method=r"permissions\.create$", path="permissions", nth=2, reason="invalidSharingRequest"
    )

    with pytest.raises(SharingRefused) as stopped:
        empty.setup()

    assert "entry" in str(stopped.value)
    assert "kantor.go.id" not in str(stopped.value)
    empty.google.faults.clear()
    empty.setup()


def test_an_api_that_is_switched_off_is_named(empty: AdminOffice) -> None:
    empty.google.faults.fail(403, kind="drive", reason="accessNotConfigured", times=0)

    with pytest.raises(AccessRefused) as stopped:
        empty.setup()

    assert isinstance(stopped.value, ServiceDisabled)


def test_a_form_that_may_not_be_opened_to_anyone_is_still_published(empty: AdminOffice) -> None:
    """An organisation may forbid it; then only those the form is shared with can answer."""
    empty.google.faults.fail(403, method=r"permissions\.create$", nth=1, reason="publishOutNotPermitted")

    report = empty.setup()

    assert any("did not open it to anyone" in line for line in report.left)
    form = empty.google.state.forms[empty.config().google.form_id].document
    assert form["publishSettings"]["publishState"]["isPublished"]


def test_a_drive_that_the_account_may_only_read_is_refused_at_once(empty: AdminOffice) -> None:
    empty.google.state.drives[empty.account.drive_id].members = {"*": "reader"}

    with pytest.raises(FolderRefused):
        empty.setup()

    assert empty.writes() == []

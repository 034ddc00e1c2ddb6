"""Indonesia's locale: what Google calls it is not documented, so setup asks and adapts, and nothing depends on it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_admin.office import AdminOffice


def locale_of(office: AdminOffice) -> str:
    return str(office.staff.book.properties["locale"])


@pytest.mark.parametrize("meaning", ["refused", "renamed", "kept"])
def test_setup_sets_the_code_that_google_takes(empty: AdminOffice, meaning: Any) -> None:
    """Whatever it makes of the code that it very probably does not have."""
    empty.google.settings.indonesian_locale = meaning

    report = empty.setup()

    assert locale_of(empty) == "in_ID"
    assert "spreadsheet: locale in_ID set" in report.done
    assert empty.doctor()["locale"].passed


def test_setup_tries_the_present_code_where_the_old_one_is_not_known(empty: AdminOffice) -> None:
    empty.google.settings.indonesian_locale = "kept"
    empty.google.faults.fail(400, kind="sheets_write", reason="INVALID_ARGUMENT")  # the very first write: in_ID

    empty.setup()

    assert locale_of(empty) == "id_ID"
    assert empty.doctor()["locale"].passed


def test_a_refused_locale_is_told_and_refuses_nothing_else(empty: AdminOffice) -> None:
    """The tabs, the time zone and the form are there; the operator reads what to click."""
    empty.google.settings.locales_refused = True

    report = empty.setup()

    assert locale_of(empty) == "en_US"
    assert empty.staff.book.properties["timeZone"] == "Asia/Pontianak"
    assert len(empty.staff.book.sheets) == 7
    assert any("Set it by hand" in line for line in report.left)
    check = empty.doctor()["locale"]
    assert (check.passed, check.error) == (False, None)
    assert "File, Settings" in check.found
    again = empty.setup()
    assert again.done == []
    assert empty.agenda("run", "--now", "2026-11-24T10:00").code != 1


def test_a_locale_that_google_takes_and_does_not_keep_is_seen(empty: AdminOffice) -> None:
    """The answer is not believed: the spreadsheet is read back."""

    def back() -> None:
        book = empty.staff.book
        book.properties = {**book.properties, "locale": "en_US"}

    empty.google.faults.before(back, nth=0, kind="sheets_read")

    report = empty.setup()

    assert any("Set it by hand" in line for line in report.left)


@pytest.mark.parametrize("lost", ["before", "after"])
def test_a_lost_answer_to_the_locale_costs_nothing(empty: AdminOffice, lost: str) -> None:
    drop = empty.google.faults.drop_before if lost == "before" else empty.google.faults.drop_after
    drop(kind="sheets_write")

    report = empty.setup()

    assert (locale_of(empty), report.left) == ("in_ID", [])
    empty.writes()
    empty.setup()
    assert empty.writes() == []


@pytest.mark.parametrize("code", ["in_ID", "id_ID", "id", "in"])
def test_the_doctor_accepts_what_google_made_of_it(office: AdminOffice, code: str) -> None:
    office.staff.book.properties["locale"] = code

    assert office.doctor()["locale"].passed
    assert office.setup().left == []

"""Setting up, cut off at every call, before and after its effect: the next attempt ends in the same office, once."""

from __future__ import annotations

import contextlib
from typing import Any
from unittest import mock

import pytest

from sync.config.made import MadeFile
from sync.errors import TryLater
from sync.workspace.google.admin import words
from sync.workspace.google.admin.errors import ListingLate, MadeTwice
from sync.workspace.google.transport import Transport
from tests.google.faults import Rule
from tests.google.state import DriveFile
from tests.google_admin.office import AdminOffice, Made, opened

CALLS = range(1, 29)
"""What a first setting up takes; ``wanted`` says so when that changes."""
ONE_OF_EACH = Made([words.SPREADSHEET_TITLE], [words.FOLDER_TITLE], [words.FORM_TITLE])


@pytest.fixture(scope="module")
def wanted(short_tabs: None, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What setting up ends in when nothing goes wrong."""
    with opened(tmp_path_factory.mktemp("whole")) as office:
        office.setup()
        methods = office.google.counters.methods
        assert sum(count for name, count in methods.items() if name != "token") == len(CALLS)
        return comparable(office)


def comparable(office: AdminOffice) -> Any:
    """The picture without the drive's id, which every account has its own of."""
    picture = office.picture()
    places = [picture.pop("places"), picture.pop("form place")]
    assert all(parents == [office.account.drive_id] for parents in (*places[0], places[1]))
    return picture


def retried(office: AdminOffice) -> None:
    """Set up until it goes through, as an operator would; each attempt is told what to do."""
    for _ in range(3):
        try:
            office.setup()
        except TryLater:
            continue
        return
    raise AssertionError("setting up never went through")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
def test_a_connection_lost_once_is_made_good(empty: AdminOffice, wanted: Any, call: int, after_effect: bool) -> None:
    empty.google.faults.add(Rule(nth=call, drop=True, after_effect=after_effect))

    retried(empty)

    assert comparable(empty) == wanted


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
def test_a_setup_that_dies_at_any_call_is_finished_by_the_next(
    empty: AdminOffice, wanted: Any, call: int, after_effect: bool
) -> None:
    """From that call on nothing gets through."""
    empty.google.faults.add(Rule(nth=call, drop=True, after_effect=after_effect))
    empty.google.faults.add(Rule(nth=call + 1, times=0, drop=True))
    with contextlib.suppress(TryLater):
        empty.setup()
    empty.google.faults.clear()

    retried(empty)

    assert empty.made() == ONE_OF_EACH
    assert comparable(empty) == wanted
    empty.writes()
    empty.setup()
    assert empty.writes() == []


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("call", CALLS)
def test_a_process_killed_between_two_calls_leaves_nothing_doubled(empty: AdminOffice, wanted: Any, call: int) -> None:
    """Not even the code that handles errors runs any more: only what was written beforehand is known."""
    seen = 0
    send = Transport.send

    def killing(self: Transport, *arguments: Any, **options: Any) -> Any:
        nonlocal seen
        seen += 1
        reply = send(self, *arguments, **options)
        if seen == call:
            raise Killed
        return reply

    with mock.patch.object(Transport, "send", killing), pytest.raises(Killed):
        empty.setup()

    retried(empty)

    assert comparable(empty) == wanted


@pytest.mark.parametrize("method", [r"files\.create$", r"forms\.create$"])
def test_a_late_listing_is_waited_for(empty: AdminOffice, wanted: Any, method: str) -> None:
    """The answer to making it was lost, and the listing is 40 seconds behind: wait, say so, find it."""
    empty.google.settings.list_lag_seconds = 40
    nth = 2 if "files" in method else 1
    empty.google.faults.drop_after(nth=nth, method=method)
    empty.google.faults.before(lambda: empty.google.clock.advance(6), nth=0, method=r"files\.list$")

    empty.setup()

    assert any("waiting for Google's listing" in line for line in empty.told)
    assert comparable(empty) == wanted


def test_a_listing_that_stays_behind_ends_in_try_later_and_never_in_a_second_one(empty: AdminOffice) -> None:
    empty.google.settings.list_lag_seconds = 10_000
    empty.google.faults.drop_after(nth=2, method=r"files\.create$")

    for _ in range(2):
        with pytest.raises(ListingLate) as stopped:
            empty.setup()
        assert stopped.value.exit_code == 4

    assert len(empty.made().spreadsheets) == 1
    empty.google.settings.list_lag_seconds = 0
    empty.setup()
    assert empty.made() == ONE_OF_EACH


def test_two_of_the_recorded_name_stop_it(empty: AdminOffice) -> None:
    """It cannot happen by the listing's own word; if it did, a person has to choose."""
    empty.google.faults.drop_after(nth=2, method=r"files\.create$")
    empty.google.faults.before(lambda: double(empty), nth=1, method=r"files\.list$")

    with pytest.raises(MadeTwice):
        empty.setup()


def double(office: AdminOffice) -> None:
    name = MadeFile(office.config_path).read()["spreadsheet_name"]
    state = office.google.state
    held = next(entry for entry in state.files.values() if entry.name == name and "spreadsheet" in entry.mime_type)
    twin: DriveFile = held.copy()
    twin.file_id = state.new_id(44)
    state.files[twin.file_id] = twin

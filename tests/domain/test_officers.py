"""A promotion or a farewell rewrites no history: roles and spells are judged on the day of the step."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from sync.domain.agenda import judge_book
from sync.domain.book import PRESENT
from sync.domain.finding import Code
from sync.domain.officers import read_officers, roles_on
from sync.domain.reading import read_book
from sync.domain.table import Cell
from sync.domain.tabs import OfficerCells
from tests import build

DAY = date(2026, 11, 17)


def spell(role: str = "Jafung", active: str = "Ya", since: Cell = None, until: Cell = None) -> OfficerCells:
    return OfficerCells("Rina Marlina", "198502022010012002", role, active, since, until)


def roles(*spells: OfficerCells, day: date = DAY, closed: bool = False) -> tuple[str, ...]:
    return roles_on(read_officers(spells), " rina  MARLINA", day, closed=closed)


def test_a_spell_counts_from_its_first_to_its_last_day_both_inclusive() -> None:
    dated = spell(since=date(2026, 11, 10), until=date(2026, 11, 17))
    assert roles(dated, day=date(2026, 11, 9)) == ()
    assert roles(dated, day=date(2026, 11, 10)) == ("Jafung",)
    assert roles(dated, day=date(2026, 11, 17)) == ("Jafung",)
    assert roles(dated, day=date(2026, 11, 18)) == ()


def test_a_promotion_is_two_spells_and_changes_nothing_before_its_day() -> None:
    promoted = spell("Staf", until=date(2026, 11, 17)), spell("Kepala Bidang", since=date(2026, 11, 18))
    assert roles(*promoted) == ("Staf",)
    assert roles(*promoted, day=date(2026, 11, 18)) == ("Kepala Bidang",)


def test_an_entry_without_dates_counts_for_every_day() -> None:
    assert roles(spell(), day=date(1999, 1, 1)) == roles(spell(), day=date(2099, 1, 1)) == ("Jafung",)


def test_set_inactive_without_an_end_it_counts_for_what_was_issued_alone() -> None:
    assert roles(spell(active="Tidak")) == ()
    assert roles(spell(active="Tidak"), closed=True) == ("Jafung",)


def test_an_end_date_decides_whether_set_inactive_or_not() -> None:
    """The farewell was noted twice; the visits before it were still hers to serve."""
    left = spell(active="Tidak", until=DAY)
    assert roles(left) == ("Jafung",)
    assert roles(left, day=date(2026, 11, 18), closed=True) == ()


@pytest.mark.parametrize("written", [date(2026, 11, 17), datetime(2026, 11, 17), "17/11/2026", "2026-11-17", 46343])
def test_a_date_may_be_written_in_any_way_a_sheet_holds_one(written: Cell) -> None:
    assert roles(spell(until=written)) == ("Jafung",)
    assert roles(spell(until=written), day=date(2026, 11, 18)) == ()


def test_a_date_that_is_none_limits_nothing_and_is_known_as_such() -> None:
    (officer,) = read_officers([spell(since="sejak pindah")])["rina marlina"]
    assert officer.misdated
    assert officer.serves(DAY, closed=False)


def _told(spells: list[OfficerCells], **staff: Cell) -> bool:
    """Tell whether the officer of a visit registered on Tuesday 17 November is not allowed."""
    moment = datetime(2026, 11, 17, 8, 26, 5)
    row = build.agenda_cells(registered_at=moment, officer="Rina Marlina", **staff)
    register = {"number": row.number, "response_key": "k", "responded_at": moment, "recorded_at": moment}
    snapshot = build.snapshot(
        agenda=[row._asdict()],
        register=[register | {"presence": PRESENT}],
        officers=[cells._asdict() for cells in spells],
    )
    book = read_book(snapshot, build.rules(), build.WIB)
    judged = judge_book(book, build.rules(), build.clock(), build.NOW)
    return Code.ACTOR_NOT_ALLOWED in {finding.code for finding in judged.rows[0].findings}


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        ([spell(until=date(2026, 11, 17))], False),
        ([spell(until=date(2026, 11, 16))], True),
        ([spell(since=date(2026, 11, 18))], True),
        ([spell("Front Office", until=date(2026, 11, 16)), spell("Staf", since=date(2026, 11, 17))], False),
        ([spell("Front Office", since=date(2026, 11, 17)), spell("Staf", until=date(2026, 11, 16))], True),
    ],
)
def test_a_visit_is_judged_by_the_spell_of_its_step_s_day(spells: list[OfficerCells], expected: bool) -> None:
    assert _told(spells, consultation_start=datetime(2026, 11, 17, 9, 30)) is expected


def test_a_name_beside_a_visit_that_nobody_started_is_not_judged_yet() -> None:
    assert not _told([spell("Front Office")])


def test_each_step_asks_for_the_spell_of_its_own_day() -> None:
    """Documentation a day later, after the spell had ended."""
    assert _told(
        [spell(until=DAY)],
        consultation_start=datetime(2026, 11, 17, 9, 30),
        consultation_end=datetime(2026, 11, 17, 10, 0),
        documentation_start=datetime(2026, 11, 18, 9, 0),
    )


def test_a_bare_time_is_of_the_registration_s_day() -> None:
    assert not _told([spell(until=DAY)], consultation_start=time(9, 30))
    assert _told([spell(until=date(2026, 11, 16))], consultation_start=time(9, 30))

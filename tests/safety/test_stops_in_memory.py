"""The stops as decisions: what each needs to be seen, what it lets pass, and which flag goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sync.domain.agenda import judge_book
from sync.domain.book import Book
from sync.domain.reading import read_book
from sync.domain.rules import Rules
from sync.domain.safety import Accepted, check_archive_there, check_numbers_in_archive, check_safety
from sync.domain.stops import (
    ArchiveGone,
    ArchiveListLost,
    ArchiveUnlisted,
    BookCopied,
    BookOfAnotherOffice,
    LedgerLost,
    NumbersInArchive,
)
from sync.domain.tabs import Tab
from sync.errors import AgendaEmptied, ClockWentBack
from tests import build
from tests.repair.office import an_office, delete_row, empty
from tests.run.office import MemoryOffice, an_office_with_work


def book_of(office: MemoryOffice, rules: Rules | None = None) -> Book:
    return read_book(office.workspace.read(tuple(office.workspace.tabs)), rules or build.rules(), build.WIB)


def check(office: MemoryOffice, rules: Rules | None = None, accepted: Accepted | None = None) -> None:
    rules = rules or build.rules()
    book = book_of(office, rules)
    judged = judge_book(book, rules, build.clock(), build.NOW)
    check_safety(book, judged, rules, build.NOW, accepted or Accepted())


def test_offices_in_order_pass() -> None:
    """A new one, a working one, one whose last run was cut off."""
    for office in (MemoryOffice(), an_office_with_work(), an_office()):
        check(office)


def test_an_emptied_agenda_goes_on_with_its_flag() -> None:
    """The operator has looked; the rows count as deleted from then on."""
    office = an_office()
    empty(office, Tab.AGENDA)

    with pytest.raises(AgendaEmptied):
        office.run()
    office.run(accepted=Accepted(missing_rows=True))
    office.run()

    assert {row["presence"] for row in office.rows(Tab.REGISTER)} == {"hilang"}


def test_half_of_the_rows_may_go() -> None:
    """Only more than half is taken for an accident."""
    office = an_office()
    for number in ("KONS-2026-0002", "KONS-2026-0003"):
        delete_row(office, Tab.AGENDA, number)

    check(office)


def test_an_empty_ledger_with_numbers_in_the_agenda_is_a_lost_one() -> None:
    """Whatever flags are given: going on would give every number again."""
    office = an_office()
    empty(office, Tab.REGISTER, Tab.ARCHIVE)

    with pytest.raises(LedgerLost) as stop:
        check(office, accepted=Accepted(True, True, True, True))
    assert stop.value.missing == tuple(f"KONS-2026-{order:04d}" for order in range(1, 5))


def test_a_number_typed_by_hand_into_a_new_book_is_no_lost_ledger() -> None:
    """Without a registration moment the job cannot have written it: it is a finding."""
    office = MemoryOffice()
    office.workspace.tabs["Agenda"].append(["KONS-2026-0001", None, None, "Diketik tangan"])

    check(office)


def test_a_ledger_that_ends_before_the_archive_list_does_is_a_lost_one() -> None:
    """Its highest number would be given again."""
    office = an_office()
    delete_row(office, Tab.REGISTER, "KONS-2026-0004")

    with pytest.raises(LedgerLost, match=r"has 3 numbers.*\(KONS-2026-0004\)"):
        office.run()


def test_a_row_taken_out_of_the_ledger_would_give_its_response_a_second_number() -> None:
    """So a gap is a loss too, wherever it is."""
    office = an_office()
    delete_row(office, Tab.REGISTER, "KONS-2026-0002")

    with pytest.raises(LedgerLost, match="KONS-2026-0002"):
        office.run()
    assert len(office.rows(Tab.AGENDA)) == 4


def test_an_emptied_archive_list_goes_on_with_its_flag() -> None:
    """Only when the files are gone as well; then everything is issued again."""
    office = an_office()
    empty(office, Tab.ARCHIVE)

    with pytest.raises(ArchiveListLost, match="5 of 5"):
        office.run()
    check(office, accepted=Accepted(missing_documents=True))


def test_half_of_the_shown_documents_may_lack_a_row() -> None:
    """Links that people copied into other rows stop nothing."""
    office = an_office()
    for row in office.workspace.tabs["Agenda"][2:]:
        row[office.workspace.tabs["Agenda"][0].index("Telaahan")] = "Telaahan Staf"

    check(office)


def other_prefix() -> Rules:
    return replace(build.rules(), number_prefix="LAIN")


def test_a_ledger_of_another_prefix_is_another_offices_book() -> None:
    """Nothing is read into it; the flag goes on."""
    office = an_office()

    with pytest.raises(BookOfAnotherOffice, match="4 of 4 numbers"):
        check(office, other_prefix())
    check(office, other_prefix(), Accepted(new_prefix=True))


def test_a_new_prefix_needs_its_flag_once() -> None:
    """Once the latest number bears it, the book is known, though most numbers are older."""
    office = an_office()
    grid = office.workspace.tabs["Register"]
    row = list(grid[1])
    row[:2], row[3] = ["LAIN-2026-0001", "f" * 32], build.NOW
    grid.append(row)

    check(office, other_prefix())


def test_an_office_that_came_from_another_prefix_long_ago_passes() -> None:
    """Most of its numbers are its own."""
    office = an_office()
    grid = office.workspace.tabs["Register"]
    grid.insert(1, ["LAMA-2025-0001", "e" * 32, datetime(2025, 3, 1), datetime(2025, 3, 1), "hilang"])

    check(office)


def test_a_clock_a_day_behind_mends_itself_and_more_is_a_stop() -> None:
    """With the flag it goes on."""
    office = an_office()
    office.run(build.NOW - timedelta(hours=20))

    with pytest.raises(ClockWentBack):
        office.run(datetime(2025, 11, 24, 10, 0))
    office.run(datetime(2025, 11, 24, 10, 0), accepted=Accepted(clock=True))


def found_in(office: MemoryOffice) -> list[tuple[str, bool]]:
    return [(document.path, False) for document in office.workspace.documents.values()]


def test_an_empty_book_beside_an_archive_of_registrations_stops() -> None:
    """Somebody put an empty book in the place of the office's own."""
    with pytest.raises(ArchiveUnlisted, match="tanda-registrasi"):
        check_numbers_in_archive(book_of(MemoryOffice()), found_in(an_office()), build.rules(), Accepted())


def test_an_empty_book_beside_papers_of_periods_and_another_offices_passes() -> None:
    """They say nothing of this office's numbers."""
    others = "2026/500.3.2.1/11 November/2026-11-02_LAIN-2026-0001_tanda-registrasi.docx"
    recap = "2026/500.3.11/11 November/2026-11-30_2026-11_rekap.docx"
    found = [(others, False), ("catatan.txt", False), (recap, False)]

    check_numbers_in_archive(book_of(MemoryOffice()), found, build.rules(), Accepted())


def test_a_book_that_lacks_a_number_of_the_archive_is_an_older_copy() -> None:
    """The message counts, names the first few and the file, and says the way on."""
    older = an_office(4)
    with pytest.raises(NumbersInArchive, match=r"lacks 2 number.*KONS-2026-0005, KONS-2026-0006; 2026-11-02_") as stop:
        check_numbers_in_archive(book_of(older), found_in(an_office(6)), build.rules(), Accepted())
    assert stop.value.numbers == ("KONS-2026-0005", "KONS-2026-0006")
    assert "agenda verify --rebuild" in str(stop.value)


def test_a_book_that_knows_its_archive_passes() -> None:
    """Every number there is in the ledger."""
    check_numbers_in_archive(book_of(an_office(6)), found_in(an_office(4)), build.rules(), Accepted())


def test_a_book_whose_newest_documents_another_issued_is_a_copy_until_that_is_accepted() -> None:
    """Once it is, its own documents are the newest."""
    office = an_office()
    found = [(path, True) for path, _ in found_in(office)]

    with pytest.raises(BookCopied, match="--accept-other-book"):
        check_numbers_in_archive(book_of(office), found, build.rules(), Accepted())
    check_numbers_in_archive(book_of(office), found, build.rules(), Accepted(other_book=True))


def test_a_list_of_documents_beside_an_empty_archive_stops() -> None:
    """The folder was moved, or its disk is not connected."""
    office = an_office()
    with pytest.raises(ArchiveGone, match="lists 6 filed"):
        check_archive_there(book_of(office), False, build.rules())
    check_archive_there(book_of(office), True, build.rules())
    check_archive_there(book_of(MemoryOffice()), False, build.rules())

"""Deleted rows come back as registration made them: once, whatever happens meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from sync.domain.repair.errors import NumberNeverGiven, ResponseGone, RowStands
from sync.domain.table import Cell
from sync.domain.tabs import Tab
from sync.errors import BookChanged
from sync.repair import restore
from tests import build
from tests.endtoend.office import DiskOffice
from tests.repair.office import an_office, bench, delete_row, empty
from tests.run.office import CutOff, CuttingWorkspace, MemoryOffice

ANSWERS = build.rules().columns.responses.headers.keys() - {"timestamp"}


def answers(office: MemoryOffice, number: str) -> dict[str, Cell]:
    (row,) = [row for row in office.rows(Tab.AGENDA) if row["number"] == number]
    return {field: row[field] for field in (*ANSWERS, "number", "registered_at")}


def test_a_deleted_row_comes_back_as_registration_made_it() -> None:
    """Number, moment and answers; the run that follows writes status, findings and links, and issues nothing."""
    office = an_office()
    before = answers(office, "KONS-2026-0002")
    delete_row(office, Tab.AGENDA, "KONS-2026-0002")
    office.run()

    restore(bench(office), "KONS-2026-0002")
    report = office.run()

    assert answers(office, "KONS-2026-0002") == before
    assert report.documents_filed == 0
    assert {row["presence"] for row in office.rows(Tab.REGISTER)} == {"di agenda"}
    assert all(row["receipt"] for row in office.rows(Tab.AGENDA))


def test_what_officers_had_typed_is_named_where_it_can_be_read() -> None:
    """The telaahan holds the text; the row comes back without it."""
    office = an_office()
    delete_row(office, Tab.AGENDA, "KONS-2026-0001")

    (row,) = restore(bench(office), "KONS-2026-0001").rows

    assert "2026/500.3.2.1/11 November/2026-11-02_KONS-2026-0001_telaahan.docx" in row.documents
    assert not any("tanda-registrasi" in path for path in row.documents)
    (now,) = [row for row in office.rows(Tab.AGENDA) if row["number"] == "KONS-2026-0001"]
    assert now.get("advice") is None


def test_a_number_that_stands_in_the_book_is_refused() -> None:
    """A second row of it would be two registrations under one number; asked twice, the second changes nothing."""
    office = an_office()
    delete_row(office, Tab.AGENDA, "KONS-2026-0003")
    restore(bench(office), "KONS-2026-0003")
    before = office.state()

    with pytest.raises(RowStands, match="row 5: KONS-2026-0003 stands there"):
        restore(bench(office), "KONS-2026-0003")

    assert office.state() == before


@pytest.mark.parametrize("number", ["KONS-2026-0099", "KONS-2025-0001", "bukan nomor"])
def test_a_number_never_given_is_refused(number: str) -> None:
    """Restoring gives no numbers."""
    office = an_office()

    with pytest.raises(NumberNeverGiven):
        restore(bench(office), number)


def test_a_row_whose_response_is_gone_is_refused_by_number_and_named_among_all() -> None:
    """An empty row would be issued a receipt of dashes; the others come back."""
    office = an_office()
    delete_row(office, Tab.RESPONSES, "Pengunjung 2")
    empty(office, Tab.AGENDA)

    with pytest.raises(ResponseGone, match="2026-11-02 08:15"):
        restore(bench(office), "KONS-2026-0002")
    done = restore(bench(office), None)

    assert [entry.number for entry in done.without_response] == ["KONS-2026-0002"]
    assert [row["number"] for row in office.rows(Tab.AGENDA)] == ["KONS-2026-0001", "KONS-2026-0003", "KONS-2026-0004"]


def test_all_puts_back_every_row_and_again_nothing() -> None:
    """An emptied agenda, and the outgoing book with it."""
    office = an_office()
    before = {number: answers(office, number) for number in ("KONS-2026-0001", "KONS-2026-0004")}
    empty(office, Tab.AGENDA, Tab.OUTGOING)

    first = restore(bench(office), None)
    office.run()
    state = office.state()
    second = restore(bench(office), None)

    assert len(first.rows) == 4
    assert len(first.outgoing) == 1
    assert {number: answers(office, number) for number in before} == before
    (outgoing,) = office.rows(Tab.OUTGOING)
    assert (outgoing["reference"], outgoing["kind"]) == ("KONS-2026-0001", "Telaahan Staf")
    assert outgoing["document"] is not None
    assert (second.rows, second.outgoing) == ((), ())
    assert office.state() == state


def test_two_at_once_put_a_row_back_once() -> None:
    """The second one's commit is refused; it reads again and finds the row there."""
    office = an_office()
    delete_row(office, Tab.AGENDA, "KONS-2026-0002")
    meanwhile: list[int] = []

    def another(call: int) -> None:
        if call == 1 and not meanwhile:
            meanwhile.append(call)
            restore(bench(office), "KONS-2026-0002")

    with pytest.raises(RowStands):
        restore(bench(office, CuttingWorkspace(office.workspace, between=another)), "KONS-2026-0002")

    assert [row["number"] for row in office.rows(Tab.AGENDA)].count("KONS-2026-0002") == 1


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("cut", [1, 2])
def test_a_restore_cut_off_anywhere_is_finished_by_starting_it_again(cut: int, after: bool) -> None:
    """One read, one commit: the row is back or it is not."""
    office = an_office()
    empty(office, Tab.AGENDA)
    with pytest.raises(CutOff):
        restore(bench(office, CuttingWorkspace(office.workspace, cut, after=after)), None)

    restore(bench(office), None)

    assert [row["number"] for row in office.rows(Tab.AGENDA)] == [f"KONS-2026-{n:04d}" for n in range(1, 5)]


def test_staff_who_never_stop_saving_make_a_restore_give_up_with_nothing_written() -> None:
    """Exit 4 after a few attempts, as of a run."""
    office = an_office()
    delete_row(office, Tab.AGENDA, "KONS-2026-0002")

    def type_something(call: int) -> None:
        office.type_into("KONS-2026-0003", remarks=f"catatan {call}")

    with pytest.raises(BookChanged):
        restore(bench(office, CuttingWorkspace(office.workspace, between=type_something)), "KONS-2026-0002")

    assert "KONS-2026-0002" not in [row["number"] for row in office.rows(Tab.AGENDA)]


def test_a_phone_that_lost_its_zero_and_an_unreadable_moment_come_back_as_registered() -> None:
    """Fields exactly as registration made them, also the odd ones."""
    office = MemoryOffice()
    office.respond(timestamp="kemarin sore", phone=81298187479, arrived="jam sepuluh")
    office.run(datetime(2026, 11, 2, 9, 0))
    before = answers(office, "KONS-2026-0001")
    empty(office, Tab.AGENDA)

    restore(bench(office), "KONS-2026-0001")

    assert answers(office, "KONS-2026-0001") == before
    assert before["phone"] == "081298187479"


def delete(office: DiskOffice, *numbers: str) -> None:
    def change(book: Any) -> None:
        sheet = book["Agenda"]
        for row in range(sheet.max_row, 1, -1):
            if sheet.cell(row, 1).value in numbers:
                sheet.delete_rows(row)

    office.edit(change)


def test_restore_on_disk_says_what_came_back_and_what_did_not(office: DiskOffice) -> None:
    """The command names the number and where the officers' text can be read."""
    visits = build.visits()[:6]
    office.import_visits(visits)
    office.run()
    office.type_visits(visits)
    office.run()
    telaahan = next(str(row["Rujukan"]) for row in office.rows("Arsip") if row["Jenis"] == "telaahan")
    delete(office, telaahan)

    outcome = office.agenda("restore", telaahan)
    again = office.agenda("restore", telaahan)

    assert outcome.code == 0
    assert f"{telaahan}: back in the agenda" in outcome.out
    assert f"_{telaahan}_telaahan.docx" in outcome.out
    assert again.code == 5
    assert office.run()["documents_filed"] == 0


def test_restore_all_on_disk_tells_in_json(office: DiskOffice) -> None:
    """Numbers and paths, nobody's answers."""
    office.import_visits(build.visits()[:4])
    office.run()
    delete(office, "KONS-2026-0002", "KONS-2026-0004")

    outcome = office.agenda("restore", "--all", "--json")

    assert outcome.code == 0
    assert [row["number"] for row in outcome.json()["restored"]] == ["KONS-2026-0002", "KONS-2026-0004"]
    assert office.agenda("restore", "--all").out == "no row is missing\n"


@pytest.mark.parametrize("arguments", [(), ("KONS-2026-0001", "--all"), ("--all", "--from-archive")])
def test_restore_wants_one_thing_named(office: DiskOffice, arguments: tuple[str, ...]) -> None:
    """Exit 2; nothing is guessed."""
    outcome = office.agenda("restore", *arguments)

    assert outcome.code == 2
    assert "a NUMBER, --all, --unmix or --from-archive" in outcome.err

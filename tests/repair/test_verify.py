"""Every way in which workbook and archive can differ has its name, its place, and a next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from sync.domain.book import ArchiveEntry
from sync.domain.repair.verify import Difference, FoundFile, compare_archive
from sync.domain.tabs import Tab
from sync.errors import LedgerBroken
from sync.repair import Comparison, verify
from tests import build
from tests.endtoend.office import DiskOffice, headers
from tests.repair.office import an_office, bench, delete_row, empty, visitor
from tests.run.office import CutOff, CuttingWorkspace, MemoryOffice


def kinds(comparison: Comparison) -> tuple[set[str], set[str]]:
    return {item.kind.value for item in comparison.errors}, {item.kind.value for item in comparison.notes}


def look(office: MemoryOffice) -> Comparison:
    return verify(bench(office), build.NOW)


def test_an_office_in_order_has_no_difference_and_no_note() -> None:
    """Right after a run everything agrees."""
    office = an_office()
    comparison = look(office)

    assert (comparison.errors, comparison.notes) == ((), ())
    assert (comparison.archive.whole, comparison.archive.pending) == (len(office.workspace.documents), 0)


def test_verify_writes_nothing() -> None:
    """It only looks."""
    office = an_office()
    empty(office, Tab.AGENDA)
    before = office.state()

    look(office)

    assert office.state() == before


def _set(office: MemoryOffice, tab: str, row: int, header: str, value: Any) -> None:
    grid = office.workspace.tabs[tab]
    grid[row][grid[0].index(header)] = value


def _respond(office: MemoryOffice) -> None:
    office.respond(**visitor(9, datetime(2026, 11, 3, 8, 0)))


def _typed_row(office: MemoryOffice) -> None:
    grid = office.workspace.tabs["Agenda"]
    grid.append([None, None, None, "Diketik tangan"])


def _copy_row(office: MemoryOffice) -> None:
    grid = office.workspace.tabs["Agenda"]
    grid.append(list(grid[2]))


def _documents_gone(office: MemoryOffice, part: str) -> None:
    documents = office.workspace.documents
    office.workspace.documents = {key: item for key, item in documents.items() if part not in item.path}


def _move(office: MemoryOffice) -> None:
    key, item = next(iter(office.workspace.documents.items()))
    office.workspace.documents[key] = replace(item, path=f"lain/{item.path}")


def _alter(office: MemoryOffice) -> None:
    key, item = next(iter(office.workspace.documents.items()))
    office.workspace.documents[key] = replace(item, content=item.content + b" ")


def _copy(office: MemoryOffice) -> None:
    office.workspace.strays["salinan.docx"] = next(iter(office.workspace.documents.values())).content


def _shift(office: MemoryOffice, row: int) -> None:
    """Somebody takes out a cell in the middle of the row, and the rest moves to the left."""
    grid = office.workspace.tabs["Agenda"]
    del grid[row][3]
    grid[row].append(None)


def _second_row(office: MemoryOffice) -> None:
    grid = office.workspace.tabs["Arsip"]
    grid.append(["lain", *grid[1][1:]])


def _revision_gap(office: MemoryOffice) -> None:
    for days, words in enumerate(("kedua", "ketiga"), start=1):
        office.type_into("KONS-2026-0001", advice=words)
        office.run(build.NOW + timedelta(days=days))
    path = next(item.path for item in office.workspace.documents.values() if "-r2" in item.path)
    delete_row(office, Tab.ARCHIVE, path)
    _documents_gone(office, "-r2")


def _changed_after_its_number(office: MemoryOffice) -> None:
    _set(office, "Agenda Keluar", 1, "Nomor Naskah", "500.3.2.1/12/KUKM")
    office.run()
    office.type_into("KONS-2026-0001", advice="Saran lain")


def _swap_names(office: MemoryOffice) -> None:
    names = {row["number"]: row["name"] for row in office.rows(Tab.AGENDA)}
    office.type_into("KONS-2026-0002", name=names["KONS-2026-0003"])
    office.type_into("KONS-2026-0003", name=names["KONS-2026-0002"])


ERRORS: dict[str, Callable[[MemoryOffice], object]] = {
    "missing": lambda office: _documents_gone(office, "KONS-2026-0002"),
    "altered": _alter,
    "wrong-place": _move,
    "copy": _copy,
    "unlisted": lambda office: office.workspace.tabs["Arsip"].pop(),
    "orphan": lambda office: office.workspace.strays.update({"catatan.txt": b"titipan"}),
    "unreadable": lambda office: office.workspace.faults.update({"pipa": "a named pipe, not a file"}),
    "listed-twice": _second_row,
    "list-row-broken": lambda office: _set(office, "Arsip", 2, "Revisi", "dua"),
    "revision-gap": _revision_gap,
    "number-gap": lambda office: delete_row(office, Tab.REGISTER, "KONS-2026-0002"),
    "document-without-number": lambda office: delete_row(office, Tab.REGISTER, "KONS-2026-0004"),
    "number-doubled": _copy_row,
    "number-unknown": lambda office: _set(office, "Agenda", 2, "No. Registrasi", "KONS-2026-0902"),
    "rows-mixed": _swap_names,
}
NOTES: dict[str, Callable[[MemoryOffice], object]] = {
    "number-without-row": lambda office: delete_row(office, Tab.AGENDA, "KONS-2026-0003"),
    "row-without-number": _typed_row,
    "response-without-number": _respond,
    "response-changed": lambda office: _set(office, "Respons", 2, "Uraian Singkat", "diubah"),
    "response-gone": lambda office: delete_row(office, Tab.RESPONSES, "Pengunjung 3"),
    "answers-shifted": lambda office: _shift(office, 2),
    "derived": lambda office: _set(office, "Agenda", 3, "Status", "apa saja"),
    "outgoing-without-document": lambda office: _set(office, "Agenda Keluar", 1, "Rujukan", "KONS-2026-0009"),
    "document-without-outgoing": lambda office: empty(office, Tab.OUTGOING),
    "document-closed": _changed_after_its_number,
}
SHOWN_ON_A_REAL_BACKEND = {"responses-elsewhere", "not-reproduced"}
"""By tests/endtoend/test_responses_elsewhere.py and tests/endtoend/test_reproduce.py."""


@pytest.mark.parametrize("kind", ERRORS)
def test_a_contradiction_is_named_as_an_error(kind: str) -> None:
    """Exit 5: somebody has to act before the record can be relied on."""
    office = an_office()
    ERRORS[kind](office)

    assert kind in kinds(look(office))[0]


@pytest.mark.parametrize("kind", NOTES)
def test_what_is_unfinished_or_was_for_people_to_decide_is_a_note_and_no_error(kind: str) -> None:
    """Exit 0: the next run mends it, or staff did it on purpose."""
    office = an_office()
    NOTES[kind](office)

    errors, notes = kinds(look(office))
    assert errors == set()
    assert kind in notes


@pytest.mark.parametrize(("filed", "kind"), [(False, "pending"), (True, "pending-filed")])
def test_a_run_cut_off_while_filing_is_a_note_that_says_whether_the_file_is_there(filed: bool, kind: str) -> None:
    """Scheduled and not recorded: the next run goes on."""
    office = an_office(1)
    _respond(office)
    with pytest.raises(CutOff):
        office.run(through=CuttingWorkspace(office.workspace, 4, after=filed))

    comparison = look(office)

    assert comparison.archive.pending == 1
    assert comparison.errors == ()
    assert kind in kinds(comparison)[1]


def test_a_report_whose_visits_have_changed_since_is_a_note() -> None:
    """It is issued again only when somebody asks for it."""
    office = an_office()
    office.run(datetime(2026, 12, 10, 8, 0))
    office.type_into("KONS-2026-0002", disposition="Dibatalkan")
    office.run(datetime(2026, 12, 10, 10, 0))

    assert kinds(verify(bench(office), datetime(2026, 12, 10, 10, 0))) == (set(), {"report-outdated"})


def test_every_kind_of_difference_is_shown_here() -> None:
    """A kind without an example is a promise nobody checked."""
    shown = {*ERRORS, *NOTES, *SHOWN_ON_A_REAL_BACKEND, "report-outdated", "pending", "pending-filed"}

    assert shown == {kind.value for kind in Difference}
    assert {kind.value for kind in Difference if kind.is_note} == shown - set(ERRORS) - SHOWN_ON_A_REAL_BACKEND


def test_a_response_that_came_twice_has_its_number_once_and_is_no_difference() -> None:
    """Copies of one response count as one."""
    office = an_office(2)
    grid = office.workspace.tabs["Respons"]
    grid.append(list(grid[1]))
    office.run()

    assert look(office).errors == ()


def test_a_number_doubled_in_the_ledger_stops_verify_with_its_row() -> None:
    """A ledger edited by hand cannot be read, and says where."""
    office = an_office()
    grid = office.workspace.tabs["Register"]
    grid.append(list(grid[1]))

    with pytest.raises(LedgerBroken, match="row 6: KONS-2026-0001 stands here a second time"):
        look(office)


def an_entry(**fields: Any) -> ArchiveEntry:
    plain = ArchiveEntry(
        position=0, id="a", reference="KONS-2026-0001", kind="telaahan", revision=1, description="", path="x/a.docx",
        scheduled_at=build.NOW, fingerprint="f", sha256="1", link="", filed=True,
    )  # fmt: skip
    return replace(plain, **fields)


def test_of_two_files_of_one_path_the_one_with_the_id_is_the_document() -> None:
    """A cloud drive takes two files of one name; the other one is named as a stranger."""
    files = [FoundFile("", "x/a.docx", "2"), FoundFile("a", "x/a.docx", "1")]

    comparison = compare_archive([an_entry()], files)

    assert comparison.whole == 1
    assert [(item.kind.value, item.path) for item in comparison.found] == [("orphan", "x/a.docx")]


def test_two_files_of_one_path_and_id_are_a_document_and_its_copy() -> None:
    """Neither is taken for the other's neighbour."""
    files = [FoundFile("a", "x/a.docx", "1"), FoundFile("", "x/a.docx", "1")]

    comparison = compare_archive([an_entry()], files)

    assert comparison.whole == 1
    assert [item.kind.value for item in comparison.found] == ["copy"]


def test_files_are_taken_one_by_one() -> None:
    """An archive of any size is walked once."""
    taken: list[int] = []

    def files() -> Any:
        for index in range(3):
            taken.append(index)
            yield FoundFile("", f"{index}.txt", "9")

    assert len(compare_archive([], files()).found) == 3
    assert taken == [0, 1, 2]


def test_verify_on_disk_tells_errors_and_notes_apart(office: DiskOffice) -> None:
    """A deleted row is for staff to decide (exit 0); a copied number is a contradiction (exit 5)."""
    office.import_visits(build.visits()[:4])
    office.run()
    office.edit(lambda book: book["Agenda"].delete_rows(5))
    quiet = office.agenda("verify", "--json", "--now", "2026-11-24T10:00")

    def double(book: Any) -> None:
        sheet = book["Agenda"]
        sheet.cell(3, headers(sheet)["No. Registrasi"]).value = "KONS-2026-0001"

    office.edit(double)
    loud = office.agenda("verify", "--json", "--now", "2026-11-24T10:00")

    assert quiet.code == 0
    assert quiet.json()["differences"] == []
    assert {item["kind"] for item in quiet.json()["notes"]} >= {"number-without-row"}
    assert all(item["next_step"] for item in quiet.json()["notes"])
    assert loud.code == 5
    assert [item["path"] for item in loud.json()["differences"]] == [
        "Agenda, row 2: KONS-2026-0001",
        "Agenda, row 3: KONS-2026-0001",
    ]


def test_verify_names_nobody(office: DiskOffice) -> None:
    """Rows and files, never what a cell says; also where somebody typed a name into the number's cell."""
    office.import_visits(build.visits()[:3])
    office.run()

    def type_a_name(book: Any) -> None:
        book["Agenda"].cell(3, 1).value = "Petrus Santoso"

    office.edit(type_a_name)
    outcome = office.agenda("verify", "--now", "2026-11-24T10:00")

    assert outcome.code == 5
    assert "Petrus" not in outcome.out + outcome.err

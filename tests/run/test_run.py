"""One run over the whole road, and the next one, which has nothing to do."""

from __future__ import annotations

import hashlib
from datetime import datetime, time
from typing import Any

import pytest

from sync.domain.archive import DocumentKind
from sync.domain.period import parse_period
from sync.domain.plan import Request
from sync.domain.safety import Accepted
from sync.domain.tabs import Tab
from sync.errors import (
    AgendaEmptied,
    ClockWentBack,
    HeaderDoubled,
    HeaderMissing,
    LedgerBroken,
    PathOccupied,
    TabMissing,
)
from tests.run.office import CutOff, CuttingWorkspace, MemoryOffice, an_office_with_work


def test_a_response_becomes_a_numbered_row_and_a_filed_receipt() -> None:
    """Form response → registration → agenda row → document → archive → record, in one run."""
    office = MemoryOffice()
    office.respond(phone=81298187479)

    report = office.run()

    (row,) = office.rows(Tab.AGENDA)
    (entry,) = office.rows(Tab.ARCHIVE)
    (ledger,) = office.rows(Tab.REGISTER)
    assert (report.registered, report.documents_filed) == (1, 1)
    assert row["number"] == ledger["number"] == "KONS-2026-0001"
    assert row["registered_at"] == ledger["responded_at"] == datetime(2026, 11, 2, 8, 26, 5)
    assert row["phone"] == "081298187479"
    assert row["status"] == "terdaftar"
    assert entry["state"] == "diarsipkan"
    assert entry["path"] == "2026/500.3.2.1/11 November/2026-11-02_KONS-2026-0001_tanda-registrasi.docx"
    (document,) = office.workspace.documents.values()
    assert entry["sha256"] == hashlib.sha256(document.content).hexdigest()
    assert row["receipt"] is not None


def test_a_second_run_with_nothing_new_plans_nothing_and_writes_nothing() -> None:
    """However often it is started, a run that has nothing to do leaves everything as it is."""
    office = an_office_with_work()
    office.run()
    before, revision = office.state(), office.workspace.read(["Agenda"]).revision

    report = office.run()

    assert (report.registered, report.documents_filed, report.rows_updated) == (0, 0, 0)
    assert office.state() == before
    assert office.workspace.read(["Agenda"]).revision == revision


def test_time_alone_changes_nothing_but_what_it_makes_true() -> None:
    """An hour later a finished and an untouched registration are what they were."""
    office = an_office_with_work()
    office.run()
    before = office.state()

    office.run(datetime(2026, 11, 24, 11, 0))

    assert office.state() == before


def test_a_finished_consultation_gets_a_telaahan_and_a_row_in_the_outgoing_book() -> None:
    """The draft waits for the clerk's number, and says so in the archive list."""
    office = an_office_with_work()

    office.run()

    kinds = {(entry["kind"], entry["reference"]): entry for entry in office.rows(Tab.ARCHIVE)}
    (outgoing,) = office.rows(Tab.OUTGOING)
    assert str(kinds["telaahan", "KONS-2026-0001"]["description"]).endswith(", konsep")
    assert (outgoing["reference"], outgoing["kind"]) == ("KONS-2026-0001", "Telaahan Staf")
    assert outgoing["official_number"] is None
    assert outgoing["document"] is not None


def test_the_clerks_number_issues_the_final_revision_once() -> None:
    """The job never invents an official number; typed in the outgoing book, it makes -r2."""
    office = an_office_with_work()
    office.run()
    grid = office.workspace.tabs["Agenda Keluar"]
    grid[1][grid[0].index("Nomor Naskah")] = "000.8/17/DISKOPUKM.B"

    office.run()
    again = office.run()

    paths = [str(entry["path"]) for entry in office.rows(Tab.ARCHIVE) if entry["kind"] == "telaahan"]
    assert [path.rpartition("_")[2] for path in paths] == ["telaahan.docx", "telaahan-r2.docx"]
    assert again.documents_filed == 0


def test_changed_inputs_make_a_revision_and_the_earlier_file_stays() -> None:
    """Write-once: a corrected row is a new document beside the old one."""
    office = an_office_with_work()
    office.run()
    first = dict(office.workspace.documents)
    office.type_into("KONS-2026-0001", advice="Saran yang diperbaiki")

    report = office.run()

    assert report.documents_filed == 1
    assert first.items() <= office.workspace.documents.items()
    assert any(document.path.endswith("_telaahan-r2.docx") for document in office.workspace.documents.values())


def test_numbers_follow_the_moment_of_the_response_not_the_row() -> None:
    """Within a run in response order, whatever order the rows stand in."""
    office = MemoryOffice()
    office.respond(timestamp=datetime(2026, 11, 3, 9, 0), name="Kedua")
    office.respond(timestamp=datetime(2026, 11, 2, 9, 0), name="Pertama")

    office.run()

    assert {row["name"]: row["number"] for row in office.rows(Tab.AGENDA)} == {
        "Pertama": "KONS-2026-0001",
        "Kedua": "KONS-2026-0002",
    }


def test_a_december_response_registered_in_january_keeps_decembers_year() -> None:
    """The number's year is the response's; January's own begin at one."""
    office = MemoryOffice()
    office.respond(timestamp=datetime(2026, 12, 31, 15, 50), name="Desember")
    office.respond(timestamp=datetime(2027, 1, 4, 8, 0), name="Januari")

    office.run(datetime(2027, 1, 4, 9, 0))

    numbers = {row["name"]: row["number"] for row in office.rows(Tab.AGENDA)}
    assert numbers == {"Desember": "KONS-2026-0001", "Januari": "KONS-2027-0001"}


def test_a_number_is_the_highest_ever_given_plus_one_though_its_row_is_deleted() -> None:
    """Never a count: a deleted row does not free its number."""
    office = MemoryOffice()
    for minute in (0, 20, 40):
        office.respond(timestamp=datetime(2026, 11, 2, 9, minute), name=f"Tamu {minute}")
    office.run()
    del office.workspace.tabs["Agenda"][3]
    office.respond(timestamp=datetime(2026, 11, 2, 10, 0), name="Berikut")

    report = office.run()

    assert [row["number"] for row in office.rows(Tab.AGENDA)] == ["KONS-2026-0001", "KONS-2026-0002", "KONS-2026-0004"]
    assert report.findings["row-deleted"] == 1


def test_a_sorted_book_keeps_every_cell_with_its_number() -> None:
    """Rows are known by number: sorting by name between two runs moves nothing to another's row."""
    office = MemoryOffice()
    for index, name in enumerate(("Wahyu", "Abdul", "Maria")):
        office.respond(timestamp=datetime(2026, 11, 2, 9, index * 20), name=name, phone=f"08129818747{index}")
    office.run()
    office.type_into("KONS-2026-0001", consultation_start=time(9, 5), officer="Andi Saputra")
    grid = office.workspace.tabs["Agenda"]
    grid[1:] = sorted(grid[1:], key=lambda row: str(row[grid[0].index("Nama Lengkap")]))

    office.run()

    rows = {row["name"]: (row["number"], row["status"]) for row in office.rows(Tab.AGENDA)}
    assert rows == {
        "Abdul": ("KONS-2026-0002", "terdaftar"),
        "Maria": ("KONS-2026-0003", "terdaftar"),
        "Wahyu": ("KONS-2026-0001", "konsultasi"),
    }


def test_a_row_pasted_twice_is_flagged_and_makes_no_competing_documents() -> None:
    """Until staff have settled which row is right, no document is made of either."""
    office = an_office_with_work()
    office.run()
    grid = office.workspace.tabs["Agenda"]
    grid.append([*grid[1]])
    grid[-1][grid[0].index("Saran")] = "Saran lain"

    report = office.run()

    assert report.findings["number-duplicate"] == 2
    assert report.documents_filed == 0
    assert office.run().rows_updated == 0


def test_a_row_typed_by_hand_is_flagged_and_never_numbered() -> None:
    """Numbers come from responses alone; what was typed stays."""
    office = MemoryOffice()
    office.workspace.tabs["Agenda"].append([None, None, None, "Tamu", *[None] * 33])

    report = office.run()

    (row,) = office.rows(Tab.AGENDA)
    assert report.findings["row-without-number"] == 1
    assert (row["number"], row["name"]) == (None, "Tamu")
    assert "tidak bernomor" in str(row["findings"])


def test_a_number_that_was_never_given_is_flagged() -> None:
    """A mistyped number is nobody's registration."""
    office = MemoryOffice()
    office.respond()
    office.run()
    office.workspace.tabs["Agenda"].append(["KONS-2026-0999", None, None, "Tamu", *[None] * 33])

    report = office.run()

    assert report.findings["number-unknown"] == 1
    assert office.run().documents_filed == 0


def test_a_cancelled_visit_has_a_status_and_no_findings() -> None:
    """BATAL in Keterangan ends all questions; the number stays given."""
    office = MemoryOffice()
    office.respond(name=None, phone=None)
    office.run()
    office.type_into("KONS-2026-0001", remarks="BATAL pemohon pulang")

    report = office.run()

    (row,) = office.rows(Tab.AGENDA)
    assert (row["status"], row["findings"]) == ("batal", None)
    assert report.findings == {}


def test_an_ended_month_gets_its_recap_once_and_on_demand_a_revision() -> None:
    """What the leadership has read does not multiply by itself; asked for, it says what is true now."""
    office = an_office_with_work()
    office.run()
    december = datetime(2026, 12, 1, 8, 0)
    request = Request(periods=((DocumentKind.RECAP, parse_period("2026-11")),))

    issued = office.run(december)
    office.type_into("KONS-2026-0002", remarks="BATAL")
    silent = office.run(december)
    asked = office.run(december, request)
    repeated = office.run(december, request)

    assert [path.rpartition("/")[2] for path in issued.paths] == ["2026-11-30_2026-11_rekap.docx"]
    assert silent.documents_filed == 0
    assert [path.rpartition("/")[2] for path in asked.paths] == ["2026-11-30_2026-11_rekap-r2.docx"]
    assert repeated.documents_filed == 0
    assert repeated.requested == asked.requested


def test_years_end_issues_month_quarter_half_year_and_year() -> None:
    """Four periods end at once; each gets one report."""
    office = an_office_with_work()
    office.run()

    report = office.run(datetime(2027, 1, 1, 8, 0))

    assert sorted(path.rpartition("/")[2] for path in report.paths) == [
        "2026-11-30_2026-11_rekap.docx",
        "2026-12-31_2026-12_rekap.docx",
        "2026-12-31_2026-Q4_rekap.docx",
        "2026-12-31_2026-S2_rekap.docx",
        "2026-12-31_2026_rekap.docx",
    ]


def test_a_changed_template_re_issues_a_few_and_holds_many_until_asked() -> None:
    """A moved paragraph must not flood the archive of years."""
    office = MemoryOffice()
    for index in range(30):
        office.respond(timestamp=datetime(2026, 11, 2, 8, index), name=f"Tamu {index}", phone=f"0812981874{index:02d}")
    office.run()
    office.documents.templates[DocumentKind.RECEIPT] = "b" * 64

    held = office.run()
    asked = office.run(request=Request(reissue=True))

    assert (held.documents_filed, held.held) == (0, {"tanda-registrasi": 30})
    assert (asked.documents_filed, asked.held) == (30, {})


def test_a_few_changed_documents_follow_a_changed_template_at_once() -> None:
    """The fingerprint is of fields and template."""
    office = MemoryOffice()
    office.respond()
    office.run()
    office.documents.templates[DocumentKind.RECEIPT] = "b" * 64

    report = office.run()

    assert [path.rpartition("_")[2] for path in report.paths] == ["tanda-registrasi-r2.docx"]


def test_an_emptied_agenda_stops_the_run_and_a_flag_goes_on() -> None:
    """More than half of the rows gone is no edit but an accident, until somebody says otherwise."""
    office = an_office_with_work()
    office.run()
    del office.workspace.tabs["Agenda"][1:]
    before = office.state()

    with pytest.raises(AgendaEmptied, match="2 of 2 registered rows"):
        office.run()
    untouched = office.state() == before
    accepted = office.run(accepted=Accepted(missing_rows=True))

    assert untouched
    assert accepted.findings == {"row-deleted": 2}
    assert office.run().findings == {"row-deleted": 2}


def test_a_clock_that_went_back_stops_the_run() -> None:
    """A year rolled back would flag every moment as future; small corrections go on."""
    office = an_office_with_work()
    office.run()

    with pytest.raises(ClockWentBack, match="2025-11-24"):
        office.run(datetime(2025, 11, 24, 10, 0))
    assert office.run(datetime(2026, 11, 24, 9, 58)).registered == 0


@pytest.mark.parametrize(
    ("tab", "header", "becomes", "error"),
    [
        ("Agenda", "Status", "Keadaan Status", HeaderMissing),
        ("Agenda", "Surel", "Nama Lengkap", HeaderDoubled),
        ("Respons", "Timestamp", "Cap Waktu", HeaderMissing),
        ("Register", "Kunci Respons", None, HeaderMissing),
    ],
    ids=str,
)
def test_a_missing_or_doubled_header_stops_the_run_with_its_name(
    tab: str, header: str, becomes: str | None, error: type[Exception]
) -> None:
    """Never by position: a column is its header, and without it nothing is written."""
    office = an_office_with_work()
    grid = office.workspace.tabs[tab]
    grid[0][grid[0].index(header)] = becomes
    before = office.state()

    with pytest.raises(error, match=becomes if error is HeaderDoubled else header):
        office.run()
    assert office.state() == before


def test_a_header_with_stray_spaces_and_another_case_is_found_wherever_it_stands() -> None:
    """Headers match after NFKC, case folding and collapsing spaces; a moved column is followed."""
    office = an_office_with_work()
    grid = office.workspace.tabs["Agenda"]
    at = grid[0].index("Nama Lengkap")
    for row in grid:
        row.append(row.pop(at))
    grid[0][-1] = "  NAMA\u00a0lengkap "

    report = office.run()

    assert report.registered == 1
    assert str(grid[0][-1]) == "  NAMA\u00a0lengkap "
    assert office.workspace.tabs["Agenda"][2][-1] == "Dayang Alkadrie"


def test_a_missing_tab_stops_the_run_with_its_name() -> None:
    """And says how to get it back."""
    office = an_office_with_work()
    del office.workspace.tabs["Register"]

    with pytest.raises(TabMissing, match=r"'Register' is missing.*agenda setup"):
        office.run()


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("No. Registrasi", "0001", "never wrote"),
        ("Kunci Respons", None, "response key"),
        ("Dicatat", "kemarin", "moment"),
    ],
)
def test_a_ledger_edited_by_hand_stops_the_run(column: str, value: Any, why: str) -> None:
    """Numbers rest on the ledger; what the job did not write there it does not trust."""
    office = an_office_with_work()
    grid = office.workspace.tabs["Register"]
    grid[1][grid[0].index(column)] = value

    with pytest.raises(LedgerBroken, match=why):
        office.run()


def test_a_file_in_a_documents_place_stops_only_that_document() -> None:
    """Others are filed and recorded before the run fails; the stranger is left alone."""
    office = an_office_with_work()
    place = "2026/500.3.2.1/11 November/2026-11-02_KONS-2026-0001_telaahan.docx"
    office.workspace.strays[place] = b"somebody's"

    with pytest.raises(PathOccupied, match="KONS-2026-0001_telaahan"):
        office.run()
    states = {str(entry["path"]): entry["state"] for entry in office.rows(Tab.ARCHIVE)}
    del office.workspace.strays[place]
    office.run()

    assert [state for path, state in states.items() if path != place] == ["diarsipkan"] * 3
    assert states[place] == "dijadwalkan"
    assert all(entry["state"] == "diarsipkan" for entry in office.rows(Tab.ARCHIVE))


def test_what_is_filed_and_no_longer_wanted_is_still_recorded() -> None:
    """A cut run filed a telaahan; before the next, an officer empties its advice: the file is not forgotten."""
    office = an_office_with_work()
    through = CuttingWorkspace(office.workspace, cut_at=5, after=True)
    with pytest.raises(CutOff):
        office.run(through=through)
    office.type_into("KONS-2026-0001", advice=None)

    office.run()

    filed = {document.path for document in office.workspace.documents.values()}
    assert {str(entry["path"]) for entry in office.rows(Tab.ARCHIVE) if entry["state"] == "diarsipkan"} == filed

"""Documents are filed once and for ever: what changed makes one revision beside the earlier file, and no more."""

from __future__ import annotations

from datetime import datetime

import pytest

from sync.domain.documents import DocumentKind
from sync.domain.period import parse_period
from sync.domain.plan import Request
from sync.domain.tabs import Tab
from sync.errors import PathOccupied
from tests.run.office import CutOff, CuttingWorkspace, MemoryOffice, an_office_with_work


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


def test_a_response_dated_years_ago_makes_no_report_of_every_month_since() -> None:
    """One wrong date must not fill the archive: periods count that hold a registration, or that the book has seen."""
    office = MemoryOffice()
    office.respond(timestamp=datetime(2001, 1, 15, 9, 0))
    office.respond()
    office.run(datetime(2026, 11, 24, 10, 0))
    office.run(datetime(2027, 2, 1, 8, 0))

    rekap = {row["reference"] for row in office.rows(Tab.ARCHIVE) if row["kind"] == "rekap"}
    of_2001, of_2026 = {"2001-01", "2001-Q1", "2001-S1", "2001"}, {"2026-11", "2026-12", "2026-Q4", "2026-S2", "2026"}
    assert rekap == of_2001 | of_2026 | {"2027-01"}


@pytest.mark.parametrize("moment", [datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59), 0.9999999999999, 2958465.5])
def test_a_response_of_no_possible_year_is_registered_as_of_now(moment: datetime | float) -> None:
    """Somebody typed over the Timestamp: the visit gets a number of this year, and every later run goes through."""
    office = MemoryOffice()
    office.respond(timestamp=moment)
    office.run()
    office.run(datetime(2027, 2, 1, 8, 0))

    assert [row["number"] for row in office.rows(Tab.REGISTER)] == ["KONS-2026-0001"]


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

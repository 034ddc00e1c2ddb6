"""A document says what was true on its day: what revises it, what numbers it, what closes it, and what is only told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from sync.domain.documents import DocumentKind
from sync.domain.period import parse_period
from sync.domain.plan import Request
from sync.domain.safety import Accepted
from sync.domain.tabs import Tab
from sync.errors import PeriodRefused, ReissueUnknown
from tests import build
from tests.run.office import CutOff, CuttingWorkspace, MemoryOffice, an_office_with_work

DAY = datetime(2026, 11, 24, 10, 0)
"""A Tuesday."""
NEXT = DAY + timedelta(days=1)
NUMBER = "KONS-2026-0001"
RECAP = DocumentKind.RECAP


def files(office: MemoryOffice, word: str = "telaahan") -> list[str]:
    paths = sorted(str(row["path"]).rpartition("/")[2] for row in office.rows(Tab.ARCHIVE))
    return [path for path in paths if f"_{word}" in path]


def said(office: MemoryOffice, name: str) -> dict[str, Any]:
    """The fields of a filed document, by the end of its name."""
    content = next(item.content for item in office.workspace.documents.values() if item.path.endswith(name))
    fields: dict[str, Any] = json.loads(content)[1]
    return fields


def findings(office: MemoryOffice, number: str = NUMBER) -> str:
    return next(str(row["findings"] or "") for row in office.rows(Tab.AGENDA) if row["number"] == number)


def clerk_types(office: MemoryOffice, reference: str = NUMBER, **cells: Any) -> None:
    grid = office.workspace.tabs["Agenda Keluar"]
    headers = build.rules().columns.outgoing.headers
    row = next(row for row in grid[1:] if row[grid[0].index(headers["reference"])] == reference)
    for field, value in cells.items():
        row.extend([None] * (len(grid[0]) - len(row)))
        row[grid[0].index(headers[field])] = value


class TestRevisions:
    def test_six_corrections_in_an_afternoon_make_one_revision_on_the_next_working_day(self) -> None:
        """The last state is what is issued; what waits is told in one short sentence."""
        office = an_office_with_work()
        office.run(DAY)
        for minute in range(6):
            office.type_into(NUMBER, advice=f"Saran {minute}")
            office.run(DAY + timedelta(minutes=minute))

        assert files(office) == ["2026-11-02_KONS-2026-0001_telaahan.docx"]
        assert "Telaahan Staf: perubahan hari ini terbit pada hari kerja berikutnya." in findings(office)
        office.run(NEXT)
        office.run(NEXT)
        assert [name.rpartition("_")[2] for name in files(office)] == ["telaahan-r2.docx", "telaahan.docx"]
        assert said(office, "telaahan-r2.docx")["saran"] == "Saran 5"
        assert "hari kerja berikutnya" not in findings(office)

    def test_what_waits_over_a_weekend_is_issued_on_monday(self) -> None:
        office = an_office_with_work()
        friday = datetime(2026, 11, 27, 15, 0)
        office.run(friday)
        office.type_into(NUMBER, advice="Diperbaiki")
        for day in (1, 2):
            office.run(friday + timedelta(days=day))
        assert len(files(office)) == 1
        office.run(friday + timedelta(days=3))
        assert len(files(office)) == 2

    def test_a_correction_taken_back_the_same_day_issues_nothing(self) -> None:
        office = an_office_with_work()
        office.run(DAY)
        office.type_into(NUMBER, advice="Salah ketik")
        office.run(DAY)
        office.type_into(NUMBER, advice="Saran")
        office.run(NEXT)
        assert len(files(office)) == 1

    def test_the_same_time_written_another_way_is_the_same_fact(self) -> None:
        office = an_office_with_work()
        office.run(DAY)
        office.type_into(NUMBER, consultation_start="08.30 WIB", officer=" Andi Saputra ")
        assert office.run(NEXT).documents_filed == 0

    def test_reissue_does_now_what_waits(self) -> None:
        office = an_office_with_work()
        office.run(DAY)
        office.type_into(NUMBER, advice="Diperbaiki")
        report = office.run(DAY, Request(reissue=(NUMBER,)))
        assert [path.rpartition("_")[2] for path in report.paths] == ["telaahan-r2.docx"]

    def test_asking_twice_issues_once(self) -> None:
        office = an_office_with_work()
        office.run(DAY)
        office.type_into(NUMBER, advice="Diperbaiki")
        office.run(DAY, Request(reissue=(NUMBER,)))
        assert office.run(DAY, Request(reissue=(NUMBER, "telaahan"))).documents_filed == 0

    def test_a_name_that_is_no_document_is_refused(self) -> None:
        with pytest.raises(ReissueUnknown, match="KONS-2026-0099"):
            an_office_with_work().run(DAY, Request(reissue=("KONS-2026-0099",)))


class TestFrame:
    """The frame revises nothing and holds for what is issued from now on."""

    def test_a_promotion_rewrites_no_letter(self) -> None:
        office = an_office_with_work()
        office.run(DAY)
        office.workspace.tabs["Petugas"][1][2] = "Kepala Bidang"
        assert office.run(NEXT).documents_filed == 0

    def test_an_officer_who_left_makes_no_past_row_wrong_and_no_document_new(self) -> None:
        office = an_office_with_work()
        office.run(DAY)
        office.workspace.tabs["Petugas"][1][3] = "Tidak"
        assert office.run(NEXT).documents_filed == 0
        assert "tidak aktif" not in findings(office)

    def test_a_changed_template_issues_nothing_by_itself(self) -> None:
        office = an_office_with_work()
        office.run(DAY)
        office.documents.templates = dict.fromkeys(DocumentKind, "b" * 64)
        assert office.run(NEXT).documents_filed == 0

    def test_a_changed_template_holds_for_all_of_a_kind_when_asked(self) -> None:
        """What is numbered stays closed to a kind; by its own name it is issued again."""
        office = an_office_with_work()
        office.run(DAY)
        clerk_types(office, official_number="17")
        office.run(DAY)
        office.documents.templates = dict.fromkeys(DocumentKind, "b" * 64)

        of_kind = office.run(NEXT, Request(reissue=("telaahan", "tanda-registrasi")))
        issued = sorted(path.rpartition("_")[2] for path in of_kind.paths)
        assert issued == ["disposisi-r2.docx", *["tanda-registrasi-r2.docx"] * 2]  # the sheet names the number
        by_name = office.run(NEXT, Request(reissue=(NUMBER,)))
        assert "telaahan-r3.docx" in [path.rpartition("_")[2] for path in by_name.paths]
        assert said(office, "telaahan-r3.docx")["nomor_naskah"] == "17"


class TestNumbered:
    def test_the_numbered_document_is_the_filed_draft_whatever_happened_since(self) -> None:
        """Reviewed is signed: a correction typed since is told, not included."""
        office = an_office_with_work()
        office.run(DAY)
        office.type_into(NUMBER, advice="Diketik sesudah diperiksa", name="Nama Lain")
        office.workspace.tabs["Petugas"][1][2] = "Kepala Bidang"
        clerk_types(office, official_number="000.8/17/DISKOPUKM.B")
        office.run(DAY + timedelta(hours=1))

        draft, final = said(office, "telaahan.docx"), said(office, "telaahan-r2.docx")
        assert final == draft | {"nomor_naskah": "000.8/17/DISKOPUKM.B", "konsep": False}
        assert "Telaahan Staf sudah bernomor; perubahan sesudahnya tidak ikut terbit." in findings(office)

    def test_a_closed_document_is_never_issued_again_by_itself(self) -> None:
        office = an_office_with_work()
        office.run(DAY)
        clerk_types(office, official_number="17")
        office.run(DAY)
        for day in range(1, 10):
            office.type_into(NUMBER, advice=f"Saran hari {day}")
            office.run(DAY + timedelta(days=day))
        assert [name.rpartition("_")[2] for name in files(office)] == ["telaahan-r2.docx", "telaahan.docx"]

    def test_it_bears_the_day_of_sending_else_the_day_of_the_number(self) -> None:
        office = an_office_with_work()
        office.run(DAY)
        clerk_types(office, official_number="17", sent_on=date(2026, 11, 26))
        office.run(NEXT)
        content = next(d.content for d in office.workspace.documents.values() if d.path.endswith("telaahan-r2.docx"))
        assert json.loads(content)[-1] == "2026-11-26"

    def test_a_run_cut_off_before_the_numbered_document_was_filed_files_the_same(self) -> None:
        """Also if the row was corrected in between."""
        for cut in range(1, 12):
            office = an_office_with_work()
            office.run(DAY)
            clerk_types(office, official_number="17")
            through = CuttingWorkspace(office.workspace, cut_at=cut)
            try:
                office.run(DAY, through=through)
            except CutOff:
                office.type_into(NUMBER, advice="Diketik sesudah diperiksa")
            office.run(DAY)
            assert said(office, "telaahan-r2.docx")["saran"] == "Saran", cut
            assert len(files(office)) == 2


class TestCancelled:
    def test_what_was_issued_is_marked_wherever_it_is_linked_and_stays(self) -> None:
        office = an_office_with_work()
        office.run(DAY)
        office.type_into(NUMBER, remarks="BATAL, salah daftar")
        office.run(NEXT)
        row = next(row for row in office.rows(Tab.AGENDA) if row["number"] == NUMBER)
        assert row["telaahan"] == "Telaahan Staf KONS-2026-0001 (dibatalkan)"
        assert str(office.rows(Tab.OUTGOING)[0]["document"]).endswith("(dibatalkan)")
        assert len(files(office)) == 1
        office.type_into(NUMBER, remarks=None)
        office.run(NEXT)
        assert not str(office.rows(Tab.OUTGOING)[0]["document"]).endswith("(dibatalkan)")


def asked(period: str) -> Request:
    return Request(periods=((RECAP, parse_period(period)),))


def with_open_visit() -> MemoryOffice:
    office = an_office_with_work()
    office.run(DAY)
    return office


class TestReports:
    def test_a_report_asked_for_early_is_an_interim_one_and_costs_the_month_nothing(self) -> None:
        office = with_open_visit()
        early = office.run(DAY, asked("2026-11"))
        assert [path.rpartition("/")[2] for path in early.requested] == ["2026-11-24_2026-11-sementara_rekap.docx"]
        told = said(office, "2026-11-sementara_rekap.docx")
        assert told["periode"] == told["rentang"] == "1 sampai dengan 24 November 2026 (SEMENTARA)"
        office.run(datetime(2026, 12, 4, 8, 0))
        assert "2026-11-30_2026-11_rekap.docx" in files(office, "rekap")

    def test_an_interim_report_compares_equal_spans(self) -> None:
        office = with_open_visit()
        for day in (3, 30):
            office.respond(timestamp=datetime(2026, 10, day, 9, 0), name=f"Tamu {day}", phone="081298187400")
        office.run(DAY, asked("2026-11"))
        rows = said(office, "2026-11-sementara_rekap.docx")["perbandingan"]
        assert rows[1]["periode"] == "1 sampai dengan 24 Oktober 2026"
        assert rows[1]["jumlah"] == "1"

    def test_asked_again_the_same_day_without_a_change_it_is_not_issued_again(self) -> None:
        office = with_open_visit()
        office.run(DAY, asked("2026-Q4"))
        again = office.run(DAY + timedelta(hours=1), asked("2026-Q4"))
        assert again.documents_filed == 0
        assert [path.rpartition("/")[2] for path in again.requested] == ["2026-11-24_2026-Q4-sementara_rekap.docx"]
        other_day = office.run(NEXT, asked("2026-Q4"))
        assert other_day.requested[0].endswith("2026-11-25_2026-Q4-sementara_rekap-r2.docx")

    def test_the_final_waits_for_the_third_working_day_s_closing_time(self) -> None:
        office = with_open_visit()
        for moment in (datetime(2026, 12, 1, 8, 0), datetime(2026, 12, 3, 15, 59)):
            office.run(moment)
            assert files(office, "rekap") == []
        office.run(datetime(2026, 12, 3, 16, 0))
        assert files(office, "rekap") == ["2026-11-30_2026-11_rekap.docx"]

    def test_the_final_is_issued_as_soon_as_every_visit_is_done(self) -> None:
        office = with_open_visit()
        office.type_into("KONS-2026-0002", remarks="BATAL")
        office.run(datetime(2026, 12, 1, 8, 0))
        assert files(office, "rekap") == ["2026-11-30_2026-11_rekap.docx"]

    def test_a_visit_of_december_registered_in_january_is_in_the_year_s_reports(self) -> None:
        office = with_open_visit()
        office.run(datetime(2026, 12, 31, 16, 0))
        office.respond(timestamp=datetime(2026, 12, 31, 15, 55), name="Terlambat", phone="081298187411")
        office.run(datetime(2027, 1, 4, 8, 0))
        office.run(datetime(2027, 1, 8, 8, 0))
        assert said(office, "_2026-12_rekap.docx")["angka"]["konsultasi"] == "1"
        assert said(office, "_2026_rekap.docx")["angka"]["konsultasi"] == "3"

    def test_what_changes_afterwards_is_told_by_how_many_visits_and_issued_when_asked(self) -> None:
        office = with_open_visit()
        office.run(datetime(2026, 12, 4, 8, 0))
        office.type_into("KONS-2026-0002", follow_up="Perlu berkas")
        quiet = office.run(datetime(2026, 12, 7, 8, 0))
        told = [str(row["subject"]) for row in office.rows(Tab.RECAP)]
        assert quiet.documents_filed == 0
        assert "Rekap Telaahan Laporan November 2026: 1 kunjungan berubah" in told
        office.run(datetime(2026, 12, 7, 8, 0), asked("2026-11"))
        assert "2026-11-30_2026-11_rekap-r2.docx" in files(office, "rekap")
        office.run(datetime(2026, 12, 7, 8, 0))
        assert not any("kunjungan berubah" in str(row["subject"]) for row in office.rows(Tab.RECAP))

    @pytest.mark.parametrize("period", ["2026-12", "2027", "2026-10", "2026-Q3", "2025"])
    def test_a_period_not_begun_or_before_the_first_visit_is_refused(self, period: str) -> None:
        office = with_open_visit()
        before = office.state()
        with pytest.raises(PeriodRefused):
            office.run(DAY, asked(period))
        assert office.state() == before

    def test_a_clock_that_was_ahead_once_takes_no_month_its_report(self) -> None:
        office = with_open_visit()
        office.run(datetime(2027, 1, 15, 9, 0))
        early = files(office, "rekap")
        back = Accepted(clock=True)
        office.run(DAY, accepted=back)
        assert files(office, "rekap") == early
        office.type_into("KONS-2026-0002", topic="Pengaduan")
        office.run(datetime(2026, 12, 4, 8, 0), accepted=back)
        assert "2026-11-30_2026-11_rekap-r2.docx" in files(office, "rekap")

    def test_of_two_runs_at_once_the_earlier_one_issues_no_second_final(self) -> None:
        """The other one began half a minute later and was first: its final is dated after this run's moment."""
        office = with_open_visit()
        office.run(datetime(2026, 12, 4, 8, 0, 30))
        office.run(datetime(2026, 12, 4, 8, 0))
        assert files(office, "rekap") == ["2026-11-30_2026-11_rekap.docx"]

    def test_a_numbered_report_is_the_filed_draft(self) -> None:
        office = with_open_visit()
        office.run(datetime(2026, 12, 4, 8, 0))
        office.type_into("KONS-2026-0002", follow_up="Perlu berkas")
        clerk_types(office, "2026-11", official_number="900.1")
        office.run(datetime(2026, 12, 4, 9, 0))
        draft, final = said(office, "2026-11_rekap.docx"), said(office, "2026-11_rekap-r2.docx")
        assert final == draft | {"nomor_naskah": "900.1", "konsep": False}


def test_the_closing_days_stand_in_config() -> None:
    rules = build.rules()
    assert rules.issue.closing_days == 3
    assert replace(rules.issue, closing_days=0).closing_days == 0

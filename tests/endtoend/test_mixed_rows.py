"""Rows mixed by accident, from the spreadsheet program to the archive and back, through the command line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests import build
from tests.endtoend.office import DiskOffice, Outcome, headers

LATER = "2026-11-26T10:00"
VISITS = 12


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> DiskOffice:
    """Twelve visits, all that officers typed, and a run that saw it."""
    office = DiskOffice.make(tmp_path_factory.mktemp("kantor"))
    visits = build.visits()[:VISITS]
    office.import_visits(visits)
    office.run()
    office.type_visits(visits)
    office.run()
    return office


@pytest.fixture
def desk(settled: DiskOffice, tmp_path: Path) -> DiskOffice:
    """An office of its own, as :func:`settled` left it."""
    return DiskOffice(Path(shutil.copytree(settled.folder, tmp_path / "kantor")))


def rearrange(office: DiskOffice, columns: Sequence[str], order: Callable[[list[Any]], list[Any]]) -> None:
    """Give each of the columns another order below its header, and leave the others alone."""

    def change(workbook: Any) -> None:
        sheet = workbook["Agenda"]
        places = headers(sheet)
        rows = range(2, 2 + VISITS)
        for column in columns:
            cells = [sheet.cell(row, places[column]).value for row in rows]
            for row, value in zip(rows, order(cells), strict=True):
                sheet.cell(row, places[column]).value = value

    office.edit(change)


def backwards(cells: list[Any]) -> list[Any]:
    return cells[::-1]


def swapped(cells: list[Any]) -> list[Any]:
    return [cells[1], cells[0], *cells[2:]]


def mixed(office: DiskOffice, now: str = LATER) -> dict[str, str]:
    """The sentence of each row that is told, by number."""
    return {
        row["number"]: finding["message"]
        for row in office.check(now)["registrations"]
        for finding in row["findings"]
        if finding["code"] == "rows-mixed"
    }


def own(office: DiskOffice) -> list[dict[str, Any]]:
    """What people read in the agenda, without what the job derives."""
    derived = ("Status", "Temuan", "Tanda Registrasi", "Telaahan")
    rows = [{header: cell for header, cell in row.items() if header not in derived} for row in office.rows("Agenda")]
    return sorted(rows, key=lambda row: str(row["No. Registrasi"]))


def verify(office: DiskOffice) -> Outcome:
    return office.agenda("verify", "--json", "--now", LATER)


@pytest.mark.parametrize(
    ("columns", "order"),
    [
        (["Nama Lengkap"], backwards),
        (["Nama Lengkap", "Nomor HP/WhatsApp", "Petugas"], backwards),
        (["Waktu Registrasi"], backwards),
        (["No. Registrasi"], swapped),
        (["No. Registrasi"], backwards),
        (["Saran", "Simpulan"], backwards),
        (["Mulai Konsultasi"], swapped),
        (["Surel", "Nama Koperasi/Instansi"], lambda cells: [*cells[1:], cells[0]]),
    ],
)
def test_a_mixture_makes_no_document_and_goes_back(
    desk: DiskOffice, columns: list[str], order: Callable[[list[Any]], list[Any]]
) -> None:
    """Told by the next run; put back by the repair; and the run after it has nothing to issue."""
    before, files = own(desk), desk.files()
    rearrange(desk, columns, order)

    report = desk.run(LATER)
    told = mixed(desk)
    verified = verify(desk)
    shown = desk.agenda("restore", "--unmix", "--dry-run")
    mended = desk.agenda("restore", "--unmix")
    after = desk.run(LATER)

    assert report["documents_filed"] == 0
    assert report["findings"]["rows-mixed"] == len(told) > 0
    assert all(re.search(r"(milik|kini di) KONS-2026-\d{4}", sentence) for sentence in told.values())
    assert verified.code == 5
    assert {item["kind"] for item in verified.json()["differences"]} == {"rows-mixed"}
    assert (shown.code, mended.code) == (0, 0), shown.err + mended.err
    assert own(desk) == before
    assert after["documents_filed"] == 0
    assert "rows-mixed" not in after["findings"]
    assert [path for path in desk.files() if path.endswith(".docx")] == [p for p in files if p.endswith(".docx")]
    assert verify(desk).code == 0


def test_the_dry_run_names_columns_and_numbers_and_changes_nothing(desk: DiskOffice) -> None:
    rearrange(desk, ["Nama Lengkap"], swapped)
    before = desk.book.read_bytes()
    names = [str(row["Nama Lengkap"]) for row in desk.rows("Agenda")]

    shown = desk.agenda("restore", "--unmix", "--dry-run")

    assert "KONS-2026-0001: Nama Lengkap: back from the row of KONS-2026-0002" in shown.out
    assert "nothing was written" in shown.out
    assert not any(name in shown.out for name in names)
    assert desk.book.read_bytes() == before


def test_told_in_row_log_and_recap_without_a_word_of_content(desk: DiskOffice) -> None:
    names = [str(row["Nama Lengkap"]) for row in desk.rows("Agenda")]
    rearrange(desk, ["Nama Lengkap"], swapped)

    outcome = desk.agenda("run", "--now", LATER, "--log", "json")

    assert outcome.code == 0
    assert '"event": "rows-mixed"' in outcome.err
    assert '"rows": 2, "numbers": "KONS-2026-0001,KONS-2026-0002"' in outcome.err
    assert not any(name in outcome.err for name in names)
    rows = {row["No. Registrasi"]: str(row["Temuan"]) for row in desk.rows("Agenda")}
    assert "Nama Lengkap milik KONS-2026-0002" in rows["KONS-2026-0001"]
    recap = {row["Uraian"]: row for row in desk.rows("Rekap")}
    assert recap["Isi baris tertukar dengan registrasi lain"]["Tahun Ini"] == 2


def test_a_new_visitor_still_gets_number_and_receipt(desk: DiskOffice) -> None:
    rearrange(desk, ["Nama Lengkap", "Saran"], backwards)
    desk.import_visits(build.visits()[VISITS : VISITS + 1])

    report = desk.run(LATER)

    assert (report["registered"], report["documents_filed"]) == (1, 1)
    assert f"KONS-2026-{VISITS + 1:04d}" not in mixed(desk)


def test_an_accepted_row_is_issued_as_it_stands(desk: DiskOffice) -> None:
    """And the others are not, until they are accepted too."""
    names = {row["No. Registrasi"]: str(row["Nama Lengkap"]) for row in desk.rows("Agenda")}
    rearrange(desk, ["Nama Lengkap"], swapped)
    desk.run(LATER)

    report = desk.run(LATER, "--accept-mixed", "KONS-2026-0001")

    assert mixed(desk).keys() == {"KONS-2026-0002"}
    assert report["documents"]
    assert all("KONS-2026-0001" in path for path in report["documents"])
    receipt = next(path for path in report["documents"] if "tanda-registrasi" in path)
    text = "\n".join(cell.text for table in Document(str(desk.archive / receipt)).tables for cell in table._cells)
    assert names["KONS-2026-0002"] in text
    desk.run(LATER, "--accept-mixed", "KONS-2026-0001", "KONS-2026-0002")
    assert mixed(desk) == {}
    assert verify(desk).code == 0


def test_accepting_a_number_that_no_row_bears_stops(desk: DiskOffice) -> None:
    outcome = desk.agenda("run", "--now", LATER, "--accept-mixed", "KONS-2026-0999")

    assert outcome.code == 5
    assert "KONS-2026-0999" in outcome.err


def test_no_report_is_made_of_a_mixture(desk: DiskOffice) -> None:
    """Neither at the end of the period nor when asked for; the rest of the run is done, and it says what to do."""
    rearrange(desk, ["Saran", "Nama Lengkap"], backwards)

    ended = desk.run("2026-12-10T10:00")
    asked = desk.agenda("recap", "2026-11", "--now", "2026-12-10T10:00")

    assert not any("_2026-11_rekap" in path or "agenda-masuk" in path for path in ended["documents"])
    assert asked.code == 5
    assert "agenda restore --unmix" in asked.err
    assert desk.agenda("restore", "--unmix").code == 0
    assert any("_2026-11_rekap" in path for path in desk.run("2026-12-10T10:00")["documents"])


def test_a_broken_name_is_told_and_comes_back_from_the_response(desk: DiskOffice) -> None:
    before = own(desk)
    rearrange(desk, ["Nama Lengkap"], lambda cells: ["#REF!", *cells[1:]])

    report = desk.run(LATER)
    mended = desk.agenda("restore", "--unmix")

    assert report["documents_filed"] == 0
    assert mended.code == 0
    assert own(desk) == before


def test_sorts_of_whole_rows_and_ordinary_work_are_not_told(desk: DiskOffice) -> None:
    def change(workbook: Any) -> None:
        sheet = workbook["Agenda"]
        places = headers(sheet)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=1 + VISITS)]
        rows.sort(key=lambda cells: str(cells[places["Nama Lengkap"] - 1]), reverse=True)
        for position, cells in enumerate(rows, start=2):
            for column, value in enumerate(cells, start=1):
                sheet.cell(position, column).value = value
        for position in range(3, 9):
            sheet.cell(position, places["Saran"]).value = sheet.cell(2, places["Saran"]).value
            sheet.cell(position, places["Petugas"]).value = sheet.cell(2, places["Petugas"]).value
        sheet.cell(4, places["Nama Lengkap"]).value = "Nama Yang Dibetulkan"

    desk.edit(change)

    assert "rows-mixed" not in desk.run(LATER)["findings"]
    assert verify(desk).code == 0

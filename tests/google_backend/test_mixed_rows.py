"""Mixed rows on Google: told, held back, put back in one commit, or accepted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync.domain.compliance import Clock
from sync.domain.plan import Request
from sync.domain.repair.errors import UnmixIncomplete
from sync.domain.safety import Accepted
from sync.job import run
from sync.office import Office
from sync.repair import Bench, unmix, verify
from tests.google_backend.office import GoogleOffice
from tests.google_backend.road import NOW, PlainMaker, a_run, submit

DERIVED = ("Status", "Temuan", "Tanda Registrasi", "Telaahan")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[GoogleOffice]:
    """Four visitors, and a conclusion for each."""
    opened = GoogleOffice(tmp_path)
    submit(opened, 4)
    a_run(opened)
    put(opened, "Simpulan", [f"Simpulan kunjungan {order}" for order in range(1, 5)])
    a_run(opened)
    yield opened
    opened.close()


def put(office: GoogleOffice, header: str, cells: list[Any]) -> None:
    column = office.staff.column("Agenda", header)
    for row, cell in enumerate(cells, start=2):
        office.staff.edit("Agenda", row, header, cell, typed=False)
    assert column >= 0


def own(office: GoogleOffice) -> list[list[Any]]:
    """The agenda without what the job derives, by number."""
    headers = [header for header in office.staff.rows("Agenda")[0] if header not in DERIVED]
    return sorted([list(row) for row in zip(*(office.column("Agenda", header) for header in headers), strict=True)])


def bench(office: GoogleOffice) -> Bench:
    config = office.config()
    clock = Clock(config.rules.calendar, config.rules.wall_clock, config.utc_offset)
    return Bench(office.open(), config.rules, clock, lambda content: None, office.clock.sleep)


def accept(office: GoogleOffice, *numbers: str) -> None:
    config = office.config()
    clock = Clock(config.rules.calendar, config.rules.wall_clock, config.utc_offset)
    whole = Office(office.open(), config.rules, clock, PlainMaker(), office.clock.sleep)
    run(whole, NOW, Request(accept_mixed=frozenset(numbers)), Accepted())


@pytest.mark.parametrize("header", ["Nama Lengkap", "Waktu Registrasi", "Simpulan", "No. Registrasi", "Waktu Datang"])
def test_a_column_sorted_alone_makes_no_document_and_goes_back(office: GoogleOffice, header: str) -> None:
    """A new visitor in the same interval still gets a receipt."""
    before, files = own(office), office.files()
    put(office, header, office.column("Agenda", header)[::-1])
    submit(office, 1, first=5)

    report = a_run(office)
    told = office.column("Agenda", "Temuan")[:4]

    assert report.findings["rows-mixed"] == 4
    assert all("milik KONS-2026-000" in str(cell) for cell in told)
    assert [name for name in office.files() if name not in files] == [
        name for name in office.files() if "KONS-2026-0005" in name
    ]
    assert {item.kind.value for item in verify(bench(office), NOW).errors} == {"rows-mixed"}

    unmix(bench(office), write=True, show=lambda unmixing: None)
    after = a_run(office)

    assert own(office)[:4] == before
    assert "rows-mixed" not in after.findings
    assert after.documents_filed == 0


def test_numbers_that_changed_places_go_back_alone(office: GoogleOffice) -> None:
    """What the office keeps in columns of its own stays in the rows it was typed into."""
    office.staff.insert_column("Agenda", "Keterangan", "Map")
    put(office, "Map", ["merah", "kuning", "hijau", "biru"])
    before = office.staff.rows("Agenda")
    numbers = office.column("Agenda", "No. Registrasi")
    put(office, "No. Registrasi", [numbers[1], numbers[0], *numbers[2:]])

    a_run(office)
    office.google.counters.reset()
    unmix(bench(office), write=True, show=lambda unmixing: None)
    methods = office.methods()
    a_run(office)

    assert office.staff.rows("Agenda") == before
    assert sum(count for name, count in methods.items() if "batchUpdate" in name) == 1


def test_a_cell_typed_since_is_left_and_named(office: GoogleOffice) -> None:
    conclusions = office.column("Agenda", "Simpulan")
    put(office, "Simpulan", [conclusions[1], conclusions[0], *conclusions[2:]])
    a_run(office)
    office.staff.edit("Agenda", 2, "Simpulan", "Simpulan yang diketik kemudian")

    with pytest.raises(UnmixIncomplete):
        unmix(bench(office), write=True, show=lambda unmixing: None)

    assert office.column("Agenda", "Simpulan")[0] == "Simpulan yang diketik kemudian"


def test_accepted_rows_are_issued_as_they_stand(office: GoogleOffice) -> None:
    names = office.column("Agenda", "Nama Lengkap")
    put(office, "Nama Lengkap", [names[1], names[0], *names[2:]])
    a_run(office)

    accept(office, "KONS-2026-0001", "KONS-2026-0002")
    again = a_run(office)

    assert "rows-mixed" not in again.findings
    assert verify(bench(office), NOW).errors == ()


def test_an_idle_run_writes_nothing(office: GoogleOffice) -> None:
    before = office.google.snapshot().spreadsheets
    a_run(office)

    assert {key: book.sheets[0].rows for key, book in before.items()} == {
        key: book.sheets[0].rows for key, book in office.google.state.spreadsheets.items()
    }

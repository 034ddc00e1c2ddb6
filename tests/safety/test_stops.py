"""Where going on could cost data the run stops, on disk through the command line: exit 5, what was seen, the way on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import build
from tests.endtoend.office import DiskOffice, headers

Change = Callable[[Any], None]


def delete(tab: str, *rows: int) -> Change:
    def change(book: Any) -> None:
        for row in sorted(rows, reverse=True):
            book[tab].delete_rows(row)

    return change


def emptied(*tabs: str) -> Change:
    def change(book: Any) -> None:
        for tab in tabs:
            book[tab].delete_rows(2, 500)

    return change


def header_gone(book: Any) -> None:
    sheet = book["Agenda"]
    sheet.cell(1, headers(sheet)["Mulai Konsultasi"]).value = None


def number_edited(book: Any) -> None:
    book["Register"]["A3"] = "KONS-2026-0902"


STOPS: dict[str, tuple[Change, str, str]] = {
    "agenda emptied": (emptied("Agenda"), "tab 'Agenda': 4 of 4 registered rows are gone", "--accept-missing-rows"),
    "more than half the rows gone": (delete("Agenda", 2, 3, 4), "3 of 4 registered rows", "agenda restore --all"),
    "header vanished": (header_gone, "no column is headed 'Mulai Konsultasi'", "Give the column its header back"),
    "register emptied": (emptied("Register"), "tab 'Register' is empty", "agenda restore --from-archive"),
    "register and agenda emptied": (
        emptied("Register", "Agenda"),
        "tab 'Arsip' has 4 that it lacks (KONS-2026-0001, KONS-2026-0002",
        "agenda restore --from-archive",
    ),
    "register and archive list emptied": (
        emptied("Register", "Arsip"),
        "tab 'Agenda' has 4 that it lacks",
        "agenda restore --from-archive",
    ),
    "register lost its last row": (delete("Register", 5), "(KONS-2026-0004)", "Undo the deletion"),
    "register lost a row between": (
        delete("Register", 3),
        "(KONS-2026-0002)",
        "put back a copy of the book that has them",
    ),
    "register's number edited": (number_edited, "(KONS-2026-0002)", "Undo the deletion"),
    "archive list emptied": (emptied("Arsip"), "4 of 4 documents", "agenda verify --rebuild"),
    "archive list more than half gone": (delete("Arsip", 2, 3, 4), "3 of 4 documents", "--accept-missing-documents"),
}


@pytest.fixture
def working(office: DiskOffice) -> DiskOffice:
    office.import_visits(build.visits()[:4])
    office.run()
    return office


@pytest.mark.parametrize("stop", STOPS)
def test_a_run_that_could_cost_data_stops_and_not_a_byte_is_written(working: DiskOffice, stop: str) -> None:
    """Also a dry run says so; the archive and the book stay as they are."""
    change, seen, way_on = STOPS[stop]
    working.edit(change)
    before = (working.book.read_bytes(), working.files())

    outcome = working.agenda("run", "--now", "2026-11-24T10:00")
    planned = working.agenda("run", "--dry-run", "--now", "2026-11-24T10:00")

    assert (outcome.code, planned.code) == (5, 5)
    assert seen in outcome.err
    assert way_on in outcome.err
    assert (working.book.read_bytes(), working.files()) == before


def test_a_year_rolled_back_stops_the_run(working: DiskOffice) -> None:
    """A clock that lost its battery would number and date everything wrong."""
    before = working.book.read_bytes()

    outcome = working.agenda("run", "--now", "2025-11-24T10:00")

    assert outcome.code == 5
    assert "the clock says 2025-11-24T10:00, but the ledger has an entry of 2026-11-24T10:00" in outcome.err
    assert "--accept-clock" in outcome.err
    assert working.book.read_bytes() == before


def test_a_config_that_points_at_another_offices_book_stops_the_run(working: DiskOffice) -> None:
    """Its numbers begin otherwise; the message names both prefixes and the flag."""
    text = working.config.read_text(encoding="utf-8")
    working.config.write_text(text.replace("awalan: KONS", "awalan: LAIN"), encoding="utf-8")
    before = (working.book.read_bytes(), working.files())

    outcome = working.agenda("run", "--now", "2026-11-24T10:00")

    assert outcome.code == 5
    assert "4 of 4 numbers, the latest too, begin with 'KONS', but config.yaml says 'LAIN'" in outcome.err
    assert "--accept-new-prefix" in outcome.err
    assert (working.book.read_bytes(), working.files()) == before


def test_a_config_with_another_offices_columns_stops_the_run(working: DiskOffice) -> None:
    """A header that only the other book has is missing here; the message lists what was found."""
    text = working.config.read_text(encoding="utf-8")
    assert "  Agenda: {}" in text
    working.config.write_text(text.replace("  Agenda: {}", "  Agenda: {Petugas: Nama Pelaksana}"), encoding="utf-8")
    before = working.book.read_bytes()

    outcome = working.agenda("run", "--now", "2026-11-24T10:00")

    assert outcome.code == 5
    assert "no column is headed 'Nama Pelaksana'" in outcome.err
    assert working.book.read_bytes() == before


def test_the_way_on_that_a_stop_names_leads_on(working: DiskOffice) -> None:
    """Emptied agenda: `restore --all`, then the run has only its own columns to write."""
    working.edit(emptied("Agenda"))
    assert working.agenda("run", "--now", "2026-11-24T10:00").code == 5

    assert working.agenda("restore", "--all").code == 0
    report = working.run()

    assert (report["registered"], report["documents_filed"]) == (0, 0)
    assert len(working.rows("Agenda")) == 4


def test_no_message_names_a_person(working: DiskOffice) -> None:
    """Tabs, rows, numbers and counts are enough."""
    working.edit(emptied("Register"))

    said = working.agenda("run", "--now", "2026-11-24T10:00").err

    for visit in build.visits()[:4]:
        assert visit["response"]["Nama Lengkap"] not in said

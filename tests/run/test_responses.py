"""Which responses are visits of their own: copies, edits, and responses sent again."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from sync.domain.table import Cell
from tests.run.office import MemoryOffice


def test_the_same_response_row_twice_is_registered_once_and_flagged() -> None:
    """A pasted response is no second visit; two visits a moment apart are two, and flagged too."""
    office = MemoryOffice()
    office.respond()
    office.respond()
    office.respond(timestamp=datetime(2026, 11, 2, 8, 27, 0))

    report = office.run()

    assert report.registered == 2
    assert report.findings["duplicate-registration"] == 2


def test_an_edited_response_is_not_registered_again() -> None:
    """The response keeps its number; the row says that its response was changed."""
    office = MemoryOffice()
    office.respond()
    office.run()
    office.workspace.tabs["Respons"][1][11] = "Uraian yang diubah kemudian"

    report = office.run()

    assert report.registered == 0
    assert report.findings["response-changed"] == 1


FIRST: dict[str, Cell] = {"timestamp": datetime(2026, 11, 2, 8, 26, 5), "arrived": time(8, 20)}
LATER = datetime(2026, 11, 2, 9, 5)


@pytest.mark.parametrize(
    ("changed", "registered"),
    [
        ({"timestamp": LATER, "summary": "Uraian yang diubah"}, 0),
        ({"timestamp": LATER, "summary": "Uraian yang diubah", "arrived": time(9, 0)}, 1),
        ({"timestamp": LATER, "summary": "Uraian yang diubah", "arrived": None}, 1),
        ({"timestamp": LATER, "name": "Orang Lain", "phone": "081200000001"}, 1),
        ({"timestamp": datetime(2026, 11, 3, 8, 26, 5), "summary": "Uraian yang diubah"}, 1),
        ({"timestamp": datetime(2026, 11, 2, 8, 21), "summary": "Uraian yang diubah"}, 1),
    ],
    ids=["the same visit", "came again", "arrival unknown", "somebody else", "another day", "an earlier moment"],
)
def test_a_response_sent_again_through_the_form_is_the_same_visit(changed: dict[str, Cell], registered: int) -> None:
    """Google keeps its row and dates it anew: same person, same day, same arrival. Whatever may be another visit is."""
    office = MemoryOffice()
    office.respond(**FIRST)
    office.run()
    del office.workspace.tabs["Respons"][1]
    office.respond(**{**FIRST, **changed})

    assert office.run().registered == registered


def test_nothing_is_issued_for_a_row_whose_answers_are_shifted_until_they_are_put_right() -> None:
    """A receipt that says a telephone number for a name would be signed by somebody; the finding says what to do."""
    office = MemoryOffice()
    office.respond()
    office.run()
    row = office.workspace.tabs["Agenda"][1]
    name, free = (office.workspace.tabs["Agenda"][0].index(header) for header in ("Nama Lengkap", "Diarahkan"))
    row.insert(name, row.pop(free))
    office.type_into("KONS-2026-0001", consultation_start=time(9, 0))

    report = office.run()

    assert report.findings["answers-shifted"] == 1
    assert report.documents_filed == 0

    row = office.workspace.tabs["Agenda"][1]
    row.insert(free, row.pop(name))

    assert "answers-shifted" not in office.run().findings


def test_a_row_in_whose_link_columns_something_else_stands_is_no_lost_archive_list() -> None:
    """Somebody inserted a cell at the row's beginning: the receipt's link stands under Telaahan."""
    office = MemoryOffice()
    office.respond()
    office.run()
    office.workspace.tabs["Agenda"][1].insert(3, None)

    assert "answers-shifted" in office.run().findings

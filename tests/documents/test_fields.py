"""What documents of one registration say, and what they keep to themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from sync.documents.sample import SAMPLE_MOMENT, Variety, sample_book, sample_fields
from sync.domain.agenda import Registration, judge_book
from sync.domain.archive import DocumentKind, fields_digest
from sync.domain.fields.common import (
    grouped_employee_number,
    items,
    officer_names,
    shortened,
)
from sync.domain.fields.masking import masked_email, masked_phone
from sync.domain.fields.receipt import receipt_fields
from sync.domain.fields.telaahan import telaahan_fields
from sync.domain.officers import Officer
from sync.domain.table import Cell
from tests.build import clock, rules


def registration(variety: Variety = Variety.FULL) -> Registration:
    return sample_book(rules(), variety)[1].rows[0]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("081234567890", "0812****7890"),
        (81234567890, "0812****7890"),
        ("+62 812-3456-7890", "0812****7890"),
        ("bukan nomor 6171011708900001", "–"),
        (None, "–"),
    ],
)
def test_a_phone_is_masked_or_left_out(cell: Cell, shown: str) -> None:
    assert masked_phone(cell) == shown


@pytest.mark.parametrize(
    ("cell", "shown"), [("petrus@contoh.id", "p***@contoh.id"), ("tanpa alamat", "–"), ("@x", "–"), (None, "–")]
)
def test_an_address_is_masked(cell: Cell, shown: str) -> None:
    assert masked_email(cell) == shown


def test_an_employee_number_is_grouped_8_6_1_3() -> None:
    assert grouped_employee_number("196604201992031008") == "19660420 199203 1 008"
    assert grouped_employee_number("19660420 199203 1 008") == "19660420 199203 1 008"
    assert grouped_employee_number("tidak ada") == "tidak ada"
    assert grouped_employee_number("") == ""


def test_materials_are_a_list_however_they_were_typed() -> None:
    assert items("- satu\n2) dua;  tiga ;\n\n") == ["satu", "dua", "tiga"]


def test_a_long_line_is_cut_at_a_word() -> None:
    assert shortened("satu dua tiga empat", 15) == "satu dua tiga…"
    assert shortened("tanpaspasisamasekali", 10) == "tanpaspas…"
    assert shortened("a  b\nc", 10) == "a b c"


def test_officers_are_named_with_their_roles() -> None:
    book, _ = sample_book(rules(), Variety.FULL)
    row = registration(Variety.FULL)

    def named(cell: Cell) -> str:
        return officer_names(replace(row, cells=row.cells._replace(officer=cell)), book.officers)

    assert named("rina  MARLINA; Andi Saputra") == "rina MARLINA (Jafung), Andi Saputra (Staf)"
    assert named(None) == "–"


def test_officers_are_named_with_the_roles_they_held_on_the_day_of_the_visit() -> None:
    """Who was promoted since is named as what she was when she served."""
    row = registration(Variety.FULL)
    day = row.steps[1].start
    assert day is not None
    officers = {
        "rina": (
            Officer("Rina", "1", "Staf", active=True, valid_until=day.date()),
            Officer("Rina", "1", "Kepala Bidang", active=True, valid_from=day.date() + timedelta(days=1)),
        )
    }
    assert officer_names(replace(row, cells=row.cells._replace(officer="Rina")), officers) == "Rina (Staf)"


def test_a_receipt_does_not_change_while_staff_work_on_the_row() -> None:
    early, late = registration(Variety.SHORT), registration(Variety.SHORT)
    cells = late.cells._replace(officer="Rina", consultation_start=time(9), room="Ruang 1", remarks="catatan")
    moved = Registration(**{**{name: getattr(late, name) for name in late.__slots__}, "cells": cells})
    assert fields_digest(receipt_fields(early, rules())) == fields_digest(receipt_fields(moved, rules()))


def test_a_step_under_way_counts_no_minutes() -> None:
    book, _ = sample_book(rules(), Variety.FULL)
    digests = set()
    for now in (datetime(2026, 11, 4, 9, 0), datetime(2026, 11, 4, 9, 30)):
        row = judge_book(book, rules(), clock(), now).rows[2]
        running = row.cells._replace(consultation_end=None)
        moved = Registration(**{**{name: getattr(row, name) for name in row.__slots__}, "cells": running})
        digests.add(fields_digest(telaahan_fields(moved, "", book.officers, rules())["petugas"]))
    assert len(digests) == 1


def test_a_telaahan_is_a_draft_until_the_clerk_has_typed_its_number() -> None:
    book, _ = sample_book(rules(), Variety.FULL)
    draft = telaahan_fields(registration(), "", book.officers, rules())
    final = telaahan_fields(registration(), "000.8/15/DISKOPUKM.B", book.officers, rules())
    assert (draft["konsep"], draft["nomor_naskah"]) == (True, "")
    assert (final["konsep"], final["nomor_naskah"]) == (False, "000.8/15/DISKOPUKM.B")


def test_fields_are_json_and_the_same_at_every_run() -> None:
    for kind in DocumentKind:
        assert fields_digest(sample_fields(kind, rules(), Variety.HOSTILE))
        assert sample_fields(kind, rules(), Variety.FULL) == sample_fields(kind, rules(), Variety.FULL)
    assert SAMPLE_MOMENT.tzinfo is None

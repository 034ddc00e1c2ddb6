"""Numbers of people in what was typed freely: masked in the rekap, the agenda prints and the receipt, and only they."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.config import load_config
from sync.domain.agenda import JudgedBook
from sync.domain.book import OutgoingRow
from sync.domain.documents import DocumentKind
from sync.domain.fields.masking import masked_identities, masked_numbers
from sync.domain.fields.receipt import receipt_fields
from sync.domain.rules import Rules
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells, OutgoingCells
from tests.build import ROOT, rules
from tests.build import words as words_of
from tests.recap.golden import text_of
from tests.recap.office import a_judged_book, a_row, fields_of, rendered

NIK, PHONE = "3271046504930002", "081298187479"
MORNING = datetime(2026, 11, 3, 8, 0)

days = st.integers(1, 28).flatmap(lambda day: st.sampled_from((day, day + 40)))
niks = st.builds(
    "{:06d}{:02d}{:02d}{:02d}{:04d}".format,
    st.integers(110101, 949999), days, st.integers(1, 12), st.integers(0, 99), st.integers(1, 9999),
)  # fmt: skip
mobiles = st.builds("08{}{:09d}".format, st.sampled_from(("1", "2", "3", "5")), st.integers(0, 999_999_999))
signs = st.sampled_from((" ", "-", ".", "\u00a0", "–"))
groupings = st.sampled_from(((4, 4, 4, 4), (6, 6, 4), (2, 2, 2, 6, 4), (6, 2, 2, 2, 4), (16,)))
words = st.text(st.characters(categories=("Lu", "Ll", "Zs", "Po"), exclude_characters="/%"), max_size=20)
full_days = st.dates(date(1990, 1, 1), date(2040, 12, 31))
clocks = st.times()


def grouped(digits: str, sizes: tuple[int, ...], sign: str) -> str:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(digits[at : at + size])
        at += size
    return sign.join(pieces)


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


@given(niks, groupings, signs, words, words)
def test_an_identity_number_is_masked_however_it_was_grouped(
    nik: str, sizes: tuple[int, ...], sign: str, before: str, after: str
) -> None:
    """Of its sixteen digits the first and last four remain, and nothing around it changes."""
    for mask in (masked_numbers, masked_identities):
        shown = mask(f"{before}x{grouped(nik, sizes, sign)}y{after}")
        assert shown == f"{before}x{nik[:4]}********{nik[-4:]}y{after}"


@given(mobiles, st.sampled_from(("{0}", "{1}-{2}-{3}", "+62 {4}-{2}-{3}", "62{4}{2}{3}", "{1} {2} {3}")), words)
def test_a_telephone_number_is_masked_however_it_was_written(mobile: str, form: str, before: str) -> None:
    """With the country's number or without, in groups or in one piece; told apart from numbers that may be read."""
    parts = (mobile, mobile[:4], mobile[4:8], mobile[8:], mobile[1:4])
    text = f"{before}x{form.format(*parts)}"

    assert masked_numbers(text) == f"{before}x{mobile[:4]}****{mobile[-4:]}"
    assert masked_identities(text) == text


@given(
    st.lists(
        st.one_of(
            st.builds("KONS-{}-{:04d}".format, st.integers(2020, 2040), st.integers(1, 9999)),
            st.builds("500.3.2.1/{:04d}/DISKOPUKM.B/{}".format, st.integers(1, 9999), st.integers(2020, 2040)),
            st.builds("000.8 / {:04d}.3 / DISKOPUKM.B".format, st.integers(1, 9999)),
            st.builds("{:%d-%m-%Y} {:%H.%M}".format, full_days, clocks),
            st.builds("{:%d/%m/%Y} {:%H:%M:%S}".format, full_days, clocks),
            st.builds("{:%Y-%m-%d}".format, full_days),
            st.builds("pukul {:%H.%M}".format, clocks),
            st.builds("Rp {:,}".format, st.integers(0, 10**12)).map(lambda text: text.replace(",", ".")),
            st.builds("NIK koperasi {:013d}".format, st.integers(1_000_000_000_000, 9_999_999_999_999)),
        ),
        max_size=4,
    )
)
def test_numbers_of_documents_days_and_money_stay_as_they_are(pieces: list[str]) -> None:
    """A report whose dates or letter numbers were starred out would be worth nothing."""
    text = ", ".join(pieces)
    assert masked_numbers(text) == text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (f"NIK {NIK}, KK {NIK}", "NIK 3271********0002, KK 3271********0002"),
        (f"{NIK}/{PHONE}", "3271********0002/0812****7479"),
        ("٣٢٧١٠٤٦٥٠٤٩٣٠٠٠٢", "3271********0002"),
        ("HP (0561) 732690 atau 0812-9818-7479", "HP 0561****2690 atau 0812****7479"),
        ("0812 9818 7479 24.11.2026", "0812****7479 24.11.2026"),
        ("NIP 19660420 199203 1 008", "NIP 19660420 199203 1 008"),
        ("NIP 196604201992031008", "NIP 196604201992031008"),
        ("01 02 2026 03 04 2026", "01 02 2026 03 04 2026"),
        ("AHU-0006345.AH.01.26.TAHUN 2020", "AHU-0006345.AH.01.26.TAHUN 2020"),
        ("1000 2000 3000 4000", "1000 2000 3000 4000"),
    ],
)
def test_the_cases_the_rule_was_written_for(typed: str, shown: str) -> None:
    assert masked_numbers(typed) == shown


@given(st.text(max_size=60))
def test_masking_twice_is_masking_once(text: str) -> None:
    assert masked_numbers(masked_numbers(text)) == masked_numbers(text)


def test_a_number_is_masked_before_the_text_is_cut() -> None:
    """Half a number, left at the end of a cell, would be known for none and printed."""
    rows = [a_row("KONS-2026-0001", MORNING, name="x" * 48 + f"NIK{NIK}")]
    (line,) = lines(fields_of(DocumentKind.AGENDA_IN, a_judged_book(rows)))
    assert "32710465" not in line["dari"]


def lines(fields: Any) -> list[Any]:
    return list(fields["baris"])


def with_full_phones() -> Rules:
    return replace(rules(), agenda_phones_masked=False)


def betraying() -> JudgedBook:
    """A visit with an identity and a telephone number in every cell that people type in."""
    typed: dict[str, Cell] = dict.fromkeys(AgendaCells._fields[2:-4], f"Ani {NIK}, {PHONE}")
    times: dict[str, Cell] = {"consultation_start": "09.00", "consultation_end": "15.30", "phone": PHONE}
    cancelled: dict[str, Cell] = {"remarks": f"BATAL, pindah ke {PHONE}, NIK {NIK}"}
    return a_judged_book(
        [
            a_row("KONS-2026-0001", MORNING, **(typed | times | {"remarks": None})),
            a_row("KONS-2026-0002", MORNING, **(typed | cancelled)),
        ]
    )


def said(value: object) -> Iterator[str]:
    """Every text in a document's fields, the charts' labels among them."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from said(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from said(item)
    else:
        yield str(value)


def test_no_cell_betrays_a_number_in_the_rekap_the_prints_or_the_receipt() -> None:
    """Whatever column it was typed into, in a table, a sentence or a chart."""
    judged = betraying()
    documents = (
        fields_of(DocumentKind.RECAP, judged),
        fields_of(DocumentKind.RECAP, judged, by=with_full_phones()),
        fields_of(DocumentKind.AGENDA_IN, judged),
        fields_of(DocumentKind.AGENDA_OUT, outgoing=[an_outgoing_row()]),
        receipt_fields(judged.rows[0], rules(), words_of(DocumentKind.RECEIPT)),
    )
    for fields in documents:
        text = "\n".join(said(fields))
        assert NIK not in text
        assert PHONE not in text
        assert "Ani" in text


def an_outgoing_row() -> OutgoingRow:
    typed = f"Ani {NIK}, {PHONE}"
    number = "500.3.2.1/0042/DISKOPUKM.B/2026"
    cells = OutgoingCells(date(2026, 11, 4), "KONS-2026-0001", "Telaahan", typed, typed, number, typed, typed, "")
    return OutgoingRow(1, "KONS-2026-0001", "telaahan", number, "", cells)


def test_the_documents_own_numbers_are_never_masked() -> None:
    (line,) = lines(fields_of(DocumentKind.AGENDA_OUT, outgoing=[an_outgoing_row()]))
    assert (line["nomor"], line["rujukan"]) == ("500.3.2.1/0042/DISKOPUKM.B/2026", "KONS-2026-0001")


def test_an_office_may_print_telephone_numbers_in_its_agenda_books_but_no_identity_number() -> None:
    """``telepon_di_buku_agenda: lengkap``; the print then says what it holds."""
    fields = fields_of(DocumentKind.AGENDA_IN, betraying(), by=with_full_phones())
    first = lines(fields)[0]
    text = text_of(rendered(DocumentKind.AGENDA_IN, fields))

    assert first["telepon"] == PHONE
    assert PHONE in first["isi"]
    assert NIK not in "\n".join(said(fields))
    assert "Memuat nomor telepon lengkap" in text
    assert "disamarkan" not in text
    assert PHONE in "\n".join(
        said(fields_of(DocumentKind.AGENDA_OUT, outgoing=[an_outgoing_row()], by=with_full_phones()))
    )


def test_the_print_says_that_numbers_are_masked_where_they_are() -> None:
    text = text_of(rendered(DocumentKind.AGENDA_IN, fields_of(DocumentKind.AGENDA_IN, betraying())))
    assert "Nomor telepon disamarkan" in text
    assert "0812****7479" in text


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("telepon_di_buku_agenda: disamarkan", True),
        ("telepon_di_buku_agenda: lengkap", False),
        ("", True),
    ],
)
def test_the_configuration_decides_and_masks_where_it_says_nothing(line: str, masked: bool, tmp_path: Path) -> None:
    """A key left out is no leave to print."""
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    path = tmp_path / "config.yaml"
    path.write_text(re.sub("telepon_di_buku_agenda: [a-z]+", line, text), encoding="utf-8")

    assert load_config(path).rules.agenda_phones_masked is masked

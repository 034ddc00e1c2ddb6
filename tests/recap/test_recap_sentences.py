"""The report's sentences follow the figures, and say nothing of what is not there."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings

from sync.domain.agenda import JudgedBook
from sync.domain.book import LedgerEntry
from sync.domain.documents import DocumentKind
from sync.domain.period import parse_period
from sync.domain.recap import recap
from sync.domain.recap_summary import advice, comparison_sentence, conclusions, notes, summary_sentences
from sync.domain.table import Cell
from tests.build import rules, words
from tests.recap.office import NOVEMBER, Entry, a_judged_book, a_row, a_stray_row, fields_of, sample_office
from tests.recap.strategies import books

NOON = datetime(2026, 11, 3, 9, 0)
FINISHED: dict[str, Cell] = {
    "name": "Ani",
    "phone": "081298187479",
    "topic": "Lainnya",
    "regency": "Sambas",
    "consent": "Ya, saya setuju",
    "officer": "Rina Marlina",
    "room": "Ruang Konsultasi 1",
    "directed": "09.02",
    "consultation_start": "09.10",
    "consultation_end": "10.00",
    "documentation_start": "10.05",
    "documentation_end": "10.30",
    **dict.fromkeys(("disposition", "materials", "problem", "facts", "analysis", "conclusion", "advice"), "ada"),
}


def several(count: int, moment: datetime, **cells: Cell) -> list[Entry]:
    return [
        a_row(f"KONS-{moment:%Y-%m}{order:02d}", moment + timedelta(minutes=order), **cells) for order in range(count)
    ]


def summary(*entries: Entry) -> list[str]:
    return summary_sentences(recap(NOVEMBER, a_judged_book(entries).rows, rules()), words(DocumentKind.RECAP))


def test_an_empty_period_of_a_new_book_says_so_and_compares_with_nothing() -> None:
    assert summary() == [
        "Tidak ada konsultasi yang diregistrasi pada November 2026.",
        "Tidak ada pembanding: buku agenda ini belum berjalan pada Oktober 2026 maupun November 2025.",
    ]


def test_an_empty_period_after_an_empty_one_is_not_a_fall_of_nothing() -> None:
    before = several(1, datetime(2024, 5, 1, 9, 0))

    assert summary(*before)[1] == "Pada Oktober 2026 dan November 2025 juga tidak ada konsultasi."


def test_an_empty_period_after_a_busy_one_is_a_fall() -> None:
    before = several(4, datetime(2026, 10, 5, 9, 0))

    assert summary(*before)[1] == (
        "Jumlah konsultasi turun 4 (100,0 %) dibandingkan dengan Oktober 2026; dari November 2025 tidak ada pembanding."
    )


def test_both_comparisons_where_both_are_known() -> None:
    entries = [*several(2, datetime(2025, 11, 4, 9, 0)), *several(3, datetime(2026, 10, 5, 9, 0)), *several(3, NOON)]

    assert comparison_sentence(recap(NOVEMBER, a_judged_book(entries).rows, rules())) == (
        "Jumlah konsultasi tidak berubah dibandingkan dengan Oktober 2026 dan naik 1 (50,0 %) dibandingkan dengan "
        "November 2025."
    )


def test_only_cancelled_registrations() -> None:
    assert summary(*several(2, NOON, remarks="BATAL"))[0] == (
        "Pada November 2026 tidak ada konsultasi yang dilayani; 2 registrasi dibatalkan."
    )


def test_a_perfect_period_is_praised_and_nothing_is_left_to_do() -> None:
    figures = recap(NOVEMBER, a_judged_book([a_row("KONS-2026-0001", NOON, **FINISHED)]).rows, rules())

    assert (
        summary_sentences(figures, words(DocumentKind.RECAP))[0]
        == "Tercatat 1 konsultasi dari 1 orang: semuanya selesai."
    )
    assert summary_sentences(figures, words(DocumentKind.RECAP))[-1].startswith("Semua konsultasi selesai")
    assert advice(figures) == ["Mempertahankan pelayanan yang sudah sesuai standar."]
    assert "Konsultasi: semua (1) sesuai standar 3 jam." in conclusions(figures, words(DocumentKind.RECAP))


def test_what_goes_wrong_is_advised_on() -> None:
    slow = FINISHED | {"consultation_end": "15.30", "documentation_start": "15.40", "documentation_end": "15.50"}
    figures = recap(NOVEMBER, a_judged_book([a_row("KONS-2026-0001", NOON, **slow)]).rows, rules())

    assert advice(figures) == [
        "Menangani penyebab kegiatan melewati standar (terdaftar dalam laporan ini): Konsultasi (1 dari 1).",
        "Melengkapi alasan melewati standar pada 1 konsultasi.",
    ]


def test_notes_tell_what_counts_once_and_what_could_not_be_counted() -> None:
    twice = a_row("KONS-2026-0001", NOON)
    stray = a_stray_row("KONS-2026-0077", NOON)
    judged = a_judged_book([twice, twice, stray])
    gone = LedgerEntry(0, "KONS-2026-0005", "kunci", NOON, NOON, present=False)
    judged = JudgedBook(judged.rows, (gone,), ())

    assert notes(recap(NOVEMBER, judged.rows, rules()), judged) == [
        "Nomor yang tercatat pada lebih dari satu baris dihitung satu kali: KONS-2026-0001.",
        "1 baris tidak dihitung karena nomornya tidak ada atau tidak dikenal.",
        "Nomor yang barisnya sudah tidak ada di buku agenda, sehingga tidak dihitung: KONS-2026-0005.",
    ]


@settings(max_examples=40)
@given(entries=books())
def test_no_sentence_ever_speaks_of_nan_none_or_a_code(entries: list[Entry]) -> None:
    fields = fields_of(DocumentKind.RECAP, a_judged_book(entries))

    for part in ("ringkasan", "simpulan", "saran", "catatan", "kalimat_kegiatan"):
        for sentence in fields[part]:  # type: ignore[union-attr]  # lists of text
            assert isinstance(sentence, str)
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert sentence.endswith(".")
            for word in ("NaN", "None", "()", "  ", "time-unreadable", " 0 konsultasi", " 0 tindak", " 0 registrasi"):
                assert word not in sentence


def test_the_sample_office_over_a_year() -> None:
    figures = recap(parse_period("2026"), sample_office().rows, rules())

    assert summary_sentences(figures, words(DocumentKind.RECAP))[1] == (
        "Tidak ada pembanding: buku agenda ini belum berjalan pada Tahun 2025."
    )

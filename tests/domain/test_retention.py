"""Retention: a berkas closes at its year's end, and its years count from there. What is not decided is told as such."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.book import ArchiveEntry
from sync.domain.fields.retention import proposal_fields
from sync.domain.retention import Proposal, archive_files
from sync.domain.rules import ArchiveRules, Classification

CODE = "500.3.2.1"
YEARS = st.integers(min_value=0, max_value=30)


def rules(active: int | None = 2, inactive: int | None = 3, final: str = "Musnah") -> ArchiveRules:
    return ArchiveRules({"telaahan": CODE}, {CODE: Classification(CODE, "Organisasi", active, inactive, final)})


def entry(day: date, issued: datetime | None = None, revision: int = 1, code: str = CODE) -> ArchiveEntry:
    number = f"KONS-{day.year}-0001"
    return ArchiveEntry(
        position=0,
        id=f"{day} {revision}",
        reference=number,
        kind="telaahan",
        revision=revision,
        description=f"Telaahan Staf {number}",
        path=f"{day.year}/{code}/{day.month:02} Bulan/{day.isoformat()}_{number}_telaahan.docx",
        scheduled_at=issued or datetime(day.year, day.month, day.day, 10),
        fingerprint="f",
        sha256="a" * 64,
        link="",
        filed=True,
    )


IN_2026 = entry(date(2026, 3, 4))


@pytest.mark.parametrize(
    ("today", "proposal"),
    [
        (date(2026, 12, 31), Proposal.ACTIVE),
        (date(2028, 12, 31), Proposal.ACTIVE),
        (date(2029, 1, 1), Proposal.TRANSFER),
        (date(2031, 12, 31), Proposal.TRANSFER),
        (date(2032, 1, 1), Proposal.DESTROY),
    ],
)
def test_years_count_from_the_end_of_the_year(today: date, proposal: Proposal) -> None:
    """2 + 3 years of a berkas of 2026: active until the end of 2028, inactive until the end of 2031."""
    (file,) = archive_files([IN_2026], rules(), today)

    assert (file.closed, file.active_until) == (date(2026, 12, 31), date(2028, 12, 31))
    assert (file.inactive_until, file.proposal) == (date(2031, 12, 31), proposal)


@pytest.mark.parametrize(
    ("final", "proposal"),
    [
        ("Permanen", Proposal.HAND_OVER),
        ("musnah", Proposal.DESTROY),
        ("Dinilai Kembali", Proposal.REVIEW),
        ("belum ditetapkan", Proposal.UNDECIDED),
        ("", Proposal.UNDECIDED),
        ("simpan saja", Proposal.UNDECIDED),
    ],
)
def test_the_final_fate_decides_what_is_proposed(final: str, proposal: Proposal) -> None:
    """A word that the schedule does not know proposes nothing, destruction least of all."""
    (file,) = archive_files([IN_2026], rules(final=final), date(2040, 1, 1))

    assert file.proposal is proposal


@pytest.mark.parametrize("active", [None, 2])
@pytest.mark.parametrize("inactive", [None, 3])
def test_years_that_are_not_decided_propose_no_end(active: int | None, inactive: int | None) -> None:
    (file,) = archive_files([IN_2026], rules(active, inactive), date(2099, 1, 1))

    decided = {(2, 3): Proposal.DESTROY, (2, None): Proposal.TRANSFER}
    assert file.proposal is decided.get((active or 0, inactive), Proposal.UNDECIDED)


def test_a_code_that_config_no_longer_has_is_told_as_undecided() -> None:
    (file,) = archive_files([entry(date(2020, 1, 2), code="500.9")], rules(), date(2099, 1, 1))

    assert (file.code, file.proposal) == ("500.9", Proposal.UNDECIDED)


def test_a_correction_of_a_later_year_keeps_its_berkas_longer() -> None:
    """The activity ended with it."""
    correction = replace(IN_2026, id="r2", revision=2, scheduled_at=datetime(2028, 2, 1, 9))
    (file,) = archive_files([IN_2026, correction], rules(), date(2029, 1, 1))

    assert (file.year, file.closed, file.proposal) == (2026, date(2028, 12, 31), Proposal.ACTIVE)
    assert len(file.entries) == 2


def test_what_does_not_lie_in_the_archive_is_not_listed() -> None:
    """A scheduled document is nowhere yet."""
    assert archive_files([replace(IN_2026, filed=False)], rules(), date(2099, 1, 1)) == []


@given(YEARS, YEARS, st.dates(min_value=date(2026, 1, 1), max_value=date(2090, 1, 1)))
def test_nothing_is_proposed_for_destruction_before_all_its_years_are_over(
    active: int, inactive: int, today: date
) -> None:
    (file,) = archive_files([IN_2026], rules(active, inactive), today)

    assert (file.proposal is Proposal.DESTROY) == (today.year > 2026 + active + inactive)


def test_the_list_says_each_berkas_with_its_documents() -> None:
    entries = [entry(date(2026, 3, 4)), entry(date(2026, 7, 1)), replace(IN_2026, id="r2", revision=2)]
    files = archive_files(entries, rules(), date(2032, 1, 1))

    fields = proposal_fields(Proposal.DESTROY, files, date(2032, 1, 1))

    assert (fields["judul"], fields["jumlah_berkas"], fields["jumlah"]) == ("DAFTAR ARSIP USUL MUSNAH", "1", "3")
    berkas: Any = fields["berkas"]
    assert berkas[0]["retensi"] == "aktif 2 tahun, inaktif 3 tahun; nasib akhir musnah"
    assert [item["uraian"] for item in berkas[0]["item"]] == [
        "Telaahan Staf KONS-2026-0001",
        "Telaahan Staf KONS-2026-0001 r2",
        "Telaahan Staf KONS-2026-0001",
    ]

"""Each finding by its rule: one odd cell in an otherwise good row, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from sync.domain.agenda import Registration, judge_book
from sync.domain.compliance import Clock
from sync.domain.finding import BLOCKING, Code, Finding
from sync.domain.reading import read_book
from sync.domain.sop import sop_in_force
from sync.domain.table import Cell, CellError
from sync.domain.wording import finding_text
from tests import build

NOW = build.NOW


def judged(
    fields: Mapping[str, Cell] | None = None, *, now: datetime = NOW, clock: Clock | None = None
) -> Registration:
    """One registered row of 2 November 2026, finished within the standards but for ``fields``."""
    cells = build.agenda_cells(**(dict(build.FINISHED) | dict(fields or {})))
    response = build.response_cells()
    register = {
        "number": "KONS-2026-0001",
        "response_key": "k" * 32,
        "responded_at": response.timestamp,
        "recorded_at": datetime(2026, 11, 2, 8, 27),
    }
    snapshot = build.snapshot(agenda=[cells._asdict()], register=[register])
    book = read_book(snapshot, build.rules(), build.WIB)
    (row,) = judge_book(book, build.rules(), clock or build.clock(), now).rows
    return row


def codes(row: Registration) -> set[str]:
    return {finding.code.value for finding in row.findings}


def test_a_good_row_has_no_findings_and_is_finished() -> None:
    """The baseline of every case below."""
    row = judged()

    assert codes(row) == set()
    assert row.status.value == "selesai"


@pytest.mark.parametrize(
    ("fields", "code", "column"),
    [
        ({"consultation_start": "jam sembilan"}, "time-unreadable", "Mulai Konsultasi"),
        ({"consultation_start": CellError("#REF!")}, "time-unreadable", "Mulai Konsultasi"),
        ({"documentation_end": datetime(2026, 11, 24, 10, 1)}, "future-time", "Selesai Dokumentasi"),
        ({"consultation_end": time(8, 29)}, "step-out-of-order", "Selesai Konsultasi"),
        ({"documentation_start": time(9, 29)}, "step-out-of-order", "Mulai Dokumentasi"),
        ({"consultation_start": None}, "step-missing-time", "Mulai Konsultasi"),
        ({"room": None}, "requirement-missing", "Ruangan Pelayanan"),
        ({"disposition": "  "}, "requirement-missing", "Disposisi"),
        ({"materials": None}, "requirement-missing", "Bahan/Materi"),
        ({"problem": None}, "output-missing", "Persoalan"),
        ({"advice": None}, "output-missing", "Saran"),
    ],
    ids=str,
)
def test_a_blocking_finding_keeps_a_consultation_from_being_finished(
    fields: dict[str, Cell], code: str, column: str
) -> None:
    """The finding names its column, and the status is belum-lengkap."""
    row = judged(fields)

    found = [finding for finding in row.findings if finding.code.value == code]
    assert [build.rules().columns.agenda.header(finding.field) for finding in found] == [column]
    assert found[0].code in BLOCKING
    assert row.status.value == "belum-lengkap"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"officer": None}, "actor-missing"),
        ({"officer": "Orang Lain"}, "actor-not-allowed"),
        ({"officer": "Budi Pensiun"}, "actor-not-allowed"),
        ({"officer": "Siti Front"}, "actor-not-allowed"),
        ({"officer": "Andi Saputra; Orang Lain"}, "actor-not-allowed"),
        ({"phone": "08123456"}, "phone-unreadable"),
        ({"phone": None}, "phone-unreadable"),
        ({"topic": "Topik karangan"}, "choice-unknown"),
        ({"room": "Ruang Rapat"}, "choice-unknown"),
        ({"name": " "}, "applicant-missing"),
        ({"consent": None}, "consent-missing"),
        ({"consent": "Tidak"}, "consent-missing"),
        ({"documentation_start": time(16, 10), "documentation_end": time(16, 20)}, "outside-working-hours"),
    ],
    ids=str,
)
def test_other_findings_flag_and_do_not_block(fields: dict[str, Cell], code: str) -> None:
    """Nothing is refused: the consultation is finished, and flagged."""
    row = judged(fields)

    assert code in codes(row)
    assert row.status.value == "selesai"


@pytest.mark.parametrize(
    "officer", ["andi  SAPUTRA", "Andi Saputra; Rina Marlina", "Yohanes Dodi\nRina Marlina"], ids=repr
)
def test_officers_are_known_by_name_however_it_is_typed(officer: str) -> None:
    """Case and spaces do not make another person; several may serve one visitor."""
    assert codes(judged({"officer": officer})) == set()


def test_over_means_strictly_more_than_the_standard() -> None:
    """Three hours of work are within it, one second more is not; a reason silences only the missing reason."""
    end = datetime(2026, 11, 2, 11, 30)
    after: dict[str, Cell] = {"documentation_start": time(13, 0), "documentation_end": time(13, 45)}
    exact = judged({"consultation_end": end} | after)
    over = judged({"consultation_end": end + timedelta(seconds=1)} | after)
    reason: dict[str, Cell] = {"overrun_reason": "Berkas dilengkapi"}
    excused = judged({"consultation_end": end + timedelta(seconds=1)} | after | reason)

    assert codes(exact) == set()
    assert codes(over) == {"step-over-standard", "overrun-reason-missing"}
    assert codes(excused) == {"step-over-standard"}


def test_wall_clock_minutes_count_the_pause_when_the_office_says_so() -> None:
    """hitung: jam-dinding judges the same visit by the clock on the wall."""
    wall = Clock(build.rules().calendar, True, build.WIB)
    times: dict[str, Cell] = {"consultation_start": time(11, 0), "consultation_end": time(14, 30),
                              "documentation_start": time(14, 30), "documentation_end": time(15, 0)}  # fmt: skip

    assert "step-over-standard" not in codes(judged(times))
    assert "step-over-standard" in codes(judged(times, clock=wall))


def test_a_running_step_is_over_only_once_its_standard_has_passed() -> None:
    """berjalan until then, berjalan-melewati after; its sentence never counts minutes."""
    running: dict[str, Cell] = dict.fromkeys(
        ("consultation_end", "documentation_start", "documentation_end", "problem", "facts"), None
    )
    start = datetime(2026, 11, 2, 8, 30)
    within = judged(running, now=start + timedelta(hours=3))
    over = judged(running, now=start + timedelta(hours=4, minutes=1))
    later = judged(running, now=start + timedelta(days=3))

    assert within.steps[1].verdict.value == "berjalan"
    assert over.steps[1].verdict.value == "berjalan-melewati"
    assert [finding_text(item, "") for item in over.findings] == [finding_text(item, "") for item in later.findings]


def test_without_arrival_the_responses_own_moment_starts_the_registration() -> None:
    """Waktu Datang, else the Timestamp; Diarahkan, else the Timestamp."""
    step = judged({"arrived": None, "directed": None}).steps[0]

    assert (step.start, step.end) == (datetime(2026, 11, 2, 8, 26, 5),) * 2
    assert step.verdict.value == "sesuai"


def test_every_finding_has_a_sentence_for_people() -> None:
    """In Indonesian, with its column, and without a placeholder left over."""
    facts = {
        "title": "Telaahan Staf",
        "step": "Konsultasi",
        "standard": "3 jam",
        "working": "12000",
        "wall": "15600",
        "count": "2",
    }
    for code in Code:
        moved = {"+KONS-2026-0002": "Nama Lengkap, Saran", "-": "Disposisi", "#": "Surel"}
        shown = moved if code is Code.ROWS_MIXED else facts
        sentence = finding_text(Finding(code, "name", shown), "Nama Lengkap")
        assert sentence.endswith(".")
        assert "{" not in sentence


def test_a_visit_is_judged_by_the_sop_in_force_on_its_registration_day() -> None:
    """A revision changes nothing for visits before it."""
    (old,) = build.rules().sops
    new = replace(old, number="baru", effective_from=date(2026, 11, 10))

    assert sop_in_force((old, new), date(2026, 11, 9)) is old
    assert sop_in_force((old, new), date(2026, 11, 10)) is new
    assert sop_in_force((old, new), datetime(2020, 1, 1)) is old

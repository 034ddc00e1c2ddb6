"""The sample office: eighty visits judged like an independent program judged them, minute by minute."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest

from sync.domain.agenda import Registration, judge_book
from sync.domain.cells import read_text
from sync.domain.reading import read_book
from sync.domain.registration import read_responses
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells, ResponseCells
from tests import build


def sample_book() -> list[tuple[dict[str, Any], Registration]]:
    """The sample as a book whose visits are all registered, each with its truth."""
    headers = {header: field for field, header in build.rules().columns.agenda.headers.items()}
    response_headers = {header: field for field, header in build.rules().columns.responses.headers.items()}
    responses: list[ResponseCells] = []
    agenda: list[AgendaCells] = []
    for index, visit in enumerate(build.visits(), start=1):
        answers: dict[str, Cell] = {
            response_headers[header]: value or None for header, value in visit["response"].items()
        }
        answers["timestamp"] = datetime.fromisoformat(visit["response"]["Timestamp"])
        answers["arrived"] = time.fromisoformat(visit["response"]["Waktu Datang"])
        responses.append(ResponseCells(**answers))
        typed = {headers[header]: build.staff_cell(cell) for header, cell in visit["staff"].items()}
        moment = answers.pop("timestamp")
        row = dict.fromkeys(AgendaCells._fields) | answers | typed
        agenda.append(AgendaCells(**(row | {"number": f"KONS-2026-{index:04d}", "registered_at": moment})))
    register = [
        {
            "number": f"KONS-2026-{index:04d}",
            "response_key": response.key,
            "responded_at": response.moment,
            "recorded_at": build.NOW,
            "presence": "di agenda",
        }
        for index, response in enumerate(read_responses(responses, build.WIB), start=1)
    ]
    snapshot = build.snapshot(
        responses=[cells._asdict() for cells in responses],
        agenda=[cells._asdict() for cells in agenda],
        register=register,
    )
    book = read_book(snapshot, build.rules(), build.WIB)
    judged = judge_book(book, build.rules(), build.clock(), build.NOW)
    assert not judged.pending
    return list(zip(build.visits(), judged.rows, strict=True))


SAMPLE = sample_book()


@pytest.mark.parametrize(("visit", "row"), SAMPLE, ids=[row.number for _, row in SAMPLE])
def test_every_sample_visit_is_judged_like_the_truth(visit: dict[str, Any], row: Registration) -> None:
    """Status, verdicts, minutes to 0.01 and the listed finding codes are those of the independent program."""
    truth = visit["truth"]

    assert row.status.value == truth["status"]
    assert sorted({finding.code.value for finding in row.findings} & build.TRUE_CODES) == truth["findings"]
    for step in row.steps:
        expected = truth["steps"][step.step.name.value]
        assert step.verdict.value == expected["verdict"]
        for elapsed, minutes in ((step.working, expected["working_minutes"]), (step.wall, expected["wall_minutes"])):
            if minutes is None:
                assert elapsed is None
            else:
                assert elapsed is not None
                assert abs(elapsed.total_seconds() / 60 - minutes) < 0.01


def test_the_sample_holds_every_status_but_none_that_is_unknown() -> None:
    """The sample would not prove much if it held one status only."""
    assert {row.status.value for _, row in SAMPLE} == {
        "terdaftar",
        "konsultasi",
        "menunggu-dokumentasi",
        "dokumentasi",
        "belum-lengkap",
        "selesai",
        "batal",
    }


def test_what_an_officer_typed_as_text_is_kept_as_text() -> None:
    """A description that looks like a formula is still a description."""
    assert read_text(SAMPLE[0][1].cells.summary) == "=SUM(1;2) rumus dari anggota"

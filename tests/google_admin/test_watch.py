"""``agenda watch`` on Google: cheap while nothing happens, and a receipt within a look or two of the response."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sync.cli.stopping import Telling
from tests.endtoend.office import Outcome, agenda
from tests.google_admin.office import AdminOffice
from tests.google_backend.office import emulator

ANSWERS: dict[str, str | list[str]] = {
    "Waktu Datang": "08:05",
    "Nama Lengkap": "Siti",
    "Persetujuan": "Ya, saya setuju",
}
EVERY = 15


def respond(office: AdminOffice, name: str = "Siti") -> None:
    answers: dict[str, str | list[str]] = {"Nama Lengkap": name, "Persetujuan": "Ya, saya setuju"}
    office.staff.submit(answers, form_id=office.config().google.form_id)


def watch(
    office: AdminOffice,
    rounds: int,
    between: Callable[[int], object],
    monkeypatch: pytest.MonkeyPatch,
    backstop: int = 20,
) -> Outcome:
    """Watch for some looks; ``between`` happens in the pause after each, which nobody waits for."""
    looks = 0

    def pause(told: Telling, seconds: float) -> None:
        nonlocal looks
        looks += 1
        between(looks)

    monkeypatch.setattr(Telling, "pause", pause)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with emulator(office.server.host):
        return agenda(
            "watch", "--config", str(office.config_path), "--every", str(EVERY), "--rounds", str(rounds),
            "--backstop", str(backstop),
        )  # fmt: skip


def receipts(office: AdminOffice) -> list[str]:
    return sorted(entry.name for entry in office.google.state.files.values() if "tanda-registrasi" in entry.name)


def test_a_receipt_exists_one_look_after_the_response(office: AdminOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def between(look: int) -> None:
        seen.append(len(receipts(office)))
        if look == 2:
            respond(office)

    outcome = watch(office, 4, between, monkeypatch)

    assert outcome.code == 0, outcome.err
    assert seen == [0, 0, 1]


def test_a_look_at_a_book_at_rest_is_one_call(office: AdminOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of Drive; Sheets is not read at all."""
    spent: list[tuple[int, int]] = []

    def between(look: int) -> None:
        kinds = office.google.counters.kinds
        spent.append((kinds["drive"], kinds["sheets_read"] + kinds["sheets_write"]))
        office.google.counters.reset()

    watch(office, 8, between, monkeypatch)

    assert spent[-3:] == [(1, 0)] * 3


def test_the_backstop_finds_a_response_that_moved_no_version(
    office: AdminOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a response moves it is nowhere documented."""
    office.google.settings.response_bumps_version = False

    def between(look: int) -> None:
        if look == 3:
            respond(office)

    watch(office, 9, between, monkeypatch, backstop=4)

    assert len(receipts(office)) == 1


def test_a_response_that_arrives_during_a_run_waits_for_no_backstop(
    office: AdminOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the run has read and before it ends: the next look sees that the book is not what the run saw."""
    seen: list[int] = []

    def between(look: int) -> None:
        seen.append(len(receipts(office)))
        if look == 1:
            respond(office)
            office.google.faults.before(lambda: respond(office, "Ani"), nth=1, method="batchUpdate$")

    watch(office, 5, between, monkeypatch)

    assert seen[-1] == 2

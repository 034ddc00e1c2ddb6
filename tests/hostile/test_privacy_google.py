"""The same on Google: nothing beside a file names anybody, and no refusal of Google's is passed on word for word."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from sync.domain.cells import read_moment
from sync.domain.table import Cell
from sync.errors import AgendaError
from tests import build
from tests.hostile.offices import logged
from tests.hostile.personal import leaked, properties, sample_visits
from tests.prove.cloud_world import CloudWorld
from tests.prove.killing import place_on

PERSON = "Petrus Santoso 081298187479 petrus@contoh.id 6171012304850001"


@dataclass(frozen=True)
class Sample:
    """The sample office after two runs: what they logged, and the account to come back to."""

    cloud: CloudWorld
    log: list[str]
    account: Any


@pytest.fixture(scope="module")
def sample() -> Iterator[Sample]:
    with place_on("google") as place, logged() as log:
        cloud = place.world
        assert isinstance(cloud, CloudWorld)
        visits = sample_visits()
        for visit in visits:
            answers: list[Cell] = list(visit["response"].values())
            moment = read_moment(answers[0], None, build.WIB)
            cloud.append("Respons", [moment if isinstance(moment, datetime) else answers[0], *answers[1:]])
        cloud.run(build.NOW)
        headers = {header: field for field, header in cloud.rules.columns.agenda.headers.items()}
        for order, visit in enumerate(visits[:25], 1):
            typed = {headers[header]: build.staff_cell(cell) for header, cell in visit["staff"].items()}
            cloud.type_into(f"KONS-2026-{order:04}", typed)
        cloud.run(build.NOW)
        yield Sample(cloud, list(log), cloud.snapshot())


@contextmanager
def stopped(sample: Sample) -> Iterator[list[str]]:
    """Collect all that a run says that cannot go on: its log, its error, and the errors behind that."""
    sample.cloud.restore(sample.account)
    sample.cloud.respond(timestamp=build.NOW - timedelta(minutes=1), name="Petrus Santoso")
    said: list[str] = []
    with logged() as log:
        try:
            yield said
            sample.cloud.run(build.NOW)
        except AgendaError as error:
            said += traceback.format_exception(error)
        finally:
            sample.cloud.google.faults.clear()
    said += log


def test_nothing_beside_a_file_names_anybody(sample: Sample) -> None:
    """File and folder names, appProperties, descriptions, lock reasons, properties; and the log."""
    sample.cloud.restore(sample.account)
    files = sample.cloud.google.state.files.values()
    entries = [entry for entry in files if entry.content is not None]

    assert len(entries) >= 80
    for entry in entries:
        beside = (entry.name, entry.app_properties, entry.properties, entry.metadata, entry.restrictions)
        assert leaked(repr(beside)) == []
        assert leaked(properties(entry.content or b"")) == []
    assert leaked("\n".join(entry.name for entry in files)) == []
    assert sample.log
    assert leaked("\n".join(sample.log)) == []


@pytest.mark.parametrize("call", [r"spreadsheets\.get$", r"batchUpdate$", r"generateIds$", r"files\.create$"])
@pytest.mark.parametrize("status", [400, 403, 404, 429, 500])
def test_what_google_says_of_a_call_is_not_passed_on(sample: Sample, call: str, status: int) -> None:
    """Google's sentences quote the request; ours name the place."""
    with stopped(sample) as said:
        rule = sample.cloud.google.faults.fail(status, nth=0, method=call, message=PERSON)

    assert rule.fired
    assert any("Error" in line or "sync." in line for line in said)
    assert leaked("\n".join(said)) == []


def _header_sorted_away(cloud: CloudWorld) -> None:
    cloud.staff.sort("Agenda", "Nama Lengkap", header_rows=0, descending=True)


DEEDS: dict[str, Callable[[CloudWorld], object]] = {
    "a header renamed": lambda cloud: cloud.staff.rename_column("Agenda", "Nama Lengkap", "Nama"),
    "the header sorted away": _header_sorted_away,
    "the header deleted": lambda cloud: cloud.staff.delete_rows("Agenda", 1),
    "a number overtyped": lambda cloud: cloud.edit("Register", 1, "No. Registrasi", PERSON),
    "a path overtyped": lambda cloud: cloud.edit("Arsip", 1, "Berkas", PERSON),
    "the agenda emptied": lambda cloud: cloud.staff.delete_rows("Agenda", 2, 70),
    "a tab deleted": lambda cloud: cloud.staff.delete_tab("Petugas"),
    "a tab renamed": lambda cloud: cloud.staff.rename_tab("Agenda", PERSON),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_no_message_about_the_book_names_anybody(sample: Sample, deed: Callable[[CloudWorld], object]) -> None:
    """Whatever staff did to it: the message says where, never who."""
    with stopped(sample) as said:
        deed(sample.cloud)

    assert said
    assert leaked("\n".join(said)) == []

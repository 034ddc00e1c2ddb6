"""The corpus through every field of a response and every cell of staff, into the book, documents, names and logs."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.domain.clean import clean
from sync.domain.clean import is_clean as rule_is_clean
from sync.domain.layout import book_layout
from sync.workspace.local import LocalWorkspace
from tests import build
from tests.endtoend.office import DiskOffice
from tests.google.sheets.model import Formula
from tests.hostile.checks import (
    CLEANED,
    agenda,
    check_log,
    check_names,
    check_registered,
    formulas,
    violations_but_marks,
)
from tests.hostile.corpus import Value, cleaned, is_clean, is_sendable, is_storable, values
from tests.hostile.offices import ANSWERS, NOW, STAFF, TEXTS, logged, responses, send, type_everywhere
from tests.prove.cloud_world import CloudWorld
from tests.prove.disk_world import DiskWorld
from tests.prove.memory_world import MemoryWorld
from tests.prove.shadow import Shadow


@pytest.fixture
def disk(tmp_path: Path) -> DiskWorld:
    return DiskWorld(tmp_path)


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[CloudWorld]:
    world = CloudWorld(tmp_path)
    yield world
    world.close()


CLASSES: dict[str, Callable[[str], object]] = {
    **{f"starts with {start!r}": re.compile(re.escape(start)).match for start in ("=", "+", "-", "@", "\t", "\r")},
    "IMPORTXML": re.compile(r"=IMPORTXML\(", re.IGNORECASE).match,
    "HYPERLINK": re.compile(r"=HYPERLINK\(", re.IGNORECASE).match,
    "DDE": re.compile(r"[=+@-].*\|.*!|DDEAUTO").search,
    "Jinja": re.compile(r"\{\{.*\}\}|\{%.*%\}").search,
    "XML": re.compile(r"</?[\w:]+|&\w+;|]]>").search,
    "a way out of a folder": re.compile(r"\.\.[/\\]|^\.\.$|^/|^[A-Z]:").search,
    "a name Windows keeps": re.compile("CON|PRN|AUX|NUL|COM1|LPT1").fullmatch,
    "a mark of direction": re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]").search,
    "zero width": re.compile("[\u200b-\u200d\u2060\ufeff]").search,
    "half a surrogate pair": re.compile("[\ud800-\udfff]").search,
    "NUL": re.compile("\x00").search,
    "emoji": re.compile("[\U0001f300-\U0001faff]").search,
    "longer than a cell": lambda text: len(text) > 32_767,
    "an apostrophe in a name": re.compile(r"[A-Z]'[A-Z]").search,
    "quotes of CSV": re.compile(r'[,;]"|"[,;]').search,
    "like a NIK": re.compile(r"\d{16}").fullmatch,
}
"""What the corpus must have of each, and how it is known by itself, whatever group of the file it stands in."""


@pytest.mark.parametrize("kind", CLASSES)
def test_the_corpus_has_every_kind_of_mischief(kind: str) -> None:
    """A class that is not in the corpus would be tested by nothing here."""
    assert len({value.text for value in values()}) == len(values()) >= 300
    assert sum(bool(CLASSES[kind](value.text)) for value in values()) >= 1


def test_the_rule_is_what_its_documentation_says() -> None:
    """An independent reading of it comes to the same, for every value."""
    for value in values():
        assert clean(value.text) == cleaned(value.text)
        assert rule_is_clean(value.text) == is_clean(value.text)


def test_in_memory_every_value_goes_through_every_field() -> None:
    """Surrogates and control characters too, which no file holds."""
    chosen = list(values())
    world = MemoryWorld(notices_edits=False)
    with logged() as lines:
        send(world, chosen)
        world.run(NOW)
        check_registered(world, chosen)
        shadow = Shadow(world)
        with shadow.staff():
            type_everywhere(world, chosen, finished=False)
        world.run(NOW)
        world.run(NOW)
    shadow.job_did()

    assert shadow.violations == []
    assert world.run(NOW).rows_updated == 0
    check_names(world)
    check_log(lines, chosen)


def test_on_disk_nothing_becomes_a_formula_and_nothing_changes(disk: DiskWorld) -> None:
    """The book is opened again by another program: text is text, and as it was typed."""
    chosen = [value for value in values() if is_storable(value.text)]
    with logged() as lines:
        send(disk, chosen)
        disk.run(NOW)
        stored = list(agenda(disk))
        type_everywhere(disk, chosen, finished=False)
        shadow = Shadow(disk)
        disk.run(NOW)
        disk.run(NOW)
    shadow.job_did()

    assert shadow.violations == []
    assert len(stored) == len(chosen)
    for row, value in zip(stored, chosen, strict=True):
        expected = cleaned(value.text) if value.text.strip() else None
        # openpyxl drops this from the texts it reads.
        found = {field: str(row[field] or "").replace("x005F_", "") for field in ANSWERS}
        assert found == dict.fromkeys(ANSWERS, (expected or "").replace("x005F_", "")), value.text[:40]
        assert (CLEANED in str(row["findings"])) == (not is_clean(value.text)), value.text[:40]
    assert formulas(disk.book) == []
    check_names(disk)
    check_log(lines, chosen)


def test_on_google_nothing_becomes_a_formula_and_nothing_changes(cloud: CloudWorld) -> None:
    """What was sent as text is stored as text, never parsed."""
    chosen = [value for value in values() if is_sendable(value.text)]
    with logged() as lines:
        for place in range(0, len(chosen), 120):
            _type_into_google(cloud, chosen[place : place + 120], place)
        cloud.run(NOW)
        check_registered(cloud, chosen)
        type_everywhere(cloud, chosen, finished=False)
        shadow = Shadow(cloud)
        cloud.run(NOW)
        cloud.run(NOW)
    shadow.job_did()

    assert shadow.violations == []
    for sheet in cloud.staff.book.sheets:
        cells = [cell for row in sheet.rows for cell in row.cells.values()]
        assert not any(isinstance(cell.value, Formula) for cell in cells)
    assert violations_but_marks(cloud) == []
    check_names(cloud)
    check_log(lines, chosen)


def test_through_a_csv_file_every_value_comes_as_it_was_exported(tmp_path: Path) -> None:
    """Quotes, separators, line breaks and formulas of an export end in the cells that they were in."""
    office = DiskOffice.make(tmp_path)
    chosen = [value for value in values() if is_storable(value.text) and value.text.strip()]
    headers = build.rules().columns.responses.headers
    path = tmp_path / "jawaban.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, list(headers.values()))
        writer.writeheader()
        for row in responses(chosen):
            writer.writerow({headers[field]: "" if cell is None else str(cell) for field, cell in row.items()})

    outcome = office.agenda("import", str(path))

    assert outcome.code == 0, outcome.err
    layout = book_layout(build.rules())
    table = LocalWorkspace(office.folder / "kantor", layout).read(["Respons"]).table("Respons")
    column = table.column("Nama Lengkap")
    assert [row.cells[column] for row in table.rows] == [cleaned(value.text) or None for value in chosen]
    check_log([outcome.out, outcome.err], chosen)


def _type_into_google(cloud: CloudWorld, chosen: list[Value], first: int) -> None:
    from sync.workspace.google.cells import stored_value

    rows = responses(chosen)
    for order, row in enumerate(rows, first):
        row["timestamp"] = stored_value(NOW.replace(hour=7, minute=31 + order // 20, second=3 * (order % 20)))
    line = len(cloud.staff.rows("Respons")) + 1
    cells = [["" if cell is None else cell for cell in row.values()] for row in rows]
    cloud.staff.write("Respons", f"A{line}", cells, typed=False)


assert set(TEXTS) < set(STAFF)

"""The corpus through every field of a response and every cell of staff, into the book, documents, names and logs."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sync.cli.wiring import open_config, open_templates
from sync.domain.archive import DocumentKind
from sync.domain.clean import clean
from sync.domain.clean import is_clean as rule_is_clean
from sync.domain.layout import book_layout
from sync.workspace.local import LocalWorkspace
from tests import build
from tests.build import ROOT
from tests.documents.office import document
from tests.endtoend.office import DiskOffice
from tests.google.sheets.model import Formula
from tests.hostile.checks import agenda, check_log, check_names, check_registered, formulas, violations_but_marks
from tests.hostile.corpus import Value, cleaned, is_clean, is_sendable, is_storable, squeezed, values
from tests.hostile.documents import acting, is_whole, said
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


def test_the_rule_is_what_its_documentation_says() -> None:
    """An independent reading of it comes to the same, for every value."""
    assert len(values()) >= 300
    for value in values():
        assert clean(value.text) == cleaned(value.text)
        assert rule_is_clean(value.text) == is_clean(value.text)


def test_in_memory_every_value_goes_through_every_field() -> None:
    """Surrogates and control characters too, which no file holds."""
    chosen = list(values())
    world = MemoryWorld()
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


@pytest.mark.parametrize("part", range(3))
def test_documents_say_what_was_typed_and_nothing_in_them_acts(part: int) -> None:
    """Receipt and telaahan with the real templates, opened again, for a third of the corpus at a time."""
    templates = open_templates(open_config(ROOT / "config.yaml"))
    world = MemoryWorld()
    world.papers = templates
    chosen = [value for value in values() if len(value.text) < 20_000][part::3]
    send(world, chosen)
    world.run(NOW)
    type_everywhere(world, chosen, finished=True)
    world.run(NOW)

    check_names(world)
    by_number = {f"KONS-2026-{order:04}": value for order, value in enumerate(chosen, 1)}
    seen = set()
    for path, (content,) in world.documents().items():
        number, kind = path.rpartition("/")[2].split("_")[1:3]
        word = kind.partition(".")[0]
        if number not in by_number or word not in ("tanda-registrasi", "telaahan"):
            continue
        value = by_number[number]
        assert is_whole(content)
        assert acting(content) == template_acts(DocumentKind(word)), value.text[:60]
        shown = squeezed(value.text)
        assert (shown if word == "telaahan" else shown[:30]) in said(content), (word, value.text[:60])
        seen.add((number, word))
    assert len(seen) >= 1.9 * len(chosen)


@cache
def template_acts(kind: DocumentKind) -> Counter[str]:
    """What acts in a document of sound values: the template's own."""
    return acting(document(kind))


def _type_into_google(cloud: CloudWorld, chosen: list[Value], first: int) -> None:
    from sync.workspace.google.cells import stored_value

    rows = responses(chosen)
    for order, row in enumerate(rows, first):
        row["timestamp"] = stored_value(NOW.replace(hour=7, minute=31 + order // 20, second=3 * (order % 20)))
    line = len(cloud.staff.rows("Respons")) + 1
    cells = [["" if cell is None else cell for cell in row.values()] for row in rows]
    cloud.staff.write("Respons", f"A{line}", cells, typed=False)


assert set(TEXTS) < set(STAFF)

"""What has to be true of an office full of hostile values: its rows, its paths, its log, its workbook's file."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from tests.hostile.corpus import Value, cleaned, is_clean
from tests.hostile.offices import ANSWERS, NOW, PATH
from tests.prove.cells import Sheet
from tests.prove.oracles import violations
from tests.prove.world import AGENDA, ARCHIVE, World

CLEANED = "tidak dapat disimpan"
"""Words of the finding that says so."""


def agenda(world: World) -> list[dict[str, object]]:
    fields = {header: field for field, header in world.rules.columns.agenda.headers.items()}
    return [
        {fields[header]: cell for header, cell in row.items() if header in fields}
        for _, row in Sheet.of(world.grid(AGENDA)).rows
    ]


def check_registered(world: World, chosen: list[Value]) -> None:
    """Each response has its row, each answer stands in it as the rule leaves it, and what was taken away is told."""
    rows = agenda(world)
    assert len(rows) == len(chosen)
    for row, value in zip(rows, chosen, strict=True):
        expected = cleaned(value.text) if value.text.strip() else None
        for field in ANSWERS:
            assert row[field] == (expected or None), (field, value.group, value.text[:40])
        assert (CLEANED in str(row["findings"])) == (not is_clean(value.text)), value.text[:40]


def violations_but_marks(world: World) -> list[str]:
    """All oracles but those that know a visit by its mark: here every answer is hostile."""
    return [fault for fault in violations(world, NOW) if not fault.startswith(("numbers", "mixtures"))]


def check_names(world: World) -> None:
    """A path is made of days, codes, numbers and fixed words: nothing that anybody typed can reach it."""
    assert [path for path in world.documents() if not PATH.fullmatch(path)] == []
    assert [path for path in Sheet.of(world.grid(ARCHIVE)).column("Berkas") if path and not _is_path(str(path))] == []


def _is_path(path: str) -> bool:
    return PATH.fullmatch(path) is not None or any(PATH.fullmatch(f"{path}{rest}") for rest in _TAILS)


_TAILS = (
    "/500.3.2.1/11 November/2026-11-24_KONS-2026-0001_telaahan.docx",
    "/11 November/2026-11-24_KONS-2026-0001_telaahan.docx",
    "/2026-11-24_KONS-2026-0001_telaahan.docx",
)
"""What makes a folder's row a document's."""


def check_log(lines: list[str], chosen: list[Value]) -> None:
    """Not one of the values is in the log; words and dates that a log has of its own prove nothing."""
    text = "\n".join(lines)
    assert text
    for value in chosen:
        if len(value.text.strip()) > 5 and not _ORDINARY.fullmatch(value.text):
            assert value.text not in text


_ORDINARY = re.compile(r"[\w.:/~-]+", re.ASCII)


def formulas(book: Path) -> list[str]:
    """Return the sheets of a workbook that hold a formula, by the file itself."""
    with zipfile.ZipFile(book) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        return [name for name in sheets if b"<f>" in package.read(name) or b"<f " in package.read(name)]


def strings(book: Path) -> set[str]:
    """Return every string that stands anywhere in a workbook, as the file has it: nothing unescaped."""
    with zipfile.ZipFile(book) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/") and name.endswith(".xml")]
        nodes = (node for name in parts for node in etree.fromstring(package.read(name)).iter(f"{_MAIN}t"))
        return {node.text or "" for node in nodes}


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

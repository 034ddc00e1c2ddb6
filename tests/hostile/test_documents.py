"""The corpus in documents made with the office's own templates and opened again: all of it is said, none of it acts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache

import pytest

from sync.cli.wiring import open_config, open_templates
from sync.domain.documents import OF_PERIOD, DocumentKind
from sync.domain.period import parse_period
from sync.domain.plan import Request
from sync.domain.safety import Accepted
from sync.domain.table import RowUpdate, UpdateRows
from sync.job import run
from sync.office import Office
from tests.build import ROOT
from tests.documents.office import document
from tests.hostile.checks import check_names
from tests.hostile.corpus import Value, squeezed, values
from tests.hostile.documents import opened_document
from tests.hostile.offices import NOW, opened, send, type_everywhere
from tests.prove.memory_world import MemoryWorld
from tests.prove.seam import Seam
from tests.prove.world import OUTGOING, World

PARTS = 3
NEXT_MONTH = datetime(2026, 12, 1, 8, 0)
SHOWN = {DocumentKind.RECEIPT: 30, DocumentKind.TELAAHAN: 20_000, DocumentKind.DISPOSITION: 30}
"""How much of a value a document shows at least: one line of it, or all."""
MASKED = 10
"""From so many digits on a receipt may show a number as one of a person, masked."""


def an_office(chosen: Sequence[Value]) -> World:
    """An office with a part of the corpus: each value in every answer and every text of staff of one finished visit,
    and as the official number of its telaahan."""
    world = MemoryWorld(notices_edits=False)
    world.papers = open_templates(open_config(ROOT / "config.yaml"))
    send(world, chosen, finished=True)
    world.run(NOW)
    type_everywhere(world, chosen, finished=True)
    world.run(NOW)
    type_official_numbers(world, chosen)
    world.run(NOW)
    periods = tuple((kind, parse_period("2026-11")) for kind in OF_PERIOD)
    whole = Office(world.open(Seam()), world.rules, world.clock, world.papers, lambda seconds: None)
    run(whole, NEXT_MONTH, Request(periods=periods), Accepted())
    return world


def type_official_numbers(world: World, chosen: Sequence[Value]) -> None:
    """The clerk types each value as the official number of its visit's telaahan."""
    columns = world.rules.columns.outgoing
    grid = world.grid(OUTGOING)
    at = grid[0].index(columns.header("reference"))
    by_number = numbered(chosen)
    updates = [
        RowUpdate(position, str(row[at]), columns.values({"official_number": by_number[str(row[at])].text}))
        for position, row in enumerate(grid[1:])
    ]
    workspace, revision = opened(world)
    workspace.commit([UpdateRows(OUTGOING, columns.header("reference"), tuple(updates))], revision)


def numbered(chosen: Sequence[Value]) -> dict[str, Value]:
    return {f"KONS-2026-{order:04}": value for order, value in enumerate(chosen, 1)}


def made(world: World) -> Iterator[tuple[DocumentKind, str, bool, bytes]]:
    """Yield kind, what it is of, whether it is a later revision, and content of every document in the archive."""
    for path, (content,) in world.documents().items():
        reference, name = path.rpartition("/")[2].split("_")[1:]
        kind, revised = re.subn(r"-r\d+$", "", name.removesuffix(".docx"))
        yield DocumentKind(kind), reference, bool(revised), content


@cache
def template_acts(kind: DocumentKind) -> Counter[str]:
    """What acts in a document of sound values: the template's own."""
    return opened_document(document(kind)).acts


@pytest.mark.parametrize("part", range(PARTS))
def test_documents_say_what_was_typed_and_nothing_in_them_acts(part: int) -> None:
    """Of visits and of the month, drafts and finals; character for character, white space and direction aside."""
    chosen = [value for value in values() if len(value.text) < 20_000][part::PARTS]
    world, by_number, kinds = an_office(chosen), numbered(chosen), Counter[DocumentKind]()
    times: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for kind, reference, revised, content in made(world):
        kinds[kind] += 1
        paper = opened_document(content)
        assert paper.acts == template_acts(kind), (kind, reference)
        if kind in SHOWN:
            shown = squeezed(by_number[reference].text)[: SHOWN[kind]]
            if kind is not DocumentKind.RECEIPT or sum(map(str.isdecimal, shown)) < MASKED:
                assert shown in paper.says, (kind, by_number[reference].text[:60])
            if kind is DocumentKind.TELAAHAN and 3 < len(shown) < 60:  # less occurs in any text
                times[revised][reference] = paper.says.count(shown)

    assert [by_number[of].text for of, count in times[False].items() if times[True][of] <= count] == []
    assert all(kinds[kind] >= 1.9 * len(chosen) for kind in (DocumentKind.TELAAHAN, DocumentKind.DISPOSITION)), kinds
    assert kinds[DocumentKind.RECEIPT] >= 0.95 * len(chosen)
    assert {kind for kind in OF_PERIOD if kinds[kind]} == set(OF_PERIOD)
    check_names(world)

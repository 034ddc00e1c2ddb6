"""Rows checked a second, at 1,000, 10,000 and 100,000 rows: ``python -m tests.bench.bench_rows``.

A row is a finished visit with six times and a phone number of its own; checked is what ``agenda check`` does with a
book that has been read: parsed, judged, every finding made.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from sync.domain.agenda import judge_book
from sync.domain.cells import read_phone
from sync.domain.reading import read_book
from sync.domain.table import Cell
from tests import build
from tests.bench.machine import machine_line

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 3


def main() -> None:
    print(machine_line())
    for size in SIZES:
        agenda, register = a_thick_book(size)
        snapshot = build.snapshot(agenda=agenda, register=register)
        taken = []
        for _ in range(ROUNDS):
            read_phone.__globals__["_read_phone_text"].cache_clear()
            gc.collect()
            gc.disable()  # as the command line does for a run
            started = time.perf_counter()
            book = read_book(snapshot, build.rules(), build.WIB)
            judged = judge_book(book, build.rules(), build.clock(), build.NOW)
            taken.append(time.perf_counter() - started)
            gc.enable()
            assert len(judged.rows) == size
        print(f"rows checked, {size:7,} rows {size / statistics.median(taken):10,.0f} rows/s")


def a_thick_book(size: int) -> tuple[list[Mapping[str, Cell]], list[Mapping[str, Cell]]]:
    """Rows of ``Agenda`` and ``Register``, 25 minutes apart, each of another person."""
    chance = Random(7)
    first = datetime(2026, 11, 24, 9, 0) - timedelta(minutes=25) * size
    agenda: list[Mapping[str, Cell]] = []
    register: list[Mapping[str, Cell]] = []
    for order in range(1, size + 1):
        moment = first + timedelta(minutes=25) * order
        number = f"KONS-{moment.year}-{order:06d}"
        marks = {
            field: moment + timedelta(minutes=minutes)
            for field, minutes in (
                ("directed", 1),
                ("consultation_start", 10),
                ("consultation_end", 70),
                ("documentation_start", 80),
                ("documentation_end", 100),
            )
        }
        answers = build.response_cells(
            arrived=(moment - timedelta(minutes=2)).time(),
            name=f"Pemohon {order}",
            phone=f"08{chance.randrange(1_200_000_000, 1_399_999_999)}",
        )._asdict()
        del answers["timestamp"]
        agenda.append({**answers, **build.FINISHED, **marks, "number": number, "registered_at": moment})
        register.append(
            {
                "number": number,
                "response_key": f"{order:032x}",
                "responded_at": moment,
                "recorded_at": moment,
                "presence": "di agenda",
            }
        )
    return agenda, register


if __name__ == "__main__":
    main()

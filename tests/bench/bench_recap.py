"""The recap's cost: ``python -m tests.bench.bench_recap``.

A month with 300 consultations, from judged rows to the finished report with its charts; and the tab Rekap over books
of 1,000, 10,000 and 100,000 rows.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sync.documents.charts import draw_charts
from sync.domain.agenda import JudgedBook
from sync.domain.documents import DocumentKind
from sync.domain.fields.recap_tab import recap_tab_rows
from tests.build import NOW, rules, staff_cell, visits
from tests.recap.office import a_judged_book, a_row, fields_of, rendered

ROUNDS = 5


def main() -> None:
    print(f"{platform.node()}: {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}")
    judged = an_office(300, timedelta(minutes=120))
    fields = fields_of(DocumentKind.RECAP, judged)
    rendered(DocumentKind.RECAP, fields)
    print(f"month of 300: fields  {seconds(lambda: fields_of(DocumentKind.RECAP, judged)):8.3f} s")
    print(f"month of 300: charts  {seconds(lambda: draw_charts(fields)):8.3f} s")
    print(f"month of 300: report  {seconds(lambda: rendered(DocumentKind.RECAP, fields)):8.3f} s (charts included)")
    for size in (1_000, 10_000, 100_000):
        office = an_office(size, timedelta(days=300) / size)
        took = seconds(lambda office=office: recap_tab_rows(office, rules(), NOW))  # type: ignore[misc]
        print(f"tab Rekap, {size:7,} rows {took:8.3f} s {size / took:10,.0f} rows/s")


def an_office(size: int, step: timedelta) -> JudgedBook:
    """A book of ``size`` visits with the sample office's texts, ``step`` apart, the last ones this month."""
    columns = {header: field for field, header in rules().columns.agenda.headers.items()}
    samples = [
        {columns[name]: text or None for name, text in visit["response"].items() if name in columns and text}
        | {columns[name]: staff_cell(cell) for name, cell in visit["staff"].items() if cell["t"] != "datetime"}
        for visit in visits()
    ]
    first = datetime(2026, 11, 24, 9, 0) - step * size
    return a_judged_book(
        a_row(f"KONS-2026-{order:06d}", first + step * order, **samples[order % len(samples)]) for order in range(size)
    )


def seconds(work: Callable[[], object]) -> float:
    """The median of a few rounds."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    main()

"""Calls, bytes and time on Google, beside a script after a tutorial: ``python -m tests.bench.bench_google``.

Both work against the stand-in for Google on this machine, in the same book. Idle: nothing to do, in books of 100, 1,000
and 10,000 rows; bytes are of the answers, and as gzip would send them (Google indents the script's; here they are not).
New: 100 responses came in, at 300 ms a Sheets call and 800 ms an upload. These delays are simulated. Ours are really
waited for, as our uploads go out side by side; the script's are added up, calls times delay, onto the time it took
without them: it makes one call after the other, and to wait would give the same. The stand-in counts no quota here: we
keep below 60 reads and 60 writes a minute by our own pacing, the script would be stopped by a 429.
"""

from __future__ import annotations

from sync.documents.templates import load_templates
from tests import build
from tests.bench.google_office import BenchOffice, Cost, open_bench
from tests.bench.machine import machine_line

SIZES = (100, 1_000, 10_000)
NEW, BOOK = 100, 1_000
SHEETS, UPLOAD = 0.3, 0.8
"""Seconds a call."""
QUOTA = 60
"""Sheets' reads, and its writes, a minute a user: https://developers.google.com/workspace/sheets/api/limits"""


def main() -> None:
    print(machine_line())
    templates = load_templates(build.ROOT / "templates", build.rules())
    for size in SIZES:
        with open_bench(templates, size) as book:
            ours, theirs = book.ours(), book.theirs()
            print(f"idle run, {size:6,} rows: ours {_idle(ours)}   tutorial {_idle(theirs)}", flush=True)
    with open_bench(templates, BOOK) as book:
        _measure_new(book)


def _idle(cost: Cost) -> str:
    calls = cost.sheets + cost.drive
    return f"{calls:2} call{'s' if calls > 1 else ''}, {cost.received:10,} bytes ({cost.compressed:9,} as gzip)"


def _measure_new(book: BenchOffice) -> None:
    book.submit(1)
    book.ours(expected=1)  # makes the month's folders, which are there on any other day
    book.submit(NEW)
    theirs = book.theirs(expected=NEW)
    faults = book.google.google.faults
    faults.delay(SHEETS, nth=0, kind="sheets")
    faults.delay(UPLOAD, nth=0, method=r"files\.create$")
    ours = book.ours(expected=NEW)
    print(f"{NEW} new registrations, a receipt each, in a book of {BOOK:,} rows:")
    for name, cost in (("ours", ours), ("tutorial", theirs)):
        print(f"  {name:8} {cost.reads:4} Sheets reads, {cost.writes:4} Sheets writes, {cost.drive:4} Drive calls")
    print(f"  {theirs.sheets / ours.sheets:.0f} times fewer Sheets calls")
    delays = theirs.sheets * SHEETS + theirs.uploads * UPLOAD
    total = theirs.seconds + delays
    print(
        f"  at {SHEETS * 1000:.0f} ms a Sheets call and {UPLOAD * 1000:.0f} ms an upload: ours {ours.seconds:.1f} s "
        f"(simulated delays, really waited for)   tutorial {total:.0f} s ({delays:.0f} s of delays added up, "
        f"{theirs.seconds:.0f} s measured without them)   {total / ours.seconds:.1f} times"
    )
    minutes = max(theirs.reads, theirs.writes) / QUOTA - 1
    print(
        f"  and Google's quota of {QUOTA} writes a minute would stretch the tutorial to {minutes:.0f} minutes or more"
    )


if __name__ == "__main__":
    main()

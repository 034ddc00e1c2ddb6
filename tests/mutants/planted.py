"""The faults: mistakes that a hurried hand could make in this very code, and what should see them."""

from __future__ import annotations

from tests.mutants.planted_places import HOSTILE, ON_DISK, ON_GOOGLE
from tests.mutants.planting import Mutant

_EVERYTHING = ("prove memory everything", "clerks memory everything")
_PORTIONS = ("pytest tests/run/test_portions.py",)
_MIXED = ("clerks memory edits", "clerks memory new-responses")
_ODD = ("prove memory odd-book", "clerks memory new-responses")

_DECISIONS = (
    Mutant(
        "number by count",
        "sync.domain.plan",
        "highest = highest_orders((entry.number for entry in book.ledger), form)",
        "highest = {now.year: sum(1 for row in book.agenda if row.number)}",
        _ODD,
    ),
    Mutant(
        "next number from the agenda",
        "sync.domain.plan",
        "(entry.number for entry in book.ledger)",
        "(row.number for row in book.agenda)",
        _ODD,
    ),
    Mutant(
        "numbers in the order of the rows",
        "sync.domain.registration",
        "return sorted(responses, key=lambda response: (response.moment or now, response.position))",
        "return list(responses)",
        _EVERYTHING,
    ),
    Mutant(
        "a response that is there twice counts twice",
        "sync.domain.edited",
        "_one_a_visit(unknown))",
        "tuple(item for item in book.responses if item.key in {response.key for response in unknown}))",
        _ODD,
    ),
    Mutant(
        "the ledger is not asked who has a number",
        "sync.domain.edited",
        "return _visits(book, found, late, _one_a_visit(unknown))",
        "return _visits(book, {}, {}, tuple(book.responses))",
        _EVERYTHING,
    ),
    Mutant(
        "record before effect",
        "sync.domain.changes",
        '"state": SCHEDULED,',
        '"state": FILED,',
        _EVERYTHING,
    ),
    Mutant(
        "what an interrupted run scheduled is forgotten",
        "sync.domain.life",
        "if not latest.filed:",
        "if False:",
        _EVERYTHING,
    ),
    Mutant(
        "a document filed but no longer wanted stays unrecorded",
        "sync.domain.plan",
        "stranded=tuple(entry for entry in book.archive if not entry.filed and entry.id not in resumed)",
        "stranded=()",
        ("clerks memory new-responses", "clerks memory edits", "clerks memory everything"),
    ),
    Mutant(
        "status from another row",
        "sync.domain.changes",
        "wanted = _derived(row, documents, rules)",
        "wanted = _derived(judged.rows[0], documents, rules)",
        _EVERYTHING,
    ),
    Mutant(
        "link to another kind of document",
        "sync.domain.changes",
        "_link(documents.get((kind.value, row.number)), cancelled)",
        "_link(documents.get((LINKED[0].value, row.number)), cancelled)",
        _EVERYTHING,
    ),
    Mutant(
        "a new revision under the old number",
        "sync.domain.plan",
        "revision = latest.revision + 1 if latest else 1",
        "revision = 1",
        _EVERYTHING,
    ),
    Mutant(
        "facts of the moment, not of the row",
        "sync.domain.life",
        "if facts_then == wanted.facts:",
        "if facts_then == now.isoformat():",
        _EVERYTHING,
    ),
    Mutant(
        "a deleted row is called present",
        "sync.domain.changes",
        "GONE if entry.number in deleted else PRESENT",
        "PRESENT",
        _ODD,
    ),
    Mutant(
        "a number that stands in the book is given",
        "sync.domain.registration",
        "while (moment.year, order) in standing:",
        "while False:",
        ("pytest tests/run/test_numbers_in_the_book.py",),
    ),
    Mutant(
        "mixed rows are told and not held back",
        "sync.domain.agenda",
        "return self.shifted or bool(self.mixed)",
        "return self.shifted",
        _MIXED,
    ),
    Mutant(
        "cells that changed places are not looked for",
        "sync.domain.mixed",
        "moves = find_moves(standings)",
        "moves = []",
        _MIXED,
    ),
    Mutant(
        "two revisions a day",
        "sync.domain.life",
        "return now.date() > issued_at.date() and calendar.hours(now.date()) is not None",
        "return calendar.hours(now.date()) is not None",
        ("clerks memory edits", "clerks memory finished"),
    ),
    Mutant(
        "a closed document is revised",
        "sync.domain.life",
        "if latest.closed:",
        "if False:",
        ("clerks memory official-number",),
    ),
    Mutant(
        "an interim report is taken for the final",
        "sync.domain.reports",
        "wanted = period if self._is_closed(period) else period.cut_off(self._now.date())",
        "wanted = period",
        ("pytest tests/run/test_life.py",),
    ),
    Mutant(
        "a final before the books are closed",
        "sync.domain.reports",
        "return now >= closing_moment(period, rules.issue.closing_days, rules.calendar)",
        "return True",
        ("pytest tests/run/test_life.py",),
    ),
    Mutant(
        "what was issued is not marked as cancelled",
        "sync.domain.changes",
        "cancelled = row.status is Status.CANCELLED",
        "cancelled = False",
        ("clerks memory edits", "clerks memory finished"),
    ),
    Mutant(
        "time of day as a day of its own",
        "sync.domain.cells",
        "datetime.combine(day, cell.replace(tzinfo=None))",
        "datetime.combine(date(1900, 1, 1), cell.replace(tzinfo=None))",
        ("pytest tests/domain/test_sample_office.py",),
    ),
)

_JOB = (
    Mutant(
        "the archive is not searched before numbers are given",
        "sync.job",
        "            _check_numbers(office, book, accepted)\n",
        "            pass\n",
        ("pytest tests/google_backend/test_copies.py tests/google_backend/test_new_book.py",),
    ),
    Mutant(
        "the numbered document is made of the book, not of its draft",
        "sync.filing",
        "    if draft is None:\n",
        "    if True:\n",
        _EVERYTHING,
    ),
    Mutant(
        "a conflict is swallowed",
        "sync.job",
        "        return None\n",
        "        return revision\n",
        ("clerks memory new-responses", *_EVERYTHING),
    ),
    Mutant(
        "after a conflict the same changes again, not read anew",
        "sync.job",
        "        return None\n",
        "        return office.workspace.commit(changes, office.workspace.read([]).revision)\n",
        ("clerks memory new-responses", *_EVERYTHING),
    ),
    Mutant(
        "an id that no commit has recorded",
        "sync.filing",
        "yield Document(DocumentId(entry.id), entry.path,",
        "yield Document(office.workspace.allocate(1)[0], entry.path,",
        _EVERYTHING,
    ),
    Mutant(
        "what was filed is recorded at the end alone",
        "sync.pace",
        "return unrecorded >= self._limits.portion or waited >= self._limits.portion_seconds",
        "return False",
        _PORTIONS,
    ),
    Mutant(
        "a run that is told to leave goes on",
        "sync.pace",
        "return self._told() or (LIMIT",
        'return "" or (LIMIT',
        _PORTIONS,
    ),
    Mutant(
        "a run with a short limit files nothing, for ever",
        "sync.pace",
        "if why and (begun or why != LIMIT):",
        "if why:",
        _PORTIONS,
    ),
    Mutant(
        "what an earlier run filed is made and sent again",
        "sync.filing",
        "for found in office.workspace.find_all(earlier) if earlier else ():",
        "for found in ():",
        _PORTIONS,
    ),
)

MUTANTS = (*_DECISIONS, *_JOB, *ON_DISK, *ON_GOOGLE, *HOSTILE)

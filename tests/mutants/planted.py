"""The faults: mistakes that a hurried hand could make in this very code, and what should see them."""

from __future__ import annotations

from tests.mutants.planted_places import HOSTILE, ON_DISK, ON_GOOGLE
from tests.mutants.planting import Mutant

_EVERYTHING = ("prove memory everything", "clerks memory everything")
_PORTIONS = ("pytest tests/run/test_portions.py",)
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
        "sync.domain.plan",
        "if entry is not None and not entry.filed:",
        "if entry is not None and not entry.filed and False:",
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
        "kind.spec.agenda_field: _link(documents.get((kind.value, row.number)))",
        "kind.spec.agenda_field: _link(documents.get((LINKED[0].value, row.number)))",
        _EVERYTHING,
    ),
    Mutant(
        "a new revision under the old number",
        "sync.domain.plan",
        "revision = previous.revision + 1 if previous else 1",
        "revision = 1",
        _EVERYTHING,
    ),
    Mutant(
        "fingerprint of the moment, not of the inputs",
        "sync.domain.plan",
        "print_now = fingerprint(document.fields, templates[document.name.kind])",
        "print_now = fingerprint([document.fields, now.isoformat()], templates[document.name.kind])",
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
        "time of day as a day of its own",
        "sync.domain.cells",
        "datetime.combine(day, cell.replace(tzinfo=None))",
        "datetime.combine(date(1900, 1, 1), cell.replace(tzinfo=None))",
        ("pytest tests/domain/test_sample_office.py",),
    ),
)

_JOB = (
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

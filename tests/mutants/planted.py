"""The faults: mistakes that a hurried hand could make in this very code, and what should see them."""

from __future__ import annotations

from tests.mutants.planting import Mutant

_LOCAL = "sync.workspace.local"
_GOOGLE = "sync.workspace.google"
_EVERYTHING = ("prove memory everything", "clerks memory everything")
_ODD = ("prove memory odd-book", "clerks memory new-responses")
_DISK = ("prove local new-responses", "prove local edits")
_CLOUD = ("prove google new-responses", "clerks google new-responses", "clerks google edits")

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
        "sync.domain.agenda",
        "unknown = [response for key, response in responses.items() if key not in by_key]",
        "unknown = [response for response in book.responses if response.key not in by_key]",
        _ODD,
    ),
    Mutant(
        "the ledger is not asked who has a number",
        "sync.domain.agenda",
        "unknown = [response for key, response in responses.items() if key not in by_key]",
        "unknown = list(responses.values())",
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
        '"telaahan": _link(documents.get((DocumentKind.TELAAHAN.value',
        '"telaahan": _link(documents.get((DocumentKind.RECEIPT.value',
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
        "        return False\n    return True\n",
        "        return True\n    return True\n",
        ("clerks memory new-responses", *_EVERYTHING),
    ),
    Mutant(
        "after a conflict the same changes again, not read anew",
        "sync.job",
        "        return False\n    return True\n",
        "        office.workspace.commit(changes, office.workspace.read([]).revision)\n    return True\n",
        ("clerks memory new-responses", *_EVERYTHING),
    ),
    Mutant(
        "an id that no commit has recorded",
        "sync.job",
        "return Document(DocumentId(entry.id), entry.path,",
        "return Document(office.workspace.allocate(1)[0], entry.path,",
        _EVERYTHING,
    ),
)

_ON_DISK = (
    Mutant(
        "the book is not flushed",
        f"{_LOCAL}.atomic",
        "            disk.fsync(temporary)\n",
        "",
        _DISK,
    ),
    Mutant(
        "the book's name is not flushed",
        f"{_LOCAL}.atomic",
        "        disk.fsync_folder(book.parent)\n",
        "        pass\n",
        _DISK,
    ),
    Mutant(
        "the book is written in place",
        f"{_LOCAL}.atomic",
        "            disk.write(temporary, content)\n",
        "            disk.write(book, content)\n            disk.write(temporary, content)\n",
        _DISK,
    ),
    Mutant(
        "a document is not flushed",
        f"{_LOCAL}.store",
        "                self._disk.fsync(temporary)\n",
        "",
        _DISK,
    ),
    Mutant(
        "a document overwrites what lies there",
        f"{_LOCAL}.store",
        "self._disk.link(temporary, target)",
        "self._disk.replace(temporary, target)",
        ("pytest tests/prove/test_prove.py -k last_moment", "pytest tests/local/test_store.py"),
    ),
    Mutant(
        "the temporary file is not removed",
        f"{_LOCAL}.store",
        "                self._disk.unlink(temporary)\n                self._disk.fsync_folder(target.parent)\n",
        "                self._disk.fsync_folder(target.parent)\n",
        _DISK,
    ),
    Mutant(
        "the book is replaced whoever saved it meanwhile",
        _LOCAL,
        "if (None if content is None else _revision(content)) != expected:",
        "if False:",
        ("clerks local edits", "clerks local new-responses"),
    ),
    Mutant(
        "what lies there is taken for what was to be filed",
        f"{_LOCAL}.store",
        "return self._filed(document.id, document.path, content, identity[1])",
        "return self._filed(document.id, document.path, document.content, document.fingerprint)",
        ("clerks local edits", "clerks local new-responses", "pytest tests/contract"),
    ),
)

_ON_GOOGLE = (
    Mutant(
        "a document is created without its id",
        f"{_GOOGLE}.filing",
        '            "id": document.id,\n',
        "",
        _CLOUD,
    ),
    Mutant(
        "a 409 is taken for our own bytes",
        f"{_GOOGLE}.filing",
        "document if equal or is_new else None",
        "document",
        ("clerks google edits", "clerks google new-responses", "pytest tests/google_backend/test_contract.py"),
    ),
    Mutant(
        "a batch carries no revision",
        f"{_GOOGLE}.commit",
        "self._sheets.write([*moving, *requests],",
        "self._sheets.write([*requests],",
        _CLOUD,
    ),
    Mutant(
        "rows are written by index, and nobody looks whether they held still",
        f"{_GOOGLE}.commit",
        "if sent.answer is not None and held_still(state, draft.written, sent.answer):",
        "if sent.answer is not None:",
        ("clerks google edits", "clerks google new-responses"),
    ),
    Mutant(
        "new rows over what stands there instead of inserted",
        f"{_GOOGLE}.draft",
        '        self.requests.append({"insertDimension": {"range": span, "inheritFromBefore": before}})\n',
        "",
        ("clerks google new-responses", "pytest tests/google_backend/test_road.py"),
    ),
)

MUTANTS = (*_DECISIONS, *_JOB, *_ON_DISK, *_ON_GOOGLE)

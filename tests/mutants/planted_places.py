"""Faults of the backends and of what keeps hostile input harmless; those of deciding and running are in ``planted``."""

from __future__ import annotations

from tests.mutants.planting import Mutant

_LOCAL = "sync.workspace.local"
_GOOGLE = "sync.workspace.google"
_DISK = ("prove local new-responses", "prove local edits")
_CLOUD = ("prove google new-responses", "clerks google new-responses", "clerks google edits")

ON_DISK = (
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
        "        disk.fsync_folder(temporary.parent)\n",
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
        takes_long=True,
    ),
    Mutant(
        "what lies there is taken for what was to be filed",
        f"{_LOCAL}.store",
        "return self._filed(document.id, document.path, content, identity[1])",
        "return self._filed(document.id, document.path, document.content, document.fingerprint)",
        ("pytest tests/contract", "clerks local edits", "clerks local new-responses"),
        takes_long=True,
    ),
)

ON_GOOGLE = (
    Mutant(
        "a document is created without its id",
        f"{_GOOGLE}.filing",
        '            "id": document.id,\n',
        "",
        _CLOUD,
    ),
    Mutant(
        "search, then create",
        f"{_GOOGLE}.filing",
        '        metadata: Json = {\n            "id": document.id,\n',
        "        for found in self._drive.children([parent], FIELDS):\n"
        '            if found["name"] == split_path(document.path)[1]:\n'
        "                return found\n"
        "        metadata: Json = {\n",
        _CLOUD,
        takes_long=True,
    ),
    Mutant(
        "a folder is made under an id that nobody recorded",
        f"{_GOOGLE}.folders",
        "self._drive.create_folder(known.id, ",
        "self._drive.create_folder(self._spare_ids(1)[0], ",
        _CLOUD,
    ),
    Mutant(
        "a 409 is taken for our own bytes",
        f"{_GOOGLE}.filing",
        "document if equal or is_new else None",
        "document",
        ("pytest tests/google_backend/test_contract.py", "clerks google edits", "clerks google new-responses"),
        takes_long=True,
    ),
    Mutant(
        "a batch carries no revision",
        f"{_GOOGLE}.commit",
        "self._sheets.write([*moving, *requests],",
        "self._sheets.write([*requests],",
        _CLOUD,
        takes_long=True,
    ),
    Mutant(
        "rows are written by index, and nobody looks whether they held still",
        f"{_GOOGLE}.commit",
        "if sent.answer is not None and held_still(expected, draft.written, sent.answer):",
        "if sent.answer is not None:",
        ("clerks google edits", "clerks google new-responses"),
        takes_long=True,
    ),
    Mutant(
        "new rows over what stands there instead of inserted",
        f"{_GOOGLE}.draft",
        '        self.requests.append({"insertDimension": {"range": span, "inheritFromBefore": before}})\n',
        "",
        ("clerks google new-responses", "pytest tests/google_backend/test_road.py"),
        takes_long=True,
    ),
)

_CORPUS = "pytest tests/hostile/test_corpus.py"
HOSTILE = (
    Mutant(
        "data is not escaped in a document",
        "sync.documents.environment",
        "else escape(kept)",
        "else Markup(kept)",
        ("pytest tests/hostile/test_documents.py",),
    ),
    Mutant(
        "text that looks like a formula becomes one on disk",
        f"{_LOCAL}.sheet_write",
        "            stored = to_stored(value)\n",
        "            stored = to_stored(value)\n            if stored.startswith('='):\n"
        '                return f"{start}><{p}f>{escape(stored[1:])}</{p}f></{p}c>".encode()\n',
        (f"{_CORPUS} -k disk",),
        takes_long=True,
    ),
    Mutant(
        "text that looks like a formula becomes one on Google",
        f"{_GOOGLE}.cells",
        '{"stringValue": stored}',
        '{"formulaValue" if stored.startswith("=") else "stringValue": stored}',
        (f"{_CORPUS} -k google",),
    ),
    Mutant(
        "an answer is not cleaned",
        "sync.domain.newrow",
        "return clean(cell) if isinstance(cell, str) else clean(read_text(cell))",
        "return cell if isinstance(cell, str) else clean(read_text(cell))",
        (f"{_CORPUS} -k memory",),
    ),
    Mutant(
        "the log names the visitor",
        "sync.job",
        'log_event("registered", number=registration.number)',
        'log_event("registered", number=str(registration.response.cells.name))',
        ("pytest tests/hostile/test_privacy.py -k no_log",),
        takes_long=True,
    ),
)

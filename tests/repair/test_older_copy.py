"""The documented way back after somebody put an older copy of the book in the newer one's place."""

from __future__ import annotations

from typing import Any

from sync.errors import EXIT_SAFETY
from tests import build
from tests.endtoend.office import NOW, DiskOffice


def test_after_an_older_copy_everybody_keeps_the_number_given_since(office: DiskOffice) -> None:
    """No number is given until the list and the ledger are made again, and no document is filed twice."""
    visits = build.visits()[:12]
    office.import_visits(visits[:6])
    office.run()
    older = office.book.read_bytes()
    office.import_visits(visits)
    office.run()
    numbers = {row["Kunci Respons"]: row["No. Registrasi"] for row in office.rows("Register")}
    files = {path: path.read_bytes() for path in office.archive.rglob("*.docx")}
    office.book.write_bytes(older)

    office.import_visits(visits)
    before = (office.book.read_bytes(), office.files())
    for arguments in ((), ("--dry-run",)):
        older_copy = office.agenda("run", "--now", NOW, *arguments)
        assert older_copy.code == EXIT_SAFETY
        assert "lacks 6 number(s) that lie in the archive" in older_copy.err
        assert "agenda verify --rebuild" in older_copy.err
    assert (office.book.read_bytes(), office.files()) == before
    assert office.agenda("verify", "--rebuild").code == 0
    stopped = office.agenda("run", "--now", NOW)
    assert stopped.code == EXIT_SAFETY
    assert "agenda restore --from-archive" in stopped.err

    def empty(book: Any) -> None:
        book["Register"].delete_rows(2, book["Register"].max_row)

    office.edit(empty)
    assert office.agenda("restore", "--from-archive").code == 0
    office.run()

    assert {row["Kunci Respons"]: row["No. Registrasi"] for row in office.rows("Register")} == numbers
    assert {path: path.read_bytes() for path in office.archive.rglob("*.docx")} == files

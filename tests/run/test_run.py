"""One run over the whole road, and the next one, which has nothing to do."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sync.domain.tabs import Tab
from tests.run.office import MemoryOffice, an_office_with_work


def test_a_response_becomes_a_numbered_row_and_a_filed_receipt() -> None:
    """Form response → registration → agenda row → document → archive → record, in one run."""
    office = MemoryOffice()
    office.respond(phone=81298187479)

    report = office.run()

    (row,) = office.rows(Tab.AGENDA)
    (entry,) = office.rows(Tab.ARCHIVE)
    (ledger,) = office.rows(Tab.REGISTER)
    assert (report.registered, report.documents_filed) == (1, 1)
    assert row["number"] == ledger["number"] == "KONS-2026-0001"
    assert row["registered_at"] == ledger["responded_at"] == datetime(2026, 11, 2, 8, 26, 5)
    assert row["phone"] == "081298187479"
    assert row["status"] == "terdaftar"
    assert entry["state"] == "diarsipkan"
    assert entry["path"] == "2026/500.3.2.1/11 November/2026-11-02_KONS-2026-0001_tanda-registrasi.docx"
    (document,) = office.workspace.documents.values()
    assert entry["sha256"] == hashlib.sha256(document.content).hexdigest()
    assert row["receipt"] is not None


def test_a_second_run_with_nothing_new_plans_nothing_and_writes_nothing() -> None:
    """However often it is started, a run that has nothing to do leaves everything as it is."""
    office = an_office_with_work()
    office.run()
    before, revision = office.state(), office.workspace.read(["Agenda"]).revision

    report = office.run()

    assert (report.registered, report.documents_filed, report.rows_updated) == (0, 0, 0)
    assert office.state() == before
    assert office.workspace.read(["Agenda"]).revision == revision


def test_time_alone_changes_nothing_but_what_it_makes_true() -> None:
    """An hour later a finished and an untouched registration are what they were."""
    office = an_office_with_work()
    office.run()
    before = office.state()

    office.run(datetime(2026, 11, 24, 11, 0))

    assert office.state() == before


def test_a_finished_consultation_gets_a_telaahan_and_a_row_in_the_outgoing_book() -> None:
    """The draft waits for the clerk's number, and says so in the archive list."""
    office = an_office_with_work()

    office.run()

    kinds = {(entry["kind"], entry["reference"]): entry for entry in office.rows(Tab.ARCHIVE)}
    (outgoing,) = office.rows(Tab.OUTGOING)
    assert str(kinds["telaahan", "KONS-2026-0001"]["description"]).endswith(", konsep")
    assert (outgoing["reference"], outgoing["kind"]) == ("KONS-2026-0001", "Telaahan Staf")
    assert outgoing["official_number"] is None
    assert outgoing["document"] is not None


def test_a_cancelled_visit_has_a_status_and_no_findings() -> None:
    """BATAL in Keterangan ends all questions; the number stays given."""
    office = MemoryOffice()
    office.respond(name=None, phone=None)
    office.run()
    office.type_into("KONS-2026-0001", remarks="BATAL pemohon pulang")

    report = office.run()

    (row,) = office.rows(Tab.AGENDA)
    assert (row["status"], row["findings"]) == ("batal", None)
    assert report.findings == {}

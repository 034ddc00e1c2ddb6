"""A lost archive list is made again from the archive alone; no file is touched, no row that stands is changed."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.archive import DocumentName, archive_path, read_path
from sync.domain.documents import OF_REGISTRATION, DocumentKind
from sync.domain.period import parse_period
from sync.domain.plan import Request
from sync.domain.tabs import Tab
from sync.repair import rebuild
from tests import build
from tests.endtoend.office import DiskOffice
from tests.repair.office import an_office, bench, empty
from tests.run.office import CutOff, CuttingWorkspace, MemoryOffice

UNKNOWN = {"filed_at": None}
"""When a document was filed is the one thing the archive does not say."""


def an_office_with_papers() -> MemoryOffice:
    """Receipts, a telaahan in two revisions, the second with its official number, and a month's recap."""
    office = an_office()
    grid = office.workspace.tabs["Agenda Keluar"]
    grid[1][grid[0].index("Nomor Naskah")] = "000.8/17/DISKOPUKM.B"
    office.run()
    office.run(request=Request(periods=((DocumentKind.RECAP, parse_period("2026-11")),)))
    return office


def listed(office: MemoryOffice) -> dict[object, dict[str, object]]:
    return {row["path"]: {**row, **UNKNOWN} for row in office.rows(Tab.ARCHIVE)}


def test_an_emptied_list_is_made_again_as_it_was() -> None:
    """Id, kind, reference, revision, description, moment of issue, fingerprint, digest and link, for every document."""
    office = an_office_with_papers()
    before = listed(office)
    empty(office, Tab.ARCHIVE)

    rebuild(bench(office), build.NOW)

    assert listed(office) == before


def test_a_run_after_a_rebuild_has_nothing_to_do() -> None:
    """The fingerprints are known again: nothing is issued a second time."""
    office = an_office_with_papers()
    documents = dict(office.workspace.documents)
    empty(office, Tab.ARCHIVE)
    rebuild(bench(office), build.NOW)
    before = office.state()

    report = office.run()

    assert (report.registered, report.documents_filed, report.rows_updated) == (0, 0, 0)
    assert office.state() == before
    assert office.workspace.documents == documents


def test_a_row_that_changed_meanwhile_gets_its_revision_and_nothing_else_does() -> None:
    """Only what really changed, since the documents carry what they were made of; a numbered one stays closed."""
    office = an_office_with_papers()
    empty(office, Tab.ARCHIVE)
    office.type_into("KONS-2026-0001", advice="Saran yang diperbaiki")
    office.type_into("KONS-2026-0002", name="Nama yang diperbaiki")
    rebuild(bench(office), build.NOW)

    report = office.run(build.NOW + timedelta(days=1))

    assert [path.rpartition("/")[2] for path in report.paths] == [
        "2026-11-02_KONS-2026-0001_disposisi-r2.docx",  # it waited: the number was typed on the day it was issued
        "2026-11-02_KONS-2026-0002_tanda-registrasi-r2.docx",
    ]
    assert "document-closed" in report.findings


def test_a_rebuild_again_adds_nothing_and_rows_that_stand_stay() -> None:
    """Only what the list lacks is added, under the rows that stand."""
    office = an_office_with_papers()
    grid = office.workspace.tabs["Arsip"]
    kept = [list(row) for row in grid[1:3]]
    del grid[3:]
    rebuild(bench(office), build.NOW)
    state = office.state()

    again = rebuild(bench(office), build.NOW)

    assert office.workspace.tabs["Arsip"][1:3] == kept
    assert again.entries == ()
    assert office.state() == state


def test_a_scheduled_row_whose_file_lies_there_is_left_to_the_run() -> None:
    """The list has it; the next run records it as it records what any cut-off run filed."""
    office = an_office()
    office.respond(timestamp=datetime(2026, 11, 3, 8, 0), name="Dayang", phone=81316523126)
    with pytest.raises(CutOff):
        office.run(through=CuttingWorkspace(office.workspace, 4, after=True))

    assert rebuild(bench(office), build.NOW).entries == ()
    office.run()
    assert {row["state"] for row in office.rows(Tab.ARCHIVE)} == {"diarsipkan"}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_rebuild_cut_off_is_finished_by_starting_it_again(after: bool) -> None:
    """All rows are added in one commit, or none."""
    office = an_office_with_papers()
    before = listed(office)
    empty(office, Tab.ARCHIVE)
    calls = CuttingWorkspace(office.workspace)
    rebuild(bench(office, calls), build.NOW)
    for cut in range(1, calls.effects + 1):
        empty(office, Tab.ARCHIVE)
        with pytest.raises(CutOff):
            rebuild(bench(office, CuttingWorkspace(office.workspace, cut, after=after)), build.NOW)
        rebuild(bench(office), build.NOW)

        assert listed(office) == before


def test_two_rebuilds_at_once_list_every_document_once() -> None:
    """The second one's commit is refused, and then it finds the list whole."""
    office = an_office_with_papers()
    before = listed(office)
    empty(office, Tab.ARCHIVE)
    done: list[int] = []

    def another(call: int) -> None:
        if call == 3 and not done:
            done.append(call)
            rebuild(bench(office), build.NOW)

    rebuild(bench(office, CuttingWorkspace(office.workspace, between=another)), build.NOW)

    assert listed(office) == before
    assert len(office.rows(Tab.ARCHIVE)) == len(before)


_NUMBERS = st.builds("{}-{}-{:04d}".format, st.from_regex(r"[A-Z]{1,6}", fullmatch=True), st.integers(2000, 2100),
                     st.integers(1, 123456))  # fmt: skip
_PERIODS = st.sampled_from(["2026-11", "2026-Q4", "2026-S2", "2026"])


@given(
    kind=st.sampled_from(DocumentKind), number=_NUMBERS, period=_PERIODS, day=st.dates(), revision=st.integers(1, 120)
)
def test_every_path_the_job_gives_is_read_back(
    kind: DocumentKind, number: str, period: str, day: date, revision: int
) -> None:
    """What is written into a path can be read out of it."""
    reference = number if kind in OF_REGISTRATION else period
    name = read_path(archive_path(DocumentName(kind, reference, day), revision, build.rules().archive))

    assert name is not None
    assert (name.kind, name.reference, name.day, name.revision) == (kind, reference, day, revision)
    assert name.classification == build.rules().archive.code_of_kind[kind.value]


@pytest.mark.parametrize(
    "path",
    [
        "catatan.txt",
        "2026/500.3.2.1/11 November/2026-12-02_KONS-2026-0001_telaahan.docx",
        "2026/500.3.2.1/11 November/2026-11-02_KONS-2026-0001_telaahan-r1.docx",
        "2026/500.3.2.1/11 November/2026-11-02_KONS-2026-0001_telaahan (1).docx",
        "2026/500.3.2.1/11 November/2026-11-02_2026-11_telaahan.docx",
        "2026/500.3.2.1/11 November/2026-11-30_KONS-2026-0001_rekap.docx",
        "2026/500.3.2.1/13 Apa/2026-13-02_KONS-2026-0001_telaahan.docx",
        "2026/11 November/2026-11-02_KONS-2026-0001_telaahan.docx",
    ],
)
def test_a_path_the_job_would_not_give_is_none(path: str) -> None:
    """A file that people moved or copied is not taken for a document in its place."""
    assert read_path(path) is None


def lose_the_list(office: DiskOffice) -> None:
    office.edit(lambda book: book["Arsip"].delete_rows(2, 500))


def files(office: DiskOffice) -> dict[Path, tuple[bytes, int]]:
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in office.archive.rglob("*") if path.is_file()}


def test_rebuild_on_disk_reads_real_documents_and_touches_none(office: DiskOffice) -> None:
    """The command after the safety stop that points to it; then a run is idle and the archive is whole."""
    visits = build.visits()[:10]
    office.import_visits(visits)
    office.run()
    office.type_visits(visits)
    office.run()
    office.agenda("recap", "2026-11", "--now", "2026-11-24T10:00")
    before, archive = office.rows("Arsip"), files(office)
    lose_the_list(office)

    stopped = office.agenda("run", "--now", "2026-11-24T10:00")
    rebuilt = office.agenda("verify", "--rebuild", "--now", "2026-11-24T10:00")

    assert stopped.code == 5
    assert "agenda verify --rebuild" in stopped.err
    assert rebuilt.code == 0
    assert rebuilt.out == f"{len(before)} documents were put on the list again\n"
    by_path = sorted(before, key=lambda row: str(row["Berkas"]))
    assert [{**row, "Diarsipkan": 0} for row in office.rows("Arsip")] == [{**row, "Diarsipkan": 0} for row in by_path]
    assert files(office) == archive
    report = office.run()
    assert (report["documents_filed"], report["rows_updated"]) == (0, 0)
    assert office.agenda("verify", "--now", "2026-11-24T10:00").code == 0


def test_what_people_moved_renamed_or_copied_is_left_out_and_named(office: DiskOffice) -> None:
    """Exit 5 with each path; what is sure is listed."""
    office.import_visits(build.visits()[:5])
    office.run()
    first, second, third, fourth, _ = sorted(office.archive.rglob("*.docx"))
    moved = office.archive / first.name
    first.rename(moved)
    renamed = second.with_name(second.name.replace("KONS-2026-0002", "KONS-2026-0077"))
    second.rename(renamed)
    copied = third.with_name(third.name.replace("tanda-registrasi", "tanda-registrasi-r2"))
    shutil.copyfile(third, copied)
    (fourth.parent / "catatan.docx").write_bytes(b"titipan")
    lose_the_list(office)

    outcome = office.agenda("verify", "--rebuild", "--json")

    assert outcome.code == 5
    told = outcome.json()
    assert [Path(path).name.split("_")[1] for path in told["listed"]] == ["KONS-2026-0004", "KONS-2026-0005"]
    assert {Path(item["path"]).name for item in told["left_out"]} == {moved.name, renamed.name, third.name, copied.name}


def test_a_damaged_document_of_the_jobs_is_a_stranger_now(office: DiskOffice) -> None:
    """Without its identity nobody can say what it was; it is not listed, and verify names it."""
    office.import_visits(build.visits()[:2])
    office.run()
    damaged, _ = sorted(office.archive.rglob("*.docx"))
    damaged.write_bytes(damaged.read_bytes()[:2000])
    lose_the_list(office)

    assert office.agenda("verify", "--rebuild", "--json").json()["left_out"] == []
    differences = office.agenda("verify", "--json").json()["differences"]
    assert [(item["kind"], Path(item["path"]).name) for item in differences] == [("orphan", damaged.name)]

"""Filing makes progress under every limit: in portions, today's receipts first, and out in good order when told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from sync.domain.table import Change, Revision
from sync.domain.tabs import Tab
from sync.errors import BookChanged, BookOpen, LimitReached, Stopped
from sync.pace import Limits
from sync.workspace.port import Document, DocumentId, Filed, Workspace
from tests.bench.bench_portions import runs_needed
from tests.run.office import CutOff, CuttingWorkspace, MemoryOffice, an_office_with_work

MONTHS_END = datetime(2026, 12, 1, 8, 0)
EACH = Limits(portion=1)


def an_office_with_visitors(count: int, first: datetime = datetime(2026, 11, 24, 6, 0)) -> MemoryOffice:
    """``count`` responses, one a minute: of one that is still to come at ten there would be no document."""
    office = MemoryOffice()
    for order in range(count):
        office.respond(timestamp=first + timedelta(minutes=order), name=f"Orang {order}", phone=f"0812{order:08}")
    return office


def filed(office: MemoryOffice) -> int:
    return len(office.workspace.documents)


def recorded(office: MemoryOffice) -> int:
    return sum(row["state"] == "diarsipkan" for row in office.rows(Tab.ARCHIVE))


class Watched(CuttingWorkspace):
    """Tells ``seen`` of every call by its name, before it takes effect."""

    def __init__(self, inner: Workspace, seen: Callable[[str], None]) -> None:
        super().__init__(inner)
        self._seen = seen

    def read(self, tabs: Sequence[str]) -> Any:
        self._seen("read")
        return super().read(tabs)

    def commit(self, changes: Sequence[Change], expected: Revision) -> Revision:
        self._seen("commit")
        return super().commit(changes, expected)

    def file(self, document: Document) -> Filed:
        self._seen(f"file {document.path.rpartition('/')[2]}")
        return super().file(document)

    def find_all(self, wanted: Mapping[DocumentId, str]) -> Iterator[Filed]:
        self._seen(f"find_all {len(wanted)}")
        return super().find_all(wanted)


def calls(office: MemoryOffice, **pace: Any) -> list[str]:
    """The calls of one run."""
    seen: list[str] = []
    office.run(through=Watched(office.workspace, seen.append), **pace)
    return seen


def test_up_to_a_portion_of_documents_costs_two_reads_and_two_commits() -> None:
    """The record of the last portion is the last record."""
    seen = calls(an_office_with_visitors(100))

    assert (seen.count("read"), seen.count("commit")) == (2, 2)


def test_a_further_portion_costs_one_commit_and_no_read() -> None:
    """The revision is known from the commit before, and rows are found by their ids."""
    seen = calls(an_office_with_visitors(201))

    assert (seen.count("read"), seen.count("commit")) == (2, 4)


@pytest.mark.parametrize("at", range(1, 40))
def test_a_run_cut_at_any_moment_has_its_portions_for_good(at: int) -> None:
    """No more is unrecorded than one portion."""
    office = an_office_with_visitors(9)
    try:
        office.run(through=CuttingWorkspace(office.workspace, at), limits=Limits(portion=3))
    except CutOff:
        assert filed(office) - recorded(office) <= 3


def test_a_slow_upload_is_recorded_after_half_a_minute() -> None:
    """Together with its link in the agenda, which the visitor's officer looks for."""
    office, now = an_office_with_visitors(4), [0.0]
    seen: list[tuple[int, int]] = []

    def a_call(name: str) -> None:
        now[0] += 20 if name.startswith("file") else 0
        links = sum(row.get("receipt") is not None for row in office.rows(Tab.AGENDA))
        seen.append((recorded(office), links))

    office.run(through=Watched(office.workspace, a_call), seconds=lambda: now[0])

    assert (2, 2) in seen


def test_a_run_that_goes_on_looks_for_all_at_once_and_makes_nothing_twice() -> None:
    """What an earlier run filed and did not record is recognised before it is rendered or sent again."""
    office = an_office_with_visitors(6)
    with pytest.raises(CutOff):
        office.run(through=CuttingWorkspace(office.workspace, 8))
    assert (filed(office), recorded(office)) == (4, 0)

    seen = calls(office)

    assert [name for name in seen if name.startswith("find")] == ["find_all 6"]
    assert sum(name.startswith("file") for name in seen) == 2
    assert recorded(office) == 6


def test_todays_receipts_are_filed_before_what_waited_longer() -> None:
    """The backlog of a month is there first, and the visitor of today stands at the desk."""
    office = an_office_with_visitors(5, datetime(2026, 11, 2, 8, 0))
    with pytest.raises(CutOff):
        office.run(through=CuttingWorkspace(office.workspace, 4))
    office.respond(timestamp=datetime(2026, 11, 24, 9, 0), name="Hari Ini", phone="081211112222")

    seen = [name for name in calls(office) if name.startswith("file")]

    assert seen[0] == "file 2026-11-24_KONS-2026-0006_tanda-registrasi.docx"
    assert len(seen) == 6


def test_a_limit_leaves_in_time_with_all_recorded() -> None:
    """The last record fits into it."""
    office, now = an_office_with_visitors(50), [0.0]

    def a_call(name: str) -> None:
        now[0] += 1

    with pytest.raises(LimitReached, match=r"18 document\(s\) were filed and recorded, 32 are left"):
        office.run(through=Watched(office.workspace, a_call), seconds=lambda: now[0], limits=Limits(run_seconds=22))

    assert now[0] <= 22
    assert recorded(office) == filed(office) == 18


def test_the_shortest_limit_still_ends_something() -> None:
    """Else a limit shorter than reading the book takes would never file anything."""
    office, now = an_office_with_visitors(3), [0.0]

    def a_call(name: str) -> None:
        now[0] += 100

    for done in (1, 2):
        with pytest.raises(LimitReached):
            office.run(through=Watched(office.workspace, a_call), seconds=lambda: now[0], limits=Limits(run_seconds=1))
        assert recorded(office) == done


def test_who_is_told_to_leave_finishes_what_is_in_hand_and_records_it() -> None:
    """No further document is begun."""
    office, told = an_office_with_visitors(5), [""]

    def a_call(name: str) -> None:
        if name.startswith("file") and filed(office) == 2:
            told[0] = "SIGTERM"

    with pytest.raises(Stopped, match=r"SIGTERM: 3 document\(s\) were filed and recorded, 2 are left") as stopped:
        office.run(through=Watched(office.workspace, a_call), told_to_leave=lambda: told[0])

    assert stopped.value.exit_code == 4
    assert recorded(office) == filed(office) == 3


def test_who_is_told_to_leave_with_all_in_hand_ends_as_ever() -> None:
    office, told = an_office_with_visitors(2), [""]

    def a_call(name: str) -> None:
        if name.startswith("file") and filed(office) == 1:
            told[0] = "SIGINT"

    report = office.run(through=Watched(office.workspace, a_call), told_to_leave=lambda: told[0])

    assert report.documents_filed == 2


def test_a_book_that_is_open_elsewhere_does_not_stop_the_filing() -> None:
    """Portions wait for the next one; only if the last record fails too does the run say so."""
    office = an_office_with_visitors(6)
    commits = [0]

    class OpenMeanwhile(CuttingWorkspace):
        def commit(self, changes: Sequence[Change], expected: Revision) -> Revision:
            commits[0] += 1
            if 2 <= commits[0] <= 4:
                raise BookOpen("memory", "rina", "lock")
            return super().commit(changes, expected)

    report = office.run(through=OpenMeanwhile(office.workspace), limits=EACH)

    assert report.documents_filed == recorded(office) == 6


def test_a_portion_that_meets_another_commit_reads_again_and_goes_on() -> None:
    """A clerk saves between the commit before and the portion's own."""
    office = an_office_with_visitors(4)

    def a_call(name: str) -> None:
        if name.startswith("file"):
            office.workspace.tabs["Petugas"].append([f"Orang {filed(office)}", None, None, None])

    office.run(through=Watched(office.workspace, a_call), limits=EACH)

    assert recorded(office) == 4
    assert office.run().rows_updated == 0


def test_a_conflict_in_every_attempt_of_a_portion_leaves_it_to_the_next() -> None:
    office = an_office_with_visitors(3)
    commits = [0]

    class Restless(CuttingWorkspace):
        def commit(self, changes: Sequence[Change], expected: Revision) -> Revision:
            commits[0] += 1
            if 2 <= commits[0] <= 8:
                raise BookChanged("memory")
            return super().commit(changes, expected)

    office.run(through=Restless(office.workspace), limits=EACH)

    assert recorded(office) == 3


def _whole() -> tuple[dict[str, object], int]:
    office = an_office_with_work()
    counting = CuttingWorkspace(office.workspace)
    office.run(MONTHS_END, through=counting, limits=EACH)
    return office.state(), counting.effects


WHOLE, EFFECTS = _whole()


def _check_quiet(office: MemoryOffice) -> None:
    office.run(MONTHS_END)
    report = office.run(MONTHS_END)
    assert (report.registered, report.documents_filed, report.rows_updated) == (0, 0, 0)
    assert office.state() == WHOLE


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, EFFECTS + 1))
def test_a_run_of_many_portions_cut_at_any_effect_ends_like_one_that_was_not(at: int, after: bool) -> None:
    office = an_office_with_work()
    try:
        office.run(MONTHS_END, through=CuttingWorkspace(office.workspace, at, after=after), limits=EACH)
    except CutOff:
        office.run(MONTHS_END, limits=EACH)

    _check_quiet(office)


@pytest.mark.parametrize("at", range(EFFECTS))
def test_two_runs_at_once_each_filing_portions_end_as_one(at: int) -> None:
    office = an_office_with_work()

    def second_runner(call: int) -> None:
        if call == at:
            office.run(MONTHS_END, limits=EACH)

    office.run(MONTHS_END, through=CuttingWorkspace(office.workspace, between=second_runner), limits=EACH)

    _check_quiet(office)


@pytest.mark.parametrize("killed", [False, True], ids=["leaves by its limit", "is killed"])
def test_a_mass_of_documents_ends_in_as_many_runs_as_the_uploads_need_and_two(killed: bool) -> None:
    """500 documents, 15 s a run, 300 ms a call (``make bench`` does 5,000 in runs of a minute)."""
    needed = runs_needed(documents=500, limit=15, call=0.3, killed=killed)

    assert needed.runs <= needed.by_uploads_alone + 2

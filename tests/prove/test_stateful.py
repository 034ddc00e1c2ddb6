"""Hypothesis chooses: visitors, staff, runs, crashes and second runners in any order; quiet states are judged."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sync.errors import AgendaError
from tests.prove.clerk import Clerk
from tests.prove.memory_world import MemoryWorld
from tests.prove.oracles import violations
from tests.prove.scenarios import visit
from tests.prove.seam import CutOff, Fault, Seam
from tests.prove.shadow import Shadow

START = datetime(2026, 11, 24, 7, 40)
SEEDS = st.integers(1, 10**6)


class AnOffice(RuleBasedStateMachine):
    """Revisions that notice people's edits, as a file's do."""

    notices_edits = True

    def __init__(self) -> None:
        super().__init__()
        logging.getLogger("agenda").setLevel(logging.CRITICAL)
        self.world = MemoryWorld(notices_edits=self.notices_edits)
        self.shadow = Shadow(self.world)
        self.now = START
        self.visits = 0

    @rule(minutes=st.integers(0, 600))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.visits < 12)
    @rule(late=st.booleans())
    def a_visitor_sends_the_form(self, late: bool) -> None:
        """The moment is now; ``late`` is one whose device was offline."""
        self.visits += 1
        moment = self.now - timedelta(minutes=90 if late else 0, seconds=-self.visits)
        with self.shadow.staff():
            visit(self.world, self.visits, moment, f"Pengunjung {self.visits}")

    @precondition(lambda self: self.world.grid("Register")[1:])
    @rule(seed=SEEDS)
    def staff_work(self, seed: int) -> None:
        clerk = Clerk(self.world, self.shadow, seed, self._second_runner)
        clerk.between_runs()
        clerk.mend()

    @rule(
        at=st.integers(1, 12),
        fault=st.sampled_from(MemoryWorld.faults),
        clerk_seed=st.one_of(st.none(), SEEDS),
    )
    def a_run_goes_wrong(self, at: int, fault: Fault, clerk_seed: int | None) -> None:
        seam = Seam({at: fault})
        clerk = None
        if clerk_seed is not None and self.world.grid("Register")[1:]:
            clerk = Clerk(self.world, self.shadow, clerk_seed, self._second_runner)
            seam.between = clerk.look
        self._run(seam)
        seam.flush()
        if clerk is not None:
            clerk.mend()

    @rule()
    def all_comes_to_rest(self) -> None:
        for _ in range(6):
            self.now += timedelta(minutes=1)
            report = self.world.run(self.now)
            if (report.registered, report.documents_filed, report.rows_updated) == (0, 0, 0):
                break
        self.shadow.job_did()

        assert self.shadow.violations == []
        assert violations(self.world, self.now) == []
        seam = Seam()
        self.world.run(self.now, seam)
        assert seam.writes() == []

    @invariant()
    def staff_see_their_cells(self) -> None:
        self.shadow.job_did()
        assert self.shadow.violations == []

    def teardown(self) -> None:
        self.all_comes_to_rest()

    def _second_runner(self) -> None:
        self._run(Seam())

    def _run(self, seam: Seam) -> None:
        self.now += timedelta(minutes=1)
        try:
            self.world.run(self.now, seam)
        except (CutOff, AgendaError):
            return


class AnOfficeOnline(AnOffice):
    """Revisions of the job's own commits alone, as on Google."""

    notices_edits = False


BOUNDED = settings(
    max_examples=80,
    stateful_step_count=18,
    deadline=None,
    # Making a failing story shorter takes minutes; as it was found, it is short enough.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
TestAnOffice = AnOffice.TestCase
TestAnOffice.settings = BOUNDED
TestAnOfficeOnline = AnOfficeOnline.TestCase
TestAnOfficeOnline.settings = BOUNDED

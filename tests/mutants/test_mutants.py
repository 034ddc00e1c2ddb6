"""Every planted fault is caught: tests that cannot fail prove nothing."""

from __future__ import annotations

import pytest

from tests.mutants.__main__ import try_one
from tests.mutants.planted import MUTANTS
from tests.mutants.planting import Mutant


def test_there_are_enough_of_them() -> None:
    """Twenty at least, each with a name of its own."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 20


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_place_of_a_fault_is_still_there(mutant: Mutant) -> None:
    """A fault whose phrase has gone from the code is no fault any more: mend its entry."""
    assert mutant.times() == 1, f"{mutant.old!r} stands {mutant.times()} times in {mutant.module}"


@pytest.mark.parametrize(
    "mutant", [mutant for mutant in MUTANTS if not mutant.takes_long], ids=lambda mutant: mutant.name
)
def test_a_planted_fault_is_caught(mutant: Mutant) -> None:
    """Some oracle or test sees it."""
    assert try_one(mutant)

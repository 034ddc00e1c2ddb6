"""Every planted fault is caught: tests that cannot fail prove nothing."""

from __future__ import annotations

import pytest

from tests.mutants.__main__ import try_all
from tests.mutants.planted import MUTANTS


@pytest.fixture(scope="module")
def caught() -> dict[str, str]:
    """What caught each of them; planted once for all tests here."""
    return {mutant.name: by for mutant, by in try_all(MUTANTS)}


def test_there_are_enough_of_them() -> None:
    """Twenty at least, each with a name of its own."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 20


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_place_of_a_fault_is_still_there(mutant: object) -> None:
    """A fault whose phrase has gone from the code is no fault any more: mend its entry."""
    from tests.mutants.planting import Mutant

    assert isinstance(mutant, Mutant)
    assert mutant.times() == 1, f"{mutant.old!r} stands {mutant.times()} times in {mutant.module}"


@pytest.mark.parametrize("name", [mutant.name for mutant in MUTANTS])
def test_a_planted_fault_is_caught(name: str, caught: dict[str, str]) -> None:
    """Some oracle or test sees it."""
    assert caught[name]

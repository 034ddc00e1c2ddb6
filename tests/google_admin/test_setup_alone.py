"""Two setups at the same time, beside one configuration."""

from __future__ import annotations

import pytest

from sync.errors import AccessRefused
from sync.workspace.google.admin import words
from sync.workspace.google.admin.errors import SetupBusy
from sync.workspace.lock import LOCK_NAME
from tests.google_admin.office import AdminOffice, Made


@pytest.mark.parametrize("call", [1, 6, 12, 20])
def test_a_second_setup_beside_the_first_is_refused_and_makes_nothing(empty: AdminOffice, call: int) -> None:
    """Started right before any call of the first, which goes on undisturbed; afterwards there is nothing left to do."""
    stopped: list[SetupBusy] = []

    def second() -> None:
        with pytest.raises(SetupBusy, match="another `agenda setup` is at work") as caught:
            empty.setup()
        stopped.append(caught.value)

    empty.google.faults.before(second, nth=call)
    empty.setup()

    assert [error.exit_code for error in stopped] == [4]
    assert empty.made() == Made([words.SPREADSHEET_TITLE], [words.FOLDER_TITLE], [words.FORM_TITLE])
    empty.writes()
    empty.setup()
    assert empty.writes() == []


def test_the_lock_leaves_nothing_behind_not_even_after_a_stop(empty: AdminOffice) -> None:
    """A file that stayed would have the operator wonder."""
    empty.google.faults.fail(403, method="batchUpdate$", message="no", reason="forbidden")
    with pytest.raises(AccessRefused):
        empty.setup()
    empty.setup()

    assert not (empty.folder / LOCK_NAME).exists()

"""One ``agenda setup`` at a time beside one configuration: two would each make a spreadsheet, and record one.

Across machines there is nothing to lock: the file of made ids is this machine's, and Google has no spreadsheet yet that
could hold a lock. Setting up is for one machine; ``google-ids.yaml`` then goes to the others with the configuration.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sync.errors import BookBusy
from sync.workspace.google.admin.errors import SetupBusy
from sync.workspace.lock import FolderLock


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the lock of the configuration's folder, or refuse at once; the system lets it go with a killed process.

    Raises:
        SetupBusy: another setup is at work there.
        AccessRefused, DiskFull, Unreachable: the lock file cannot be made.
    """
    with ExitStack() as held:
        try:
            held.enter_context(FolderLock(folder).held(patience=0))
        except BookBusy:
            raise SetupBusy(str(folder)) from None
        yield

"""Several uploads at a time, never more than asked for, and never more finished documents in memory than that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice

from sync.errors import AgendaError, DocumentStop
from sync.workspace.port import Document, Filed


def in_parallel(
    documents: Iterable[Document], prepare: Callable[[Document], Callable[[], Filed]], at_once: int
) -> Iterator[Filed]:
    """Yield what was filed, as it is done; ``prepare`` runs here, what it returns runs in a thread.

    Raises:
        AgendaError: the first that an upload raised, once everything that was filed has been yielded. After one that
            is not of its document alone no further document is taken.
    """
    source = iter(documents)
    failure: BaseException | None = None
    stopped: DocumentStop | None = None
    with ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="upload") as pool:
        running: set[Future[Filed]] = set()
        while True:
            try:
                while failure is None and len(running) < at_once and (taken := list(islice(source, 1))):
                    try:
                        running.add(pool.submit(prepare(taken[0])))
                    except DocumentStop as error:
                        stopped = stopped or error
            except AgendaError as error:
                failure = error
            if not running:
                break
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                error_of = future.exception()
                if error_of is None:
                    yield future.result()
                elif isinstance(error_of, DocumentStop):
                    stopped = stopped or error_of
                else:
                    failure = failure or error_of
    if failure or stopped:
        raise failure or stopped  # type: ignore[misc]  # one of them is there

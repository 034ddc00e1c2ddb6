"""The commit: one atomic batch that carries the revision, sent so that it takes effect once or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sync.domain.table import Change, NewCell, Revision
from sync.errors import AgendaError, BookChanged, TabMissing, Unreachable
from sync.events import log_event
from sync.workspace.google.blocks import Place
from sync.workspace.google.draft import Draft, Written, cell_writes
from sync.workspace.google.errors import BookTooBig, CellsProtected
from sync.workspace.google.failures import CallFailed, Failure, Outcome, operator_error, refused_request
from sync.workspace.google.grid import BookState
from sync.workspace.google.repair import repairs
from sync.workspace.google.retry import Retrier
from sync.workspace.google.revision import Mark, elsewhere, following, move_on
from sync.workspace.google.sheets import SheetClient
from sync.workspace.google.snapshot import KEY, PLACE, BookReader
from sync.workspace.google.verification import ANSWER_FIELDS, answer_ranges, held_still, rows_hit

_SENDINGS = 4
"""How often a batch is sent, each time after making sure that the sending before had no effect."""
_REPAIRS = 5
"""How often rows that keep moving are put right before the next run is left to do it."""
_SIZE_WORDS = ("limit of 10000000", "number of cells in the workbook", "10,000,000 cells")


@dataclass(frozen=True, slots=True)
class _Sent:
    """A batch that took effect. ``answer`` is None where it was lost."""

    mark: Mark
    answer: dict[str, Any] | None


class Committer:
    """Carries out changes on the book."""

    def __init__(self, sheets: SheetClient, reader: BookReader, register_tab: str, retrier: Retrier) -> None:
        self._sheets, self._reader, self._register_tab, self._retrier = sheets, reader, register_tab, retrier

    def commit(self, changes: Sequence[Change], state: BookState) -> Revision:
        """Carry out ``changes``, decided on ``state``, and return the new revision.

        Raises:
            BookChanged: another commit came first, or rows are gone. Nothing was written.
            TabMissing, HeaderMissing, HeaderDoubled, CellsProtected, BookTooBig: nothing was written.
            Unreachable: nothing was written, as far as Google can still be asked.
        """
        draft = Draft(state)
        for change in changes:
            draft.add(change)
        if not draft.requests:
            return state.revision
        expected = draft.expected()
        sent = self._send(state, draft.requests, answer_ranges(expected, draft.written))
        if sent.answer is not None and held_still(expected, draft.written, sent.answer):
            return _revision(sent.mark)
        return _revision(self._put_right(expected, draft.written, sent))

    def _send(self, state: BookState, requests: Sequence[dict[str, Any]], ranges: Sequence[str]) -> _Sent:
        """Send the batch once effectively: after a lost answer, the book itself says whether it took effect."""
        if state.register_id is None:
            raise TabMissing(self._register_tab, state.titles)
        mark = Mark(following(state.mark, state.taken), uuid.uuid4().hex)
        for attempt in range(1, _SENDINGS + 1):
            moving = move_on(state.mark, mark, state.register_id, locked=state.register_locked)
            try:
                answer = self._sheets.write([*moving, *requests], ranges, ANSWER_FIELDS)
                return _Sent(mark, answer)
            except CallFailed as failed:
                failure = failed.failure
            is_number_taken = refused_request(failure) == "addProtectedRange"
            if failure.outcome is Outcome.REFUSED and attempt == 1 and not is_number_taken:
                raise self._refusal(failure, state)
            if failure.outcome is Outcome.NOT_DONE:
                raise operator_error(failure, PLACE, KEY)
            found = self._reader.read_mark()
            if found is not None and found.token == mark.token:
                log_event("commit-found", level="warning", attempt=attempt, failure=failure.short)
                return _Sent(mark, None)
            if found != state.mark:
                raise BookChanged(PLACE)
            if is_number_taken and attempt < _SENDINGS:
                mark = elsewhere(mark)  # not by a sending of ours, but by a range on a tab that the job does not read
                continue
            if failure.outcome is Outcome.REFUSED:
                raise self._refusal(failure, state)
            log_event("commit-repeated", level="warning", attempt=attempt, failure=failure.short)
            self._retrier.pause(attempt)
        raise Unreachable(PLACE, f"Google did not take the changes ({failure.short})")

    def _refusal(self, failure: Failure, state: BookState) -> AgendaError:
        """Return what a refused batch means.

        The sentence is Google's and differs from request to request: where something is beyond the grid, the book
        itself says that it is no longer as it was read.
        """
        text = failure.message.casefold()
        if failure.status != 400:
            return operator_error(failure, PLACE, KEY)
        if "protected cell or object" in text:
            return CellsProtected(PLACE)
        if any(words in text for words in _SIZE_WORDS):
            return BookTooBig(PLACE)
        if refused_request(failure) == "deleteProtectedRange":
            return BookChanged(PLACE)  # the revision is gone, whatever a read that lags behind says
        now = self._reader.read(tuple(state.grids))
        if now.mark != state.mark or _shapes(now) != _shapes(state):
            return BookChanged(PLACE)
        return operator_error(failure, PLACE, KEY)

    def _put_right(self, before: BookState, written: Sequence[Written], sent: _Sent) -> Mark:
        """Read again, and write what is not where it belongs, until all is; return the last revision.

        Stops where another run has committed since: it read the book as it is and derives the same cells anew.
        """
        tabs = tuple(dict.fromkeys(row.tab for row in written))
        mark, all_written, hit = sent.mark, list(written), rows_hit(written, sent.answer)
        for attempt in range(1, _REPAIRS + 1):
            now = self._reader.read(tabs)
            if now.mark is None or now.mark.token != mark.token:
                return mark
            wrong = repairs(before, now, written, all_written, hit)
            if not wrong:
                return mark
            log_event("rows-moved", level="warning", attempt=attempt, cells=sum(map(len, wrong.values())))
            requests = [request for tab, cells in wrong.items() for request in cell_writes(now.grids[tab], cells)]
            repair = _as_written(before, now, wrong, written)
            try:
                sent = self._send(now, requests, answer_ranges(now, repair))
            except BookChanged:
                continue
            mark = sent.mark
            if sent.answer is not None and held_still(now, repair, sent.answer):
                return mark
            all_written += repair
            also = rows_hit(repair, sent.answer)
            hit = (
                None
                if hit is None or also is None
                else {tab: hit.get(tab, set()) | also.get(tab, set()) for tab in tabs}
            )
        log_event("rows-still-moving", level="warning", attempts=_REPAIRS)
        return mark


def _shapes(state: BookState) -> dict[str, tuple[int, int, tuple[str, ...]]]:
    """Where a batch can write: each tab's id, rows and headers."""
    return {tab: (grid.sheet_id, grid.row_count, grid.headers) for tab, grid in state.grids.items()}


def _as_written(
    before: BookState, now: BookState, wrong: Mapping[str, Mapping[Place, NewCell]], written: Sequence[Written]
) -> list[Written]:
    """Return a repair as rows to be verified in turn, by the key column that the batch was verified by."""
    rows: list[Written] = []
    for tab, cells in wrong.items():
        grid = now.grids[tab]
        keyed = next((row.key_column for row in written if row.tab == tab and row.key_column is not None), None)
        key_column = None if keyed is None else grid.column(before.grids[tab].headers[keyed])
        by_row: dict[int, dict[int, NewCell]] = {}
        for (row, column), value in cells.items():
            by_row.setdefault(row, {})[column] = value
        for row, values in by_row.items():
            key = "" if key_column is None else grid.key(row - 1, key_column)
            rows.append(Written(tab, row, key_column, key, values))
    return rows


def _revision(mark: Mark) -> Revision:
    return Revision(str(mark.number))

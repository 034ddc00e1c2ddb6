"""The archive's folders: each has its id recorded in the archive list before it is made, so it is made once.

Drive does not mind two folders of one name, and its listing lags behind: searching for a folder and creating it when it
is not found makes doubles. So a folder is a row of the archive list like a document (kind ``folder``, reference ``-``),
committed together with the first documents that need it; creating it under its recorded id can be repeated for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sync.domain.book import FILED, FOLDER, SCHEDULED
from sync.domain.cells import read_text
from sync.domain.table import AppendRows, Change, NewCell, RowUpdate, UpdateRows
from sync.domain.tabs import ArchiveCells, Columns
from sync.workspace.google.drive import Drive
from sync.workspace.google.errors import FolderGone
from sync.workspace.google.failures import CallFailed
from sync.workspace.google.grid import BookState
from sync.workspace.google.paths import folders_of


@dataclass(slots=True)
class _Folder:
    id: str
    made: bool
    position: int | None = None
    recorded: bool = True
    """The archive list says that it was made."""


class Folders:
    """Knows the folders by path, as the archive list and this process's own work have them."""

    def __init__(self, drive: Drive, columns: Columns[ArchiveCells], root: str, spare_ids: Callable[[int], list[str]]):
        self._drive, self._columns, self._root, self._spare_ids = drive, columns, root, spare_ids
        self._known: dict[str, _Folder] = {}

    @property
    def tab(self) -> str:
        return self._columns.tab

    def learn(self, state: BookState) -> None:
        """Take over what the archive list says, if it was read."""
        grid = state.grids.get(self.tab)
        if grid is None:
            return
        before, self._known = self._known, {}
        for position, cells in enumerate(self._columns.read(grid.table)):
            if read_text(cells.kind) == FOLDER:
                path, file_id = read_text(cells.path), read_text(cells.id)
                recorded = read_text(cells.state) == FILED
                known = before.get(path)
                made = recorded or (known is not None and known.made and known.id == file_id)
                self._known.setdefault(path, _Folder(file_id, made, position, recorded))

    def missing(self, paths: Iterable[str]) -> list[str]:
        """Return the folders that documents at ``paths`` need and that have no id yet, outermost first."""
        needed = dict.fromkeys(folder for path in paths for folder in folders_of(path))
        return [folder for folder in needed if folder not in self._known]

    def document_paths(self, changes: Sequence[Change]) -> list[str]:
        """Return the paths of the documents that ``changes`` add to the archive list."""
        header = self._columns.header("path")
        return [
            str(row[header])
            for change in changes
            if isinstance(change, AppendRows) and change.tab == self.tab
            for row in change.rows
            if row.get(header)
        ]

    def recording(self, changes: Sequence[Change]) -> tuple[list[Change], dict[str, str]]:
        """Return ``changes`` with rows for the folders they need and with the state of those made since; and new ids.

        The ids become known by :meth:`recorded` once the commit has taken effect.
        """
        missing = self.missing(self.document_paths(changes))
        ids = dict(zip(missing, self._spare_ids(len(missing)), strict=True))
        done = list(changes)
        if ids:
            first = next(
                index
                for index, change in enumerate(changes)
                if isinstance(change, AppendRows) and change.tab == self.tab
            )
            header = self._columns.header("scheduled_at")
            since = next((row.get(header) for row in getattr(changes[first], "rows", ())), None)
            done.insert(first, self.announcement(ids, since))
        return [*done, *self._made_since(changes)], ids

    def announcement(self, ids: dict[str, str], since: NewCell = None) -> AppendRows:
        """Return the archive list's rows for folders, by path; ``since`` is when their documents were scheduled."""
        rows = (
            self._columns.values(
                {
                    "id": file_id,
                    "reference": "-",
                    "kind": FOLDER,
                    "revision": 1,
                    "path": path,
                    "scheduled_at": since,
                    "fingerprint": "-",
                    "state": SCHEDULED,
                }
            )
            for path, file_id in ids.items()
        )
        return AppendRows(self.tab, tuple(rows))

    def recorded(self, ids: dict[str, str]) -> None:
        """Take over ids that a commit has just recorded."""
        for path, file_id in ids.items():
            self._known[path] = _Folder(file_id, made=False, recorded=False)

    def ensure(self, folder: str) -> str:
        """Return the id of a recorded folder, making it and those above it where that was not done yet.

        Raises:
            FolderGone: a folder above it is not there any more.
            CallFailed.
        """
        parent, above = self._root, ""
        for path in folders_of(f"{folder}/x") if folder else []:
            known = self._known[path]
            if not known.made:
                try:
                    self._drive.create_folder(known.id, path.rpartition("/")[2], parent)
                except CallFailed as failed:
                    if failed.failure.status == 404:
                        raise FolderGone(above or "/", self.tab) from failed
                    raise
                known.made = True
            parent, above = known.id, path
        return parent

    def _made_since(self, changes: Sequence[Change]) -> list[Change]:
        """The rows of folders that were made since they were read, with the moment of the documents beside them."""
        made = [folder for folder in self._known.values() if folder.made and not folder.recorded]
        moment_header = self._columns.header("filed_at")
        moments = [
            row.values[moment_header]
            for change in changes
            if isinstance(change, UpdateRows) and change.tab == self.tab
            for row in change.rows
            if row.values.get(moment_header) is not None
        ]
        values: dict[str, NewCell] = {"state": FILED}
        if moments:
            values["filed_at"] = moments[0]
        updates = tuple(
            RowUpdate(folder.position, folder.id, self._columns.values(values))
            for folder in made
            if folder.position is not None
        )
        return [UpdateRows(self.tab, self._columns.header("id"), updates)] if updates else []

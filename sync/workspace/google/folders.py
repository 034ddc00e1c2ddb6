"""The archive's folders: each has its id recorded in the archive list before it is made, so it is made once.

Drive does not mind two folders of one name, and its listing lags behind: searching for a folder and creating it when it
is not found makes doubles. So a folder is a row of the archive list like a document (kind ``folder``, reference ``-``),
committed together with the first documents that need it; creating it under its recorded id can be repeated for ever.

Only where the list itself shows a loss (it has documents in a folder of which it has no row)
is Drive asked, once, for folders that are there already; those are taken over under the ids they have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
from sync.workspace.google.walking import folders_below

_ID = re.compile(r"[\w-]+", re.ASCII)


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
        self._filed: set[str] = set()
        """The folders that documents lie in, by the archive list."""
        self._found: dict[str, str] = {}
        """Ids of folders that Drive was asked for, by path; ``""`` where it has none."""

    @property
    def tab(self) -> str:
        return self._columns.tab

    def learn(self, state: BookState) -> None:
        """Take over what the archive list says, if it was read."""
        grid = state.grids.get(self.tab)
        if grid is None:
            return
        before, self._known, self._filed = self._known, {}, set()
        for position, cells in enumerate(self._columns.read(grid.table)):
            path, recorded = read_text(cells.path), read_text(cells.state) == FILED
            if read_text(cells.kind) == FOLDER:
                file_id = read_text(cells.id)
                if not _ID.fullmatch(file_id):
                    continue  # edited by hand: the folder is looked for by its name, as one whose row is gone
                known = before.get(path)
                made = recorded or (known is not None and known.made and known.id == file_id)
                self._known.setdefault(path, _Folder(file_id, made, position, recorded))
            elif recorded:
                self._filed.add(path.rpartition("/")[0])

    @property
    def has_documents(self) -> bool:
        """Tell whether the archive list, as read last, has a filed document."""
        return bool(self._filed)

    def inhabited(self) -> dict[str, str]:
        """Return the paths, by id, of the folders in which documents lie, as far as the list has the folders."""
        return {self._known[path].id: path for path in self._filed if path in self._known}

    def id_of(self, folder: str) -> str:
        """Return the id that the list has for a folder, ``""`` if none; of ``""`` it is the archive's own."""
        if not folder:
            return self._root
        known = self._known.get(folder)
        return known.id if known is not None else ""

    def ids_of(self, paths: Iterable[str]) -> list[str]:
        """Return the recorded ids of the folders that documents at ``paths`` lie in; one may not be made yet."""
        folders = dict.fromkeys(path.rpartition("/")[0] for path in paths)
        return [
            self._known[folder].id if folder else self._root
            for folder in folders
            if not folder or folder in self._known
        ]

    def made_for(self, path: str) -> None:
        """Take over from a document that was found: the folders it was filed into were made."""
        for folder in folders_of(path):
            if folder in self._known:
                self._known[folder].made = True

    def missing(self, paths: Iterable[str]) -> list[str]:
        """Return the folders that documents at ``paths`` need and that have no id yet, outermost first."""
        needed = dict.fromkeys(folder for path in paths for folder in folders_of(path))
        return [folder for folder in needed if folder not in self._known]

    def document_paths(self, changes: Sequence[Change]) -> list[str]:
        """Return the paths of the documents that ``changes`` add to the archive list."""
        header = self._columns.header("path")
        return [str(row[header]) for row in self._added(changes) if row.get(header)]

    def ids_for(self, missing: Sequence[str], filed: Iterable[str] = ()) -> dict[str, str]:
        """Return an id for each folder: that of one which is there though its row is lost, else a new one.

        Args:
            missing: as :meth:`missing` returns them.
            filed: further folders in which documents lie already.

        Raises:
            CallFailed.
        """
        inhabited = {folder for path in (*self._filed, *filed) for folder in folders_of(f"{path}/x")}
        lost = [path for path in missing if path not in self._found and path in inhabited]
        if lost:
            self._look_for(lost)
        new = [path for path in missing if not self._found.get(path)]
        spare = dict(zip(new, self._spare_ids(len(new)), strict=True))
        return {path: self._found.get(path) or spare[path] for path in missing}

    def recording(self, changes: Sequence[Change]) -> tuple[list[Change], dict[str, str]]:
        """Return ``changes`` with rows for the folders they need and with the state of those made since; and new ids.

        The ids become known by :meth:`recorded` once the commit has taken effect.
        """
        header, state = self._columns.header("path"), self._columns.header("state")
        filed = [str(row.get(header)).rpartition("/")[0] for row in self._added(changes) if row.get(state) == FILED]
        ids = self.ids_for(self.missing(self.document_paths(changes)), filed)
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
                    "state": FILED if self._is_found(path, file_id) else SCHEDULED,
                }
            )
            for path, file_id in ids.items()
        )
        return AppendRows(self.tab, tuple(rows))

    def recorded(self, ids: dict[str, str]) -> None:
        """Take over ids that a commit has just recorded."""
        for path, file_id in ids.items():
            found = self._found.pop(path, "") == file_id
            self._known[path] = _Folder(file_id, made=found, recorded=found)

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

    def _added(self, changes: Sequence[Change]) -> list[Mapping[str, NewCell]]:
        """The rows that ``changes`` add to the archive list."""
        return [
            row
            for change in changes
            if isinstance(change, AppendRows) and change.tab == self.tab
            for row in change.rows
        ]

    def _is_found(self, path: str, file_id: str) -> bool:
        return self._found.get(path) == file_id

    def _look_for(self, lost: Collection[str]) -> None:
        """Find folders by their paths, one listing a level; of two of one path the older, then the lesser id, is it."""
        for depth in sorted({path.count("/") for path in lost}):
            above: dict[str, str] = {}
            for path in lost:
                parent = path.rpartition("/")[0]
                if path.count("/") == depth and (parent_id := self._standing_id(parent)):
                    above[parent_id] = parent
            for entry in sorted(folders_below(self._drive, list(above))):
                path = f"{above[entry.parent]}/{entry.name}".lstrip("/")
                if path in lost:
                    self._found.setdefault(path, entry.id)
        for path in lost:
            self._found.setdefault(path, "")

    def _standing_id(self, path: str) -> str:
        """Return the id of a folder that is there for sure, ``""`` if it is not."""
        if not path:
            return self._root
        known = self._known.get(path)
        return known.id if known is not None and known.made else self._found.get(path, "")

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

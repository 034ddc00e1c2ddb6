"""GoogleWorkspace: the port over Google Sheets, Drive and Forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from sync.domain.archive import Whereabouts
from sync.domain.documents import OF_REGISTRATION, Due
from sync.domain.response_tab import looks_like_responses
from sync.domain.table import Change, Revision, Snapshot, Table
from sync.domain.tabs import Tab
from sync.errors import BookChanged, DocumentMissing
from sync.workspace.google.commit import Committer
from sync.workspace.google.drive import Drive
from sync.workspace.google.errors import (
    BookTrashed,
    FoldersBusy,
    NotThere,
)
from sync.workspace.google.failures import CallFailed, operator_error
from sync.workspace.google.filing import ARCHIVE, ARCHIVE_KEY, ARCHIVE_LABEL, BOOK_LABEL, Filing
from sync.workspace.google.folders import Folders
from sync.workspace.google.grid import BookState
from sync.workspace.google.identity import Identity
from sync.workspace.google.ids import IdPool
from sync.workspace.google.paths import split_path
from sync.workspace.google.place import ArchiveFolder, Place
from sync.workspace.google.responses import FormResponses
from sync.workspace.google.searching import newest_documents
from sync.workspace.google.sheets import SheetClient
from sync.workspace.google.snapshot import KEY, PLACE, BookReader, moment_headers
from sync.workspace.google.transport import Transport
from sync.workspace.google.uploads import in_parallel
from sync.workspace.google.walking import walk
from sync.workspace.port import ApiCalls, ArchivedFile, Document, DocumentId, Filed

_RECORDING_ATTEMPTS = 6


class GoogleWorkspace:
    """The port's promises (:mod:`sync.workspace.port`) kept by Google. What is particular here:

    The revision is of the job's own commits: what people edit does not change it, and is never written over. Moments
    are read as serial numbers in the book's time zone. Paths are not unique: ``PathOccupied`` is never raised.
    """

    def __init__(self, place: Place, identity: Identity, transport: Transport) -> None:
        section, rules = place.section, place.rules
        self._section, self._identity, self._transport = section, identity, transport
        register_tab = rules.tab_names[Tab.REGISTER]
        self._sheets = SheetClient(transport, section.spreadsheet_id)
        self._reader = BookReader(self._sheets, register_tab, place.zone, moment_headers(rules))
        self._committer = Committer(self._sheets, self._reader, register_tab, transport.retrier)
        self._drive = Drive(transport)
        self._ids = IdPool(self._drive)
        self._folders = Folders(self._drive, rules.columns.archive, section.archive_folder_id, self._ids.spare)
        self._filing = Filing(
            self._drive,
            owns_storage=identity.owns_storage,
            lock=section.lock,
            archive_tab=rules.columns.archive.tab,
            home={ARCHIVE_LABEL: section.archive_folder_id, BOOK_LABEL: section.spreadsheet_id},
        )
        first = [
            kind for kind in OF_REGISTRATION if kind.spec.due is Due.REGISTRATION and kind.value in rules.issue.kinds
        ]
        self._issued_first = tuple(kind.value for kind in first or OF_REGISTRATION)
        self._form = (
            FormResponses(transport, section.form_id, rules.columns.responses, place.zone)
            if section.responses == "forms-api"
            else None
        )
        self._responses_tab = rules.tab_names[Tab.RESPONSES]
        self._response_columns = rules.columns.responses
        self._others = place.others
        self._all_tabs = tuple(rules.tab_names.values())
        self._places_seen: tuple[tuple[int, int], ...] = ()
        """Where our tabs stood when no other tab was like the one of responses."""
        self._state: BookState | None = None
        """The book as last read, as long as this object has not changed it."""
        self._root = ArchiveFolder(self._drive, section, identity)

    def read(self, tabs: Sequence[str]) -> Snapshot:
        """Read those tabs in one call (with ``responses: forms-api`` the responses in another)."""
        state = self._read([tab for tab in tabs if not self._is_form(tab)])
        tables = {tab: state.grids[tab].table for tab in tabs if tab in state.grids}
        if self._form is not None and self._responses_tab in tabs:
            tables[self._responses_tab] = self._form.table()
        return Snapshot(state.revision, tables, self._other_responses(state))

    def _other_responses(self, state: BookState) -> tuple[Table, ...]:
        """Return other tabs that look like the one of responses, where there can be any that this object has not seen.

        A form that is linked anew puts its tab in front of all others, so no call is spent as long as only tabs of
        ours stand before the last of ours. Other people's tabs there cost two calls a process, and again if they move.
        """
        if self._form is not None or not set(self._all_tabs) <= state.grids.keys():
            return ()
        looks = self._others == "everywhere" or (self._others == "between" and state.has_others_between)
        if not looks or state.places == self._places_seen:
            return ()
        columns = self._response_columns
        found = self._reader.read_others(self._all_tabs, lambda headers: looks_like_responses(headers, columns))
        self._places_seen = () if found else state.places
        return found

    def commit(self, changes: Sequence[Change], expected: Revision) -> Revision:
        """Commit in one call, as the book was read last; folders that new documents need are recorded along.

        Where the touched tabs were not part of the last read, or this object has committed since, they are read first.
        """
        if not changes:
            return expected
        state = self._state_for([change.tab for change in changes], expected)
        if self._folders.missing(self._folders.document_paths(changes)):
            self._root.check()
        try:
            whole, ids = self._folders.recording(changes)
        except CallFailed as failed:
            raise operator_error(failed.failure, ARCHIVE, ARCHIVE_KEY) from failed
        self._state = None
        revision = self._committer.commit(whole, state)
        self._folders.recorded(ids)
        return revision

    def allocate(self, count: int) -> tuple[DocumentId, ...]:
        """Return new ids from Drive."""
        try:
            return tuple(map(DocumentId, self._ids.allocate(count)))
        except CallFailed as failed:
            raise operator_error(failed.failure, "Google Drive", ARCHIVE_KEY) from failed

    def file(self, document: Document) -> Filed:
        """Upload one document."""
        return self._prepared(document)()

    def file_all(self, documents: Iterable[Document]) -> Iterator[Filed]:
        """File documents, ``parallel_uploads`` at a time, and yield each as it is done, in any order.

        Documents are taken from the iterable only as uploads become free.

        Raises:
            AgendaError: the first fault, after everything that was filed has been yielded.
        """
        return in_parallel(documents, self._prepared, self._section.parallel_uploads)

    def find(self, document_id: DocumentId, path: str) -> Filed | None:
        """Return what was filed under the id."""
        return self._filing.find(document_id, path)

    def find_all(self, wanted: Mapping[DocumentId, str]) -> Iterator[Filed]:
        """List the folders that the documents were meant for."""
        for found in self._filing.find_all(wanted, self._folders.ids_of(wanted.values())):
            self._folders.made_for(found.path)
            yield found

    def open(self, document_id: DocumentId, path: str) -> bytes:
        """Download a document."""
        try:
            content = self._drive.download(document_id)
        except CallFailed as failed:
            raise self._filing.error(failed, "") from failed
        if content is None:
            raise DocumentMissing(path)
        return content

    def whereabouts(self, document_id: DocumentId, path: str) -> Whereabouts:
        """Ask Drive for the file under its id, in one call."""
        folder, _ = split_path(path)
        return self._filing.whereabouts(document_id, path, self._folders.id_of(folder))

    def holds_documents(self) -> bool:
        return True

    def search(self, concerning: Callable[[str], bool]) -> Iterator[ArchivedFile]:
        """Ask in one call for what was filed last; where the list has no document at all, the archive is listed."""
        folders = self._folders.inhabited()
        if not self._folders.has_documents:
            yield from (file for file in self.walk() if file.id and concerning(file.path))
            return
        section = self._section
        try:
            yield from newest_documents(
                self._drive,
                self._root.id(),
                section.spreadsheet_id,
                folders,
                self._issued_first,
                concerning,
            )
        except CallFailed as failed:
            raise operator_error(failed.failure, ARCHIVE, ARCHIVE_KEY) from failed

    def version(self) -> str:
        """Return Drive's version of the spreadsheet: it moves with every change, and with some nobody sees."""
        try:
            found = self._drive.get(self._section.spreadsheet_id, "version,modifiedTime,trashed")
        except CallFailed as failed:
            raise operator_error(failed.failure, PLACE, KEY) from failed
        if found is None:
            raise NotThere(PLACE, KEY)
        if found.get("trashed"):
            raise BookTrashed(PLACE)
        return f"{found.get('version', '')} {found.get('modifiedTime', '')}"

    def api_calls(self) -> ApiCalls:
        """Return the calls sent so far."""
        return self._transport.counts()

    def walk(self) -> Iterator[ArchivedFile]:
        """List the archive folder's whole tree, folder by folder; a file filed just now may still be missing."""
        try:
            yield from walk(self._drive, self._root.id())
        except CallFailed as failed:
            raise self._filing.error(failed, "") from failed

    def _is_form(self, tab: str) -> bool:
        return self._form is not None and tab == self._responses_tab

    def _read(self, tabs: Sequence[str]) -> BookState:
        state = self._reader.read(tabs)
        self._folders.learn(state)
        self._state = state
        return state

    def _state_for(self, tabs: Sequence[str], expected: Revision) -> BookState:
        state = self._state
        if state is None or state.revision != expected or any(tab not in state.grids for tab in tabs):
            state = self._read(list(dict.fromkeys(tabs)))
        if state.revision != expected:
            raise BookChanged(PLACE)
        return state

    def _prepared(self, document: Document) -> partial[Filed]:
        """Make sure of the document's folder; what is left is the upload alone."""
        folder, _ = split_path(document.path)
        root = self._root.id()
        try:
            if self._folders.missing([document.path]):
                self._record_folders(document.path)
            parent = self._folders.ensure(folder) if folder else root
        except CallFailed as failed:
            raise self._filing.error(failed, "") from failed
        return partial(self._filing.file, document, parent)

    def _record_folders(self, path: str) -> None:
        """Record the folders of a document that no commit had announced, before they are made."""
        self._root.check()
        tab = self._folders.tab
        for _ in range(_RECORDING_ATTEMPTS):
            state = self._read([tab])
            missing = self._folders.missing([path])
            if not missing:
                return
            ids = self._folders.ids_for(missing)
            self._state = None
            try:
                self._committer.commit([self._folders.announcement(ids)], state)
            except BookChanged:
                continue
            self._folders.recorded(ids)
            return
        raise FoldersBusy(tab)

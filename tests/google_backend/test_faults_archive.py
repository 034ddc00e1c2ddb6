"""What can be wrong with the archive in Drive: each has its sentence and next step, and nothing is filed twice."""

from __future__ import annotations

import pytest

from sync.errors import AccessRefused, Unreachable
from sync.workspace.google import GoogleWorkspace
from sync.workspace.google.errors import DocumentTrashed, FolderGone, FolderTrashed, NoStorage, StorageFull
from sync.workspace.port import Document, DocumentId
from tests.google_backend.office import GoogleOffice
from tests.google_backend.road import a_run, submit

FOLDER = "2026/500.3.2.1/11 November"


def a_document(workspace: GoogleWorkspace, name: str = "a") -> Document:
    (document_id,) = workspace.allocate(1)
    return Document(document_id, f"{FOLDER}/{name}.docx", b"isi " + name.encode(), "f" * 49, {"kind": "telaahan"})


def test_a_service_account_on_my_drive_is_stopped_before_anything_is_given_out(office: GoogleOffice) -> None:
    state = office.google.state
    folder = state.files[office.account.folder_id]
    folder.drive_id, folder.owner = None, "owner@example.com"
    folder.permissions.append({"type": "anyone", "role": "writer", "id": "x"})
    submit(office, 1)
    with pytest.raises(NoStorage, match=r"shared drive.*agenda login") as caught:
        a_run(office)
    assert caught.value.exit_code == 3
    assert office.column("Register", "No. Registrasi") == []


def test_a_full_drive_loses_nothing(office: GoogleOffice) -> None:
    submit(office, 2)
    office.google.settings.storage_full = True
    with pytest.raises((StorageFull, NoStorage)):
        a_run(office)
    office.google.settings.storage_full = False
    a_run(office)
    assert len(office.files()) == 2


def test_a_folder_in_the_bin(office: GoogleOffice) -> None:
    submit(office, 1)
    a_run(office)
    month = next(entry for entry in office.google.state.files.values() if entry.name == "11 November")
    office.staff.trash(month.file_id)
    submit(office, 1, first=2)
    with pytest.raises(FolderTrashed, match=r"11 November.*Restore it"):
        a_run(office)
    office.staff.trash(month.file_id, trashed=False)
    a_run(office)
    assert len(office.files()) == 2


def test_the_whole_archive_in_the_bin(office: GoogleOffice) -> None:
    """Before the first document as later: nothing more is filed where it would go with the rest."""
    office.staff.trash(office.account.folder_id)
    submit(office, 1)
    with pytest.raises(FolderTrashed, match="in the bin"):
        a_run(office)
    assert office.column("Register", "No. Registrasi") == []
    office.staff.trash(office.account.folder_id, trashed=False)
    a_run(office)
    office.staff.trash(office.account.folder_id)
    submit(office, 1, first=2)
    with pytest.raises(FolderTrashed, match="a folder above it, lies in the bin"):
        a_run(office)
    office.staff.trash(office.account.folder_id, trashed=False)
    a_run(office)
    assert len(office.files()) == 2


def test_a_folder_that_was_deleted_for_good(office: GoogleOffice) -> None:
    submit(office, 1)
    a_run(office)
    month = next(entry for entry in office.google.state.files.values() if entry.name == "11 November")
    del office.google.state.files[month.file_id]
    submit(office, 1, first=2)
    with pytest.raises(FolderGone, match="11 November"):
        a_run(office)


def test_a_document_in_the_bin_is_not_filed_again(office: GoogleOffice) -> None:
    workspace = office.open()
    document = a_document(workspace)
    workspace.file(document)
    office.staff.trash(document.id)
    with pytest.raises(DocumentTrashed, match="Restore it"):
        workspace.file(document)
    with pytest.raises(DocumentTrashed, match="Restore it"):
        workspace.find(document.id, document.path)


def test_an_id_that_has_a_file_already_is_done(office: GoogleOffice) -> None:
    """Under either of the two reasons that a 409 was seen with."""
    workspace = office.open()
    document = a_document(workspace)
    filed = workspace.file(document)
    assert office.open().file(document) == filed
    office.google.faults.fail(409, method=r"files\.create$", reason="duplicate")
    assert office.open().file(document) == filed
    assert len(office.files()) == 1


def locked(office: GoogleOffice) -> dict[str, bool]:
    return {entry.name: bool(entry.restrictions) for entry in office.google.state.files.values() if entry.content}


REFUSALS = ["fieldNotWritable", "insufficientFilePermissions", "forbidden", "cannotRestrict", "appNotAuthorizedToFile"]


@pytest.mark.parametrize("reason", REFUSALS)
@pytest.mark.parametrize("lock", ["on-upload", "ensured"])
def test_a_lock_refused_at_upload_stops_no_filing_and_is_set_afterwards(
    office: GoogleOffice, reason: str, lock: str, caplog: pytest.LogCaptureFixture
) -> None:
    """However the refusal is worded; said once, and tried once."""
    office.google.settings.lock_on_create = reason
    workspace = office.open(lock=lock, parallel_uploads=1)
    documents = [a_document(workspace, name) for name in "abc"]
    office.methods()

    assert len(list(workspace.file_all(documents))) == 3

    assert locked(office) == {"a.docx": True, "b.docx": True, "c.docx": True}
    methods = office.methods()
    # A folder for each part of the path, the refused upload, and three that go without the lock.
    assert (methods["drive.files.create"], methods["drive.files.update"]) == (3 + 1 + 3, 3)
    assert [record.message for record in caplog.records if record.message.startswith("lock")] == ["lock-after-upload"]


@pytest.mark.parametrize("lock", ["on-upload", "ensured"])
def test_a_lock_refused_afterwards_too_stops_no_filing(
    office: GoogleOffice, lock: str, caplog: pytest.LogCaptureFixture
) -> None:
    office.google.settings.lock_on_create, office.google.settings.locks_refused = "insufficientFilePermissions", True
    submit(office, 2)

    report = a_run(office, office.open(lock=lock))

    assert (report.registered, report.documents_filed) == (2, 2)
    assert set(office.column("Arsip", "Keadaan")) == {"diarsipkan"}
    told = [record.message for record in caplog.records if record.message.startswith("lock")]
    assert told == ["lock-after-upload", "lock-refused"]
    assert a_run(office).documents_filed == 0


def test_what_is_refused_without_the_lock_too_is_told_for_what_it_is(office: GoogleOffice) -> None:
    workspace = office.open()
    document = a_document(workspace)
    workspace.file(document)
    office.google.faults.fail(403, method=r"files\.create$", path="upload", times=0, reason="appNotAuthorizedToFile")
    with pytest.raises(AccessRefused):
        workspace.file(a_document(workspace, "b"))


def test_a_lock_lost_on_the_way_is_made_good_where_it_is_ensured(office: GoogleOffice) -> None:
    """Nobody looks for documents without a lock later on: ``ensured`` leaves the document to the next run."""
    office.google.settings.lock_on_create = "insufficientFilePermissions"
    workspace = office.open(lock="ensured")
    document = a_document(workspace)
    office.google.faults.fail(503, method=r"files\.update$", times=8)
    with pytest.raises(Unreachable):
        workspace.file(document)
    office.google.faults.clear()
    office.open(lock="ensured").file(document)
    assert locked(office) == {"a.docx": True}


def test_a_lock_can_be_left_off(office: GoogleOffice) -> None:
    off = office.open(lock="off")
    off.file(a_document(off, "b"))
    assert locked(office) == {"b.docx": False}


def test_labels_hold_no_more_than_drive_takes(office: GoogleOffice) -> None:
    workspace = office.open()
    document = a_document(workspace)
    long = Document(document.id, document.path, b"isi", "f" * 49, {"reference": "é" * 200})
    assert workspace.file(long).fingerprint == "f" * 49


def test_uploads_run_side_by_side_and_what_was_filed_is_told_before_the_fault(office: GoogleOffice) -> None:
    workspace = office.open(lock="off")
    documents = [a_document(workspace, f"d{number}") for number in range(12)]
    office.google.faults.fail(403, method=r"files\.create$", path="upload", nth=7, reason="appNotAuthorizedToFile")
    filed: list[DocumentId] = []
    with pytest.raises(AccessRefused):
        filed.extend(done.id for done in workspace.file_all(iter(documents)))
    assert 6 <= len(filed) <= 11
    again = list(office.open().file_all(documents))
    assert sorted(done.id for done in again) == sorted(document.id for document in documents)
    assert len(office.files()) == 12
    assert office.folders() == ["11 November", "2026", "500.3.2.1"]


@pytest.mark.parametrize("parallel", [1, 4])
def test_a_document_in_the_bin_stops_no_other(office: GoogleOffice, parallel: int) -> None:
    """Everybody else's is filed and told, and then the run says what it stopped for."""
    workspace = office.open(parallel_uploads=parallel)
    documents = [a_document(workspace, f"d{number}") for number in range(5)]
    workspace.file(documents[0])
    office.staff.trash(documents[0].id)
    filed: list[DocumentId] = []
    with pytest.raises(DocumentTrashed, match="d0"):
        filed.extend(done.id for done in workspace.file_all(iter(documents)))
    assert sorted(filed) == sorted(document.id for document in documents[1:])


def test_a_pending_document_in_the_bin_that_nobody_wants_any_more_stops_no_other(office: GoogleOffice) -> None:
    """Its receipt was uploaded and not recorded, then binned, then the visit was cancelled: others are served."""
    submit(office, 1)
    office.google.faults.fail(503, kind="sheets_read", nth=2, times=0)
    with pytest.raises(Unreachable):
        a_run(office)
    office.google.faults.clear()
    (receipt,) = [entry for entry in office.google.state.files.values() if entry.content is not None]
    office.staff.trash(receipt.file_id)
    office.staff.edit("Agenda", 2, "Keterangan", "BATAL")
    submit(office, 2, first=2)
    with pytest.raises(DocumentTrashed, match="KONS-2026-0001"):
        a_run(office)
    assert len(office.files()) == 3
    assert office.column("Arsip", "Keadaan").count("dijadwalkan") == 1


@pytest.mark.parametrize("method", [r"files\.create$", r"files\.get$"])
def test_what_drive_does_not_see_at_once_is_asked_for_once_more(office: GoogleOffice, method: str) -> None:
    """A folder made a moment ago as the parent, a file behind its 409: Drive promises neither."""
    workspace = office.open()
    document = a_document(workspace)
    if "get" in method:
        workspace.file(document)
    office.google.faults.fail(404, method=method, path="upload" if "create" in method else "", reason="notFound")
    assert workspace.file(document).sha256
    assert len(office.files()) == 1

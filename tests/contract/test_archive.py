"""A document is filed once under its id and path, over every backend, and never changed."""

from __future__ import annotations

import hashlib

import pytest

from sync.domain.archive import Whereabouts
from sync.errors import DocumentMissing, PathOccupied, PathRefused
from tests.contract.documents import PATH, a_document
from tests.contract.harness import WorkspaceHarness


class TestArchive:
    def test_ids_never_repeat(self, harness: WorkspaceHarness) -> None:
        """Across calls and across processes."""
        ids = [*harness.workspace.allocate(50), *harness.workspace.allocate(50), *harness.another().allocate(50)]

        assert len(set(ids)) == 150
        assert harness.workspace.allocate(0) == ()

    def test_a_filed_document_is_found_and_opened(self, harness: WorkspaceHarness) -> None:
        """Under its id, with the checksum of its bytes."""
        document = a_document(harness.workspace.allocate(1)[0])
        filed = harness.workspace.file(document)

        assert (filed.id, filed.path, filed.fingerprint) == (document.id, PATH, document.fingerprint)
        assert filed.sha256 == hashlib.sha256(document.content).hexdigest()
        assert filed.link
        assert harness.workspace.find(document.id, PATH) == filed
        assert harness.workspace.open(document.id, PATH) == document.content

    def test_many_are_looked_for_at_once(self, harness: WorkspaceHarness) -> None:
        """By another process, among ids that were never filed; nothing is yielded that is not there."""
        ids = harness.workspace.allocate(4)
        paths = {document_id: f"2026/500.3.2.1/11 November/d{order}.docx" for order, document_id in enumerate(ids)}
        filed = {
            harness.workspace.file(a_document(document_id, path=paths[document_id], body=document_id))
            for document_id in ids[:2]
        }
        another = harness.another()
        another.read(["Arsip"])

        assert set(another.find_all(paths)) == filed
        assert list(another.find_all({})) == []

    def test_filing_twice_is_one_file(self, harness: WorkspaceHarness) -> None:
        """A repeat after a lost answer finds what is there."""
        document = a_document(harness.workspace.allocate(1)[0])
        first = harness.workspace.file(document)

        assert harness.another().file(document) == first
        assert len(list(harness.workspace.walk())) == 1

    def test_filing_other_bytes_under_the_id_returns_what_is_there(self, harness: WorkspaceHarness) -> None:
        """An earlier run filed older inputs and was cut off: the archive wins, and says from what it was made."""
        (document_id,) = harness.workspace.allocate(1)
        older = a_document(document_id, fingerprint="a" * 64, body="lama")
        newer = a_document(document_id, fingerprint="b" * 64, body="baru")
        harness.workspace.file(older)

        filed = harness.workspace.file(newer)

        assert (filed.fingerprint, filed.sha256) == ("a" * 64, hashlib.sha256(older.content).hexdigest())
        assert harness.workspace.open(document_id, PATH) == older.content

    def test_another_document_at_the_path_is_never_overwritten(self, harness: WorkspaceHarness) -> None:
        """Write-once: whatever lies there stays."""
        if not harness.capabilities.unique_paths:
            pytest.skip("paths of this backend are not unique")
        first, second = (a_document(i, body=i) for i in harness.workspace.allocate(2))
        harness.workspace.file(first)

        with pytest.raises(PathOccupied):
            harness.workspace.file(second)
        assert harness.workspace.open(first.id, PATH) == first.content
        assert harness.workspace.find(second.id, PATH) is None

    def test_a_stray_file_is_never_overwritten(self, harness: WorkspaceHarness) -> None:
        """Nor taken for the document."""
        if not harness.capabilities.unique_paths:
            pytest.skip("paths of this backend are not unique")
        harness.put_stray(PATH, b"milik orang")

        with pytest.raises(PathOccupied):
            harness.workspace.file(a_document(harness.workspace.allocate(1)[0]))
        assert [file.sha256 for file in harness.workspace.walk()] == [hashlib.sha256(b"milik orang").hexdigest()]

    def test_what_was_never_filed_is_not_there(self, harness: WorkspaceHarness) -> None:
        """An id that was only allocated has nothing under it."""
        (document_id,) = harness.workspace.allocate(1)

        assert harness.workspace.find(document_id, PATH) is None
        with pytest.raises(DocumentMissing):
            harness.workspace.open(document_id, PATH)

    @pytest.mark.parametrize(
        "path", ["../luar.docx", "a/../../luar.docx", "/etc/luar.docx", "a//b.docx", "a\\..\\b.docx", "", "a/./b.docx"]
    )
    def test_no_path_leads_out_of_the_archive(self, harness: WorkspaceHarness, path: str) -> None:
        """Whatever a configuration or a hand-edited list says."""
        with pytest.raises(PathRefused):
            harness.workspace.file(a_document(harness.workspace.allocate(1)[0], path=path))
        assert list(harness.workspace.walk()) == []

    def test_walk_yields_every_file_in_path_order(self, harness: WorkspaceHarness) -> None:
        """The job's with their ids, others without."""
        second, first = (
            a_document(i, path=f"2026/{n}.docx") for i, n in zip(harness.workspace.allocate(2), "ba", strict=True)
        )
        harness.workspace.file(second)
        harness.workspace.file(first)
        harness.put_stray("2026/aa catatan.txt", b"x")

        walked = list(harness.workspace.walk())

        assert [file.path for file in walked] == ["2026/a.docx", "2026/aa catatan.txt", "2026/b.docx"]
        assert [file.id for file in walked] == [first.id, "", second.id]

    def test_whereabouts_tell_what_was_filed_from_what_never_was(self, harness: WorkspaceHarness) -> None:
        """By id, also in another process."""
        filed, never = harness.workspace.allocate(2)
        harness.workspace.file(a_document(filed))
        workspace = harness.another()
        workspace.read(["Arsip"])

        assert workspace.whereabouts(filed, PATH) is Whereabouts.IN_PLACE
        assert workspace.whereabouts(never, PATH) is Whereabouts.NOWHERE

    def test_an_archive_with_a_document_in_it_holds_documents(self, harness: WorkspaceHarness) -> None:
        """And so does one with a file of anybody's."""
        harness.put_stray("catatan.txt", b"x")

        assert harness.workspace.holds_documents()

    def test_a_search_yields_the_jobs_documents_that_concern_it(self, harness: WorkspaceHarness) -> None:
        """Only those, and no file of anybody else's, whatever its name."""
        first, second = (
            a_document(i, path=PATH.replace("0001", n))
            for i, n in zip(harness.workspace.allocate(2), ("0001", "0002"), strict=True)
        )
        harness.workspace.file(first)
        harness.workspace.file(second)
        harness.put_stray(PATH.replace("0001", "0003"), b"x")
        harness.workspace.read(["Arsip"])

        found = list(harness.workspace.search(lambda path: "0001" not in path))

        assert [(file.id, file.path.rpartition("/")[2]) for file in found] == [
            (second.id, second.path.rpartition("/")[2])
        ]
        assert not found[0].other_book

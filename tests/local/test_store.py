"""The archive folder: names, links, identity."""

from __future__ import annotations

import errno
import io
import zipfile
from pathlib import Path

import pytest

from sync.errors import DiskFull, PathOccupied, PathRefused
from sync.workspace.disk import FileSystem
from sync.workspace.local import LocalWorkspace
from sync.workspace.local.identity import embedded_identity
from sync.workspace.port import DocumentId
from tests.contract.documents import PATH, a_document, docx_of
from tests.contract.layout import a_layout

ID = DocumentId("0b7d1c0e-6a0e-4f3c-9a51-2f6f0f1f6a11")


def test_the_link_is_relative_to_the_book(workspace: LocalWorkspace) -> None:
    """So that the folder can be moved or shared as a whole."""
    assert workspace.file(a_document(ID)).link == f"arsip/{PATH}"


@pytest.mark.parametrize(
    "path",
    [
        "2026/CON/a.docx",
        "2026/nul.docx",
        "2026/com1.x.docx",
        "a:b.docx",
        "C:/a.docx",
        "a*.docx",
        "a?.docx",
        "a\x00.docx",
        "a\n.docx",
        "a /b.docx",
        "a./b.docx",
        " a/b.docx",
        "b.docx.",
        "x" * 256,
        "é" * 200,
    ],
)
def test_a_name_that_some_system_cannot_hold_is_refused(workspace: LocalWorkspace, folder: Path, path: str) -> None:
    """The office copies its archive to Windows, to a stick, to a mirror."""
    with pytest.raises(PathRefused):
        workspace.file(a_document(ID, path=path))
    assert not (folder / "arsip").exists()
    assert workspace.find(ID, path) is None


@pytest.mark.parametrize(
    "path", ["2026/500.3.2.1/11 November/a.docx", "contoh/com10.docx", ".sembunyi/a", "Ünï/日本.docx"]
)
def test_ordinary_names_are_taken(workspace: LocalWorkspace, path: str) -> None:
    """Spaces inside, full stops, letters of any script."""
    workspace.file(a_document(ID, path=path))

    assert [file.path for file in workspace.walk()] == [path]


def test_a_link_that_leads_out_is_not_followed(workspace: LocalWorkspace, folder: Path, tmp_path: Path) -> None:
    """A folder of the archive that somebody replaced by a link."""
    outside = tmp_path / "luar"
    outside.mkdir()
    (folder / "arsip").mkdir()
    (folder / "arsip" / "2026").symlink_to(outside, target_is_directory=True)

    with pytest.raises(PathRefused):
        workspace.file(a_document(ID, path="2026/a.docx"))
    assert list(outside.iterdir()) == []


def test_a_file_in_the_way_of_a_folder_is_occupied(workspace: LocalWorkspace, folder: Path) -> None:
    """It is somebody's file, and stays."""
    (folder / "arsip").mkdir()
    (folder / "arsip" / "2026").write_bytes(b"milik orang")

    with pytest.raises(PathOccupied):
        workspace.file(a_document(ID))
    assert (folder / "arsip" / "2026").read_bytes() == b"milik orang"


def test_a_folder_in_the_way_of_the_file_is_occupied(workspace: LocalWorkspace, folder: Path) -> None:
    """The same the other way round."""
    (folder / "arsip" / PATH).mkdir(parents=True)

    with pytest.raises(PathOccupied):
        workspace.file(a_document(ID))


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS])
def test_a_disk_without_hard_links_will_do(folder: Path, number: int) -> None:
    """FAT sticks, some network disks; an existing file is still never overwritten."""

    class NoLinks(FileSystem):
        def link(self, source: Path, target: Path) -> None:
            raise OSError(number, "no links here")

    workspace = LocalWorkspace(folder, a_layout(), disk=NoLinks())
    filed = workspace.file(a_document(ID))

    assert workspace.file(a_document(ID)) == filed
    with pytest.raises(PathOccupied):
        workspace.file(a_document(DocumentId("1b7d1c0e-6a0e-4f3c-9a51-2f6f0f1f6a11"), body="lain"))
    assert [file.path for file in workspace.walk()] == [PATH]


def test_a_full_disk_leaves_nothing_half(folder: Path) -> None:
    """Not even the temporary file."""

    class Full(FileSystem):
        def write(self, path: Path, content: bytes) -> None:
            super().write(path, content[:10])
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DiskFull):
        LocalWorkspace(folder, a_layout(), disk=Full()).file(a_document(ID))
    assert list(LocalWorkspace(folder, a_layout()).walk()) == []


def test_a_document_put_there_during_the_filing_is_looked_at(folder: Path) -> None:
    """By a program that knows no lock of ours."""

    class Raced(FileSystem):
        def link(self, source: Path, target: Path) -> None:
            target.write_bytes(b"milik orang")
            super().link(source, target)

    workspace = LocalWorkspace(folder, a_layout(), disk=Raced())
    with pytest.raises(PathOccupied):
        workspace.file(a_document(ID))
    assert [file.path for file in workspace.walk()] == [PATH]
    assert (folder / "arsip" / PATH).read_bytes() == b"milik orang"


def test_a_crash_s_second_name_is_never_written_to(workspace: LocalWorkspace, folder: Path) -> None:
    """A run died between the two names; somebody moved the document; the repeat must not touch the moved one."""
    document = a_document(ID)
    workspace.file(document)
    target = folder / "arsip" / PATH
    target.with_name(f".{ID}.tmp").hardlink_to(target)
    moved = target.rename(folder / "arsip" / "dipindah.docx")

    workspace.file(a_document(ID, body="versi lain"))

    assert moved.read_bytes() == document.content
    assert len(list(workspace.walk())) == 2


@pytest.mark.parametrize("typed", ["../../keluar", "a/b", "a\x00b", "", "x" * 400])
def test_an_id_that_somebody_typed_names_no_file(workspace: LocalWorkspace, folder: Path, typed: str) -> None:
    """It stands in a cell of the archive list; files are made where the path says and nowhere else."""
    assert workspace.find(DocumentId(typed), PATH) is None

    workspace.file(a_document(DocumentId(typed or "-")))

    assert [path.name for path in folder.rglob("*") if path.is_file() and path.suffix != ".xlsx"] == [Path(PATH).name]


def test_an_altered_document_still_opens(workspace: LocalWorkspace, folder: Path) -> None:
    """What it is is for the list to say, by its checksum."""
    workspace.file(a_document(ID))
    (folder / "arsip" / PATH).write_bytes(b"diubah")

    assert workspace.open(ID, PATH) == b"diubah"
    assert workspace.find(ID, PATH) is None


class TestIdentity:
    def test_of_a_document_of_ours(self) -> None:
        """Id and fingerprint, as the renderer wrote them."""
        assert embedded_identity(docx_of(ID, "f" * 64)) == (ID, "f" * 64)

    @pytest.mark.parametrize("identifier", ["", "nur-id", "a b c", " a", "a "])
    def test_of_another_document_there_is_none(self, identifier: str) -> None:
        """Word lets people type an identifier too."""
        content = docx_of("x", "y").replace(b"x y", b"x y")
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b">x y<", f">{identifier}<".encode()))

        assert embedded_identity(stream.getvalue()) is None

    @pytest.mark.parametrize("content", [b"", b"PK", b"hello", b"PK\x03\x04" + b"\0" * 100, docx_of("x", "y")[:-30]])
    def test_of_anything_else_there_is_none(self, content: bytes) -> None:
        """A stray, a cut-off or a damaged file is no error."""
        assert embedded_identity(content) is None

    def test_entities_are_not_expanded(self) -> None:
        """A file from outside can do no harm."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as package:
            package.writestr(
                "docProps/core.xml",
                '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><c xmlns:dc="http://purl.org/dc/elements/1.1/">'
                "<dc:identifier>&a; b</dc:identifier></c>",
            )

        assert embedded_identity(stream.getvalue()) is None

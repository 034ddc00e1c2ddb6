"""What else can lie in an archive folder: nothing there hangs a command, is a fault of ours, or stays unnamed."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.errors import DocumentMissing, DocumentUnreadable, PathOccupied, PathRefused
from sync.workspace.local import LocalWorkspace
from sync.workspace.port import ArchivedFile, DocumentId
from tests.contract.documents import PATH, a_document
from tests.contract.layout import a_layout

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes, sockets and such names are of POSIX systems")
ID = DocumentId("00000000-0000-4000-8000-000000000001")


@pytest.fixture
def office(tmp_path: Path) -> LocalWorkspace:
    workspace = LocalWorkspace(tmp_path, a_layout())
    (tmp_path / "arsip").mkdir()
    return workspace


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        here = Path.cwd()
        os.chdir(path.parent)  # the address of a socket may have no more than about a hundred bytes
        try:
            opened.bind(path.name)
        finally:
            os.chdir(here)


def a_link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.parent / "p")
    path.symlink_to("p")


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "pipe": (os.mkfifo, "a named pipe, not a file"),
    "socket": (a_socket, "a socket, not a file"),
    "link to a device": (lambda path: path.symlink_to("/dev/zero"), "a device, not a file"),
    "link to a pipe": (a_link_to_a_pipe, "a named pipe, not a file"),
    "link in a circle": (lambda path: path.symlink_to(path.name), "a link that leads in a circle"),
    "link to nothing": (lambda path: path.symlink_to("tiada"), "a link that leads nowhere"),
    "link to a folder": (lambda path: path.symlink_to("."), "a link to a folder, not followed"),
}


def walked(office: LocalWorkspace) -> dict[str, ArchivedFile]:
    return {file.path: file for file in office.walk()}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_file_is_named_as_what_it_is(office: LocalWorkspace, tmp_path: Path, odd: str) -> None:
    """And everything else is read as ever."""
    make, what = ODD[odd]
    office.file(a_document(ID))
    make(tmp_path / "arsip" / "aneh")

    found = walked(office)

    assert (found["aneh"].fault, found["aneh"].id, found["aneh"].sha256) == (what, "", "")
    assert found[PATH].id == ID
    assert [file.id for file in office.search(lambda path: True)] == [ID]


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_file_in_the_place_of_a_document_concerns_that_document(
    office: LocalWorkspace, tmp_path: Path, odd: str
) -> None:
    """It is left alone, and nothing waits for it."""
    target = tmp_path / "arsip" / PATH
    target.parent.mkdir(parents=True)
    ODD[odd][0](target)

    with pytest.raises(PathOccupied):
        office.file(a_document(ID))
    with pytest.raises(DocumentMissing):
        office.open(ID, PATH)
    assert office.find(ID, PATH) is None
    assert os.path.lexists(target)


def test_a_name_that_is_no_utf8_and_one_with_control_characters_are_walked(
    office: LocalWorkspace, tmp_path: Path
) -> None:
    """The name is shown with its odd bytes escaped, so that it can be printed."""
    (tmp_path / "arsip" / os.fsdecode(b"lap\xff.docx")).write_bytes(b"x")

    (found,) = office.walk()

    assert found.path == "lap\\udcff.docx"
    found.path.encode()


def test_a_very_deep_folder_is_named_and_does_not_end_the_walk(office: LocalWorkspace, tmp_path: Path) -> None:
    """Deeper than a path can be long, and than Python calls itself."""
    office.file(a_document(ID))
    here = Path.cwd()
    os.chdir(tmp_path / "arsip")
    try:
        for _ in range(1200):
            Path("dalam").mkdir()
            os.chdir("dalam")
        found = walked(LocalWorkspace(tmp_path, a_layout()))
        for _ in range(1200):  # nobody else can clear it up
            os.chdir("..")
            Path("dalam").rmdir()
    finally:
        os.chdir(here)

    assert found[PATH].id == ID
    assert [file.fault for file in found.values() if file.fault] == [
        "a folder: a path longer than this system can open"
    ]


def test_a_path_longer_than_the_system_can_open_is_refused_for_its_document(office: LocalWorkspace) -> None:
    """Every part of it is legal."""
    with pytest.raises(PathRefused, match="longer than this system can open"):
        office.file(a_document(ID, path="/".join(["x" * 200] * 30) + "/a.docx"))


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="nothing is closed to root")
def test_what_may_not_be_read_is_named(office: LocalWorkspace, tmp_path: Path) -> None:
    """A folder and a file that are closed to the job."""
    office.file(a_document(ID))
    closed, file = tmp_path / "arsip" / "tutup", tmp_path / "arsip" / PATH
    closed.mkdir(mode=0)
    file.chmod(0)
    try:
        found = walked(office)
        with pytest.raises(DocumentUnreadable):
            office.find(ID, PATH)
    finally:
        closed.chmod(0o700)
        file.chmod(0o600)

    assert found["tutup"].fault == "a folder: cannot be read (permission denied)"
    assert found[PATH].fault == "cannot be read (permission denied)"


def test_a_read_that_is_refused_concerns_one_document(
    office: LocalWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a closed file does for anybody but root; Windows says so of a file that Word has open."""
    office.file(a_document(ID))
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == PATH.rpartition("/")[2]:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)

    assert walked(office)[PATH].fault == "cannot be read (permission denied)"
    with pytest.raises(DocumentUnreadable, match="permission denied"):
        office.find(ID, PATH)

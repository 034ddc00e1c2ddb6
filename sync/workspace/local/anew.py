"""A new book beside an archive, for an office that has lost its own: with the archive's list in it from the start.

Setting up refuses this (an empty book would give old numbers again); whoever comes here has looked for copies first.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sync.domain.layout import BookLayout
from sync.domain.repair.errors import BookStands
from sync.domain.table import Change
from sync.workspace.disk import FileSystem
from sync.workspace.local import BOOK_NAME
from sync.workspace.local.atomic import replace_book
from sync.workspace.local.patch import made_book, patched
from sync.workspace.local.read import opened
from sync.workspace.lock import FolderLock


def make_book_anew(folder: Path, layout: BookLayout, changes: Sequence[Change]) -> None:
    """Make the book, ``changes`` already made in it; a crash leaves no book. Never in the place of one that is there.

    Raises:
        BookStands, BookBusy, DiskFull, AccessRefused, Unreachable.
    """
    book = folder / BOOK_NAME

    def nobody_made_one() -> None:
        if book.exists():
            raise BookStands(str(book))

    with FolderLock(folder).held():
        nobody_made_one()
        content = patched(opened(str(book), made_book(layout)), changes, layout).content
        replace_book(FileSystem(), book, content, nobody_made_one)

"""What the job's own cells show: the link to a document, and whether what stands there says the same already."""

from __future__ import annotations

from collections.abc import Sequence

from sync.domain.book import ArchiveEntry
from sync.domain.cells import read_text
from sync.domain.documents import DocumentKind
from sync.domain.first_version import retitled
from sync.domain.table import Cell, CellError, Link, NewCell
from sync.domain.wording import CANCELLED, revision_text


def document_link(entry: ArchiveEntry | None, cancelled: bool) -> Link | None:
    """The text names its document: a link that a sort in flight left in another row is a wrong text, and is mended.

    Of what goes to the leadership it also says that the visit was cancelled since.
    """
    if entry is None:
        return None
    spec = DocumentKind(entry.kind).spec
    text = f"{revision_text(spec.title, entry.revision)} {entry.reference}"
    return Link(f"{text} {CANCELLED}" if cancelled and spec.outgoing else text, entry.link)


def shows(cell: Cell, value: NewCell) -> bool:
    """Tell whether a derived cell says what it should; a link may still go by the title its kind had in 0.1."""
    shown = read_text(cell)
    if not isinstance(value, Link):
        return shown == read_text(value)
    return value.text in (shown, retitled(shown))


def comparable(rows: Sequence[Sequence[NewCell | CellError]]) -> list[tuple[str | float | None, ...]]:
    """Return rows as they compare whatever stored them: numbers by value, text trimmed, no empty rows at the end."""
    plain = [tuple(_comparable_cell(cell) for cell in row) for row in rows]
    while plain and not any(cell not in (None, "") for cell in plain[-1]):
        plain.pop()
    return plain


def _comparable_cell(cell: NewCell | CellError) -> str | float | None:
    if isinstance(cell, Link):
        return cell.text
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return round(cell, 6)
    return read_text(cell) or None

"""Laws that hold for any cell and any text. Used by Hypothesis, by atheris, and by ``python -m tests.hostile``."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sync.cli.wiring import open_config, open_templates
from sync.documents.templates import Templates
from sync.domain.archive import DocumentName, archive_path, fields_digest
from sync.domain.cells import UNREADABLE, is_filled, name_key, read_date, read_moment, read_phone, read_text
from sync.domain.clean import clean, is_clean
from sync.domain.documents import DocumentKind
from sync.domain.registration import read_responses, response_key
from sync.domain.table import Cell
from sync.domain.tabs import ResponseCells
from sync.workspace.local.text import from_stored, to_stored
from tests import build
from tests.hostile.corpus import cleaned, squeezed
from tests.hostile.corpus import is_clean as is_clean_here
from tests.hostile.documents import opened_document

DAY = date(2026, 11, 24)
_PHONE = re.compile(r"\+62\d{5,15}", re.ASCII)


def check_cell(cell: Cell) -> None:
    """Any cell is read as something or as nothing; reading never fails, never guesses twice differently."""
    moment = read_moment(cell, DAY, build.WIB)
    assert moment is None or moment is UNREADABLE or (isinstance(moment, datetime) and moment.tzinfo is None)
    assert (moment is None) == (not is_filled(cell) or cell == "")
    if isinstance(moment, datetime):
        assert read_moment(moment, DAY, build.WIB) == moment
    phone = read_phone(cell)
    assert phone is None or (_PHONE.fullmatch(phone) and read_phone(phone) == phone)
    text = read_text(cell)
    assert text == text.strip()
    assert name_key(name_key(text)) == name_key(text)
    day = read_date(cell)
    assert day is None or type(day) is date
    answers: dict[str, Any] = dict.fromkeys(ResponseCells._fields, cell)
    (*found,) = read_responses([ResponseCells(**answers)], build.WIB)
    for response in found:
        assert response.key == response_key(response.cells, response.moment)
        assert re.fullmatch(r"[0-9a-f]{32}", response.key)


def check_text(text: str) -> None:
    """Cleaning does what its rule says and no more, once and for all; a file holds the result as it is."""
    kept = clean(text)
    assert kept == cleaned(text) == clean(kept)
    assert is_clean(text) == is_clean_here(text)
    assert is_clean(kept)
    kept.encode("utf-8")
    if len(kept.encode("utf-16-le")) <= 2 * 32_767:
        assert from_stored(to_stored(kept)) == kept
    assert re.fullmatch(r"[0-9a-f]{64}", fields_digest({"x": text}))
    path = archive_path(DocumentName(DocumentKind.RECEIPT, "KONS-2026-0001", DAY), 1, build.rules().archive)
    assert text.strip() in path or text not in path or len(text) < 30


@cache
def templates() -> Templates:
    """The office's own templates."""
    return open_templates(open_config(build.ROOT / "config.yaml"))


@cache
def _sound(kind: DocumentKind) -> Any:
    from sync.documents.sample import Variety, sample_fields

    return sample_fields(kind, build.rules(), Variety.FULL)


@cache
def _acts(kind: DocumentKind) -> Any:
    return opened_document(_made(kind, _sound(kind))).acts


def _made(kind: DocumentKind, fields: Any) -> bytes:
    return templates().make(
        kind,
        fields,
        document_id="id",
        fingerprint="sidik",
        issued_at=datetime(2026, 11, 24) + timedelta(hours=9),
        revision=1,
        subject="KONS-2026-0001",
    )


def check_document(kind: DocumentKind, text: str) -> None:
    """A document whose every word is ``text`` is whole, says it, and nothing in it acts that the template has not."""
    opened = opened_document(_made(kind, _everywhere(_sound(kind), text)))
    assert opened.acts == _acts(kind)
    assert squeezed(text) in opened.says


def _everywhere(value: Any, text: str, key: str = "") -> Any:
    if isinstance(value, str) and key != "nomor":
        return text
    if isinstance(value, dict):
        return {name: _everywhere(item, text, name) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_everywhere(item, text, key) for item in value]
    return value

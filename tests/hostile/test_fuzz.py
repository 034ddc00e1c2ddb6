"""A bounded part of the fuzzing; ``python -m tests.hostile`` goes on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from sync.domain.documents import DocumentKind
from sync.domain.table import Cell
from tests.hostile.fuzz import check_cell, check_document, check_text
from tests.hostile.strategies import CELLS, PRINTED, TEXTS


@settings(max_examples=600)
@given(CELLS)
def test_any_cell_can_be_read(cell: Cell) -> None:
    """As a moment, a phone, a text, a response: something or nothing, never an error."""
    check_cell(cell)


@settings(max_examples=600)
@given(TEXTS)
def test_any_text_can_be_kept(text: str) -> None:
    """What a file can hold stays as it is, the rest goes by the rule."""
    check_text(text)


@pytest.mark.parametrize("kind", [DocumentKind.RECEIPT, DocumentKind.TELAAHAN, DocumentKind.DISPOSITION])
def test_any_text_can_be_printed(kind: DocumentKind) -> None:
    """In every field of a document at once."""

    @settings(max_examples=40)
    @given(PRINTED)
    def check(text: str) -> None:
        check_document(kind, text)

    check()

"""The text of each document of a registration, word by word, against the file of the same name in ``golden/``.

After a change that is meant: ``AGENDA_GOLDEN=write pytest tests/documents/test_golden_text.py``, then read the
difference before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sync.documents.sample import Variety
from sync.domain.documents import DocumentKind
from tests.documents.office import EVERY_PAPER, PAPERS_OF_REGISTRATION, document
from tests.documents.reading import text_of

GOLDEN = Path(__file__).parent / "golden"
BOTH = (Variety.FULL, Variety.SHORT)
CASES = [(kind, variant, variety) for kind, variant in PAPERS_OF_REGISTRATION for variety in BOTH]
EVERY_CASE = [(kind, variant, variety) for kind, variant in EVERY_PAPER for variety in BOTH]
CODES = ("melewati", "sesuai", "belum", "tidak-dapat-dinilai", "berjalan-melewati")


@pytest.mark.parametrize(("kind", "variant", "variety"), CASES)
def test_the_text_is_what_was_agreed(kind: DocumentKind, variant: str, variety: Variety) -> None:
    text = "\n".join(text_of(document(kind, variety, variant))) + "\n"
    path = GOLDEN / f"{'-'.join(filter(None, (kind.value, variant, variety.value)))}.txt"
    if os.environ.get("AGENDA_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "variant", "variety"), EVERY_CASE)
def test_nothing_looks_unfinished(kind: DocumentKind, variant: str, variety: Variety) -> None:
    for line in text_of(document(kind, variety, variant)):
        assert not any(mark in line for mark in ("()", "( )", "..,", ",,", ",.", "None", "True", "False", ": ."))
        assert line.strip() not in CODES

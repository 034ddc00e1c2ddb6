"""Every document against the whole schema of WordprocessingML and its rules of meaning, by openxml-audit."""

from __future__ import annotations

from pathlib import Path

import openxml_audit
import pytest

from sync.documents.sample import Variety
from sync.domain.documents import DocumentKind
from tests.documents.office import EVERY_PAPER, document

MISTAKEN = ("relationships/theme' is missing", "Numbering definition '0' referenced but not found")
"""What 0.8 calls faults and Word does not: a theme is optional, and number 0 is how a heading is left unnumbered."""


def faults(path: Path) -> list[str]:
    validator = openxml_audit.OpenXmlValidator(file_format=openxml_audit.FileFormat.MICROSOFT_365)
    found = (str(fault) for fault in validator.validate(path).errors)
    return [fault for fault in found if not any(words in fault for words in MISTAKEN)]


@pytest.mark.parametrize(("kind", "variant"), EVERY_PAPER)
@pytest.mark.parametrize("variety", list(Variety))
def test_a_document_has_no_fault_that_word_would_want_to_repair(
    kind: DocumentKind, variant: str, variety: Variety, tmp_path: Path
) -> None:
    """Content types, relationships, elements, attributes and their values, whatever people typed."""
    path = tmp_path / "dokumen.docx"
    path.write_bytes(document(kind, variety, variant))

    assert faults(path) == []


def test_a_fault_would_be_found(tmp_path: Path) -> None:
    """Or the test above would say nothing."""
    from tests.documents.reading import edited

    path = tmp_path / "dokumen.docx"
    path.write_bytes(
        edited(document(DocumentKind.TELAAHAN), lambda xml: xml.replace("<w:cantSplit/>", "<w:salah/>", 1))
    )

    assert faults(path) != []

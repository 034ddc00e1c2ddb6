"""Every filed document can be made again of what it carries: the archive is its own witness."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from sync.documents.carried import PART, read_carried
from tests import build
from tests.endtoend.office import DiskOffice


def _office_with_documents(office: DiskOffice) -> list[Path]:
    visits = build.visits()[:6]
    office.import_visits(visits)
    office.run("2026-12-10T10:00")
    office.type_visits(visits)
    office.run("2026-12-10T10:10")
    return sorted(office.archive.rglob("*.docx"))


def _reproduced(office: DiskOffice) -> tuple[int, dict[str, int]]:
    outcome = office.agenda("verify", "--reproduce", "--json", "--now", "2026-12-10T10:20")
    counts: dict[str, int] = json.loads(outcome.out)["reproduced"]
    return outcome.code, counts


def _rewritten(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as package:
        members = {item.filename: package.read(item) for item in package.infolist()}
    assert old in members[part]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content.replace(old, new) if name == part else content)
    path.unlink()
    path.write_bytes(buffer.getvalue())


def test_every_document_comes_out_byte_for_byte_while_its_template_stands(office: DiskOffice) -> None:
    documents = _office_with_documents(office)
    assert _reproduced(office) == (0, {"same-bytes": len(documents)})


def test_with_another_template_every_text_it_carries_still_stands_on_its_page(office: DiskOffice) -> None:
    """Another letterhead or an edited template since: the page of then says what its fields say."""
    documents = _office_with_documents(office)
    kinds = [path for path in documents if "tanda-registrasi" in path.name]
    template = office.folder / "templates" / "tanda-registrasi.docx"
    _rewritten(template, "word/document.xml", b"</w:body>", b"<w:p><w:r><w:t>Baru</w:t></w:r></w:p></w:body>")
    code, counts = _reproduced(office)
    assert code == 0
    assert counts == {"same-text": len(kinds), "same-bytes": len(documents) - len(kinds)}


def test_a_document_that_was_changed_is_named(office: DiskOffice) -> None:
    """Also where only what it carries was changed, and the page was left."""
    documents = _office_with_documents(office)
    telaahan = next(path for path in documents if "telaahan" in path.name)
    _rewritten(telaahan, PART, b"konsep", b"konsup")
    code, counts = _reproduced(office)
    assert code == 5
    assert counts["different"] == 1
    told = office.agenda("verify", "--reproduce", "--json", "--now", "2026-12-10T10:20").json()["differences"]
    assert "not-reproduced" in [item["kind"] for item in told]


def test_a_document_carries_nothing_that_its_page_does_not_print(office: DiskOffice) -> None:
    """No telephone that the page masks, no remark that the document leaves out."""
    documents = _office_with_documents(office)
    responses = [visit["response"] for visit in build.visits()[:6]]
    for path in documents:
        carried = read_carried(path.read_bytes())
        assert carried is not None
        text = json.dumps(carried.fields, ensure_ascii=False)
        for response in responses:
            assert str(response["Nomor HP/WhatsApp"]) not in text, path.name
            assert not response["Surel"] or str(response["Surel"]) not in text, path.name

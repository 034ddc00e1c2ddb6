"""An officer edits a template: what is still good, what is refused, and how it is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sync.documents.templates import load_templates
from sync.documents.tryout import explain_template
from sync.domain.documents import DocumentKind
from sync.errors import TemplateInvalid
from tests.build import rules
from tests.documents.office import FOLDER, folder_with, request, templates
from tests.documents.reading import edited, text_of

TELAAHAN, RECEIPT = DocumentKind.TELAAHAN, DocumentKind.RECEIPT
ORIGINAL = (FOLDER / "telaahan.docx").read_bytes()


def without_paragraph(xml: str, text: str) -> str:
    """The paragraph that holds ``text``, deleted."""
    found = next(match for match in re.finditer(r"<w:p[ >](?:(?!<w:p[ >]).)*?</w:p>", xml) if text in match[0])
    return xml.replace(found[0], "<w:p/>", 1)


def moved_to_the_end(xml: str) -> str:
    found = next(
        match for match in re.finditer(r"<w:p[ >](?:(?!<w:p[ >]).)*?</w:p>", xml) if "{{ analisis }}" in match[0]
    )
    return xml.replace(found[0], "").replace("<w:sectPr", f"{found[0]}<w:sectPr")


def faults(folder: Path, content: bytes, name: str = "telaahan.docx", kind: DocumentKind = TELAAHAN) -> list[str]:
    with pytest.raises(TemplateInvalid) as caught:
        load_templates(folder_with(folder, name, content), rules(), (kind,))
    return list(caught.value.faults)


def explanations(folder: Path, name: str = "telaahan.docx") -> str:
    return "\n".join(explain_template(folder / name, rules()))


@pytest.mark.parametrize(
    "change",
    [
        moved_to_the_end,
        lambda xml: xml.replace("Analisis<", "Kajian<"),
        lambda xml: without_paragraph(xml, "{{ saluran }}"),
        lambda xml: xml.replace("{{ nama }}", "{{ nama | upper }}"),
        lambda xml: xml.replace("{{ nama }}", "{{</w:t></w:r><w:r><w:t> na</w:t></w:r><w:r><w:t>ma }}"),
    ],
    ids=["moved paragraph", "renamed heading", "deleted optional field", "filter", "field split into runs by Word"],
)
def test_edits_that_are_an_officers_business_are_accepted(tmp_path: Path, change: object) -> None:
    content = edited(ORIGINAL, change)  # type: ignore[arg-type]  # each is a function of the XML
    loaded = load_templates(folder_with(tmp_path, "telaahan.docx", content), rules(), (TELAAHAN,))
    from sync.documents.sample import Variety, sample_fields

    fields = sample_fields(TELAAHAN, rules(), Variety.FULL)
    assert text_of(loaded.render(request(TELAAHAN, fields)))
    assert explanations(tmp_path) == ""


def test_an_edit_changes_the_digest_and_saving_again_does_not(tmp_path: Path) -> None:
    before = templates().digest(TELAAHAN)
    renamed = edited(ORIGINAL, lambda xml: xml.replace("Analisis<", "Kajian<"))
    assert (
        load_templates(folder_with(tmp_path, "telaahan.docx", renamed), rules(), (TELAAHAN,)).digest(TELAAHAN) != before
    )
    resaved = edited(ORIGINAL, lambda xml: xml.replace("<w:p>", '<w:p w:rsidR="00A1B2C3">'))
    assert (
        load_templates(folder_with(tmp_path, "telaahan.docx", resaved), rules(), (TELAAHAN,)).digest(TELAAHAN) == before
    )


def test_a_required_field_that_is_gone_is_refused_by_name(tmp_path: Path) -> None:
    content = edited(ORIGINAL, lambda xml: without_paragraph(xml, "{{ analisis }}"))
    assert faults(tmp_path, content) == ["telaahan.docx: required field analisis is missing"]
    assert "isian wajib {{ analisis }} hilang" in explanations(tmp_path)


def test_a_misspelt_field_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    content = edited(ORIGINAL, lambda xml: xml.replace("{{ koperasi }}", "{{ koprasi }}"))
    assert faults(tmp_path, content) == ["telaahan.docx, text: unknown field koprasi; did you mean koperasi?"]
    assert "isian {{ koprasi }} tidak dikenal" in explanations(tmp_path)
    assert "Mungkin maksudnya {{ koperasi }}?" in explanations(tmp_path)


def test_a_misspelt_field_of_a_loop_is_found_as_well(tmp_path: Path) -> None:
    content = edited(ORIGINAL, lambda xml: xml.replace("{{ langkah.standar }}", "{{ langkah.standard }}"))
    assert faults(tmp_path, content) == [
        "telaahan.docx, text: unknown field tahap.standard; did you mean tahap.standar?"
    ]


def test_headers_and_footers_are_checked(tmp_path: Path) -> None:
    content = edited(ORIGINAL, lambda xml: xml.replace("{{ nomor }}", "{{ nomer }}"), "word/footer1.xml")
    assert faults(tmp_path, content) == ["telaahan.docx, footer 1: unknown field nomer; did you mean nomor?"]
    assert "bagian bawah halaman" in explanations(tmp_path)


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    def change(xml: str) -> str:
        return without_paragraph(xml, "{{ saran }}").replace("{{ topik }}", "{{ topic }}")

    folder_with(tmp_path, "telaahan.docx", edited(ORIGINAL, change))
    with pytest.raises(TemplateInvalid) as caught:
        load_templates(tmp_path, rules(), (RECEIPT, TELAAHAN))
    assert [line.partition(":")[0] for line in caught.value.faults] == [
        "tanda-registrasi.docx",
        "telaahan.docx, text",
        "telaahan.docx",
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no .docx, or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no .docx, or damaged"),
        (ORIGINAL[: len(ORIGINAL) // 2], "no .docx, or damaged"),
        (ORIGINAL[:900] + b"\0" * 400 + ORIGINAL[1300:], "damaged"),
    ],
    ids=["empty", "old .doc", "half a file", "overwritten"],
)
def test_what_is_no_word_document_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    (line,) = faults(tmp_path, content)
    assert why in line
    assert "bukan dokumen Word" in explanations(tmp_path)


def test_a_zip_that_is_no_document_is_refused(tmp_path: Path) -> None:
    from sync.documents.package import pack, write_package

    (line,) = faults(tmp_path, write_package([pack("a.txt", b"a")]))
    assert "no Word document" in line


@pytest.mark.parametrize(
    ("broken", "line", "told"),
    [
        ("{{ koperasi }", "opened or closed by half: near '{{ koperasi }'", "dekat tulisan “{{ koperasi }”"),
        ("{{ koperasi", "opened or closed by half: near '{{ koperasi'", "dekat tulisan “{{ koperasi”"),
        ("koperasi }}", "opened or closed by half: near 'koperasi }}'", "dekat tulisan “koperasi }}”"),
        ("{ koperasi }}", "opened or closed by half", "belum ditutup"),
        ("{{ koperasi | hurufbesar }}", "cannot be read", "“{{ koperasi | hurufbesar }}”"),
        ("{{ nama koperasi }}", "cannot be read: near '{{ nama koperasi }}'", "ditulis tanpa spasi"),
        ("{% if koperasi %}", "the tag {% if koperasi %} has lost its partner", "kehilangan pasangannya"),
        ("{% if koperasi = 1 %}x{% endif %}", "cannot be read", "“{% if koperasi = 1 %}”"),
        ("{% else %}", "the tag {% else %} has lost its partner", "kehilangan pasangannya"),
        ("{{ cycler.__init__.__globals__ }}", "unknown field cycler.__init__.__globals__", "tidak dikenal"),
        ("{{ nama.__class__ }}", "unknown field nama.__class__", "tidak dikenal"),
        ("{{ sop }}", "has parts", "beberapa bagian"),
    ],
)
def test_broken_and_dangerous_tags_are_refused(tmp_path: Path, broken: str, line: str, told: str) -> None:
    content = edited(ORIGINAL, lambda xml: xml.replace("{{ koperasi }}", broken))
    assert any(line in fault for fault in faults(tmp_path, content))
    assert told in explanations(tmp_path)


@pytest.mark.parametrize(
    ("deleted", "left_over", "near"),
    [
        ("{%p if tindak_lanjut %}", "{%p endif %}", "Tindak lanjut"),
        ("{%p endif %}", "{%p if konsep %}", "KONSEP"),
        ("{%tr endfor %}", "{%tr for langkah in tahap %}", "Hasil dan alasan"),
        ("{%tr for langkah in tahap %}", "{%tr endfor %}", ""),
    ],
)
def test_a_deleted_half_of_a_block_is_told_by_the_half_that_is_left(
    tmp_path: Path, deleted: str, left_over: str, near: str
) -> None:
    """And by the words beside it: a template has a dozen tags that read alike."""
    content = edited(ORIGINAL, lambda xml: xml.replace(deleted, "", 1))
    found = faults(tmp_path, content)

    assert any(f"the tag {left_over} has lost its partner" in fault and near in fault for fault in found), found
    assert f"tanda {left_over} kehilangan pasangannya" in explanations(tmp_path)


def test_a_misspelt_required_field_is_told_once(tmp_path: Path) -> None:
    """Told as missing too, an officer would type it a second time."""
    content = edited(ORIGINAL, lambda xml: xml.replace("{{ nama }}", "{{ namma }}"))
    assert faults(tmp_path, content) == ["telaahan.docx, text: unknown field namma; did you mean nama?"]


def test_text_beside_a_tag_that_takes_its_whole_row_is_found(tmp_path: Path) -> None:
    content = edited(ORIGINAL, lambda xml: xml.replace("{%tr endfor %}", "{%tr endfor %} Jumlah"))
    assert any("text beside it would be lost" in fault for fault in faults(tmp_path, content))
    assert "harus berdiri sendiri" in explanations(tmp_path)


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateInvalid, match=re.escape("telaahan.docx: no such file")):
        load_templates(tmp_path, rules(), (TELAAHAN,))
    assert "tidak ada" in explanations(tmp_path)

"""A fault in config.yaml or in a template is told with its place before anything is written: exit 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import build
from tests.endtoend.office import DiskOffice, agenda


def rewrite_config(office: DiskOffice, old: str, new: str) -> None:
    text = office.config.read_text(encoding="utf-8")
    assert old in text
    office.config.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_no_configuration_says_where_it_was_looked_for(tmp_path: Path) -> None:
    """Exit 2, and how to name one."""
    outcome = agenda("run", "--config", str(tmp_path / "config.yaml"))

    assert outcome.code == 2
    assert "config.yaml: no configuration here" in outcome.err
    assert "--config" in outcome.err


def test_broken_yaml_names_the_line(office: DiskOffice) -> None:
    """Exit 2; a parser's word is not enough without the place."""
    rewrite_config(office, "kantor:\n", "kantor: [\n")

    outcome = office.agenda("run")

    assert outcome.code == 2
    assert "config.yaml:6: not YAML" in outcome.err


def test_every_fault_of_the_configuration_is_told_at_once(office: DiskOffice) -> None:
    """Unknown key, missing key, wrong value, doubled key, unknown column: each with line, key path, found, expected."""
    rewrite_config(office, "hitung: jam-kerja", "hitung: jam-karet\nhitunng: jam-kerja")
    rewrite_config(office, "  kota: Pontianak\n", "")
    rewrite_config(office, "buka: 07.30", "buka: pagi")
    rewrite_config(office, "  angka: 4", "  angka: 4\n  angka: 5")

    outcome = office.agenda("check")

    assert outcome.code == 2
    assert "5 fault(s)" in outcome.err
    for said in (
        "config.yaml:4: kantor.kota: this key is missing",
        "hitung: found 'jam-karet', expected one of 'jam-kerja' or 'jam-dinding'",
        "hitunng: found 'jam-kerja', unknown key",
        "jam_kerja.biasa.0.buka: found 'pagi', expected a time of day such as 07.30",
        "nomor.angka: found '5', this key stands here a second time",
    ):
        assert said in outcome.err


def test_a_column_that_does_not_exist_is_a_fault_of_the_configuration(office: DiskOffice) -> None:
    """Renaming a header is for columns that are there; names are checked before the workbook is opened."""
    rewrite_config(office, "  Respons: {}   ", "  Respons: {Nama Lengkapp: Nama Anda}   ")
    rewrite_config(office, "kolom_wajib: [Ruangan Pelayanan]", "kolom_wajib: [Ruang Pelayanan]")

    outcome = office.agenda("run")

    assert outcome.code == 2
    assert "kolom.Respons.Nama Lengkapp: found 'Nama Anda', no such column" in outcome.err
    assert "'Ruang Pelayanan' is no column of Agenda" in outcome.err


@pytest.mark.parametrize("content", [b"", b"bukan dokumen", b"PK\x03\x04 rusak"], ids=["empty", "text", "broken zip"])
def test_a_template_that_is_no_word_document_is_refused_before_anything_is_written(
    office: DiskOffice, content: bytes
) -> None:
    """Exit 2, naming the file; no number is given for a receipt that cannot be made."""
    office.import_visits(build.visits()[:1])
    (office.folder / "templates" / "tanda-registrasi.docx").write_bytes(content)
    before = office.book.read_bytes()

    outcome = office.agenda("run")

    assert outcome.code == 2
    assert "tanda-registrasi.docx" in outcome.err
    assert office.book.read_bytes() == before


def _aliases() -> str:
    steps = "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9))
    return "a: &a [x,x,x,x,x,x,x,x,x]\n" + steps


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kantor:\n", _aliases() + "kantor:\n", "aliases (*) counted in full"),
        ("kantor:\n", "a: &a [*a]\nkantor:\n", "inside what it stands for"),
        ("kantor:\n", "a: " + "[" * 10_000 + "]" * 10_000 + "\nkantor:\n", "stand inside each other"),
        ("kantor:\n", "# x\n" * 100_000 + "kantor:\n", "larger than"),
        ("kota: Pontianak", "kota: Ponti\0anak", "that no text may"),
        ("kota: Pontianak", 'kota: "Ponti\\0anak"', "without control characters"),
        ("  kota:", "\tkota:", "not YAML"),
        ("kota: Pontianak", f"kota: {'P' * 20_000}", "at most 10,000 characters"),
        ("zona_waktu: Asia/Pontianak", "zona_waktu: GMT+99", "expected a time zone"),
        ("zona_waktu: Asia/Pontianak", "zona_waktu: Asia", "expected a time zone"),
        ("  Rekap: Rekap", "  Rekap: Rekap/2026", "a name that Excel allows"),
        ("  Rekap: Rekap", '  Rekap: "[Rekap]"', "a name that Excel allows"),
        ("  Rekap: Rekap", "  Rekap: " + "R" * 32, "at most 31 characters"),
        ("  Rekap: Rekap", "  Rekap: ARSIP", "a different name for each tab"),
        ("{folder: kantor", "{folder: ~/kantor", "a path without ~"),
        ("{folder: kantor", "{folder: config.yaml", "a file lies there"),
        ("templat: templates", "templat: ~agenda/templates", "a path without ~"),
    ],
)
def test_what_would_hang_or_break_a_run_is_a_fault_of_the_configuration(
    office: DiskOffice, old: str, new: str, said: str
) -> None:
    """Exit 2 with the key or the line, before anything is opened or made."""
    rewrite_config(office, old, new)

    outcome = office.agenda("check")

    assert outcome.code == 2
    assert said in outcome.err
    assert "config.yaml" in outcome.err


@pytest.mark.parametrize("now", ["9999-12-31T23:59", "9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00", "1999-12-31"])
def test_a_moment_of_another_millennium_is_refused(office: DiskOffice, now: str) -> None:
    """The calendar ends in both directions, and every period has a next one."""
    assert office.agenda("check", "--now", now).code == 2

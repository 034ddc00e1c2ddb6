"""Letterhead and signatory may be versions: what is issued from a day on bears the new ones, and nothing before it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sync.config import Config, load_config
from sync.errors import ConfigInvalid
from tests import build

WHOLE = (build.ROOT / "config.yaml").read_text(encoding="utf-8")
SIGNATORY = """  penanda_tangan:
    jabatan: Kepala Bidang Perijinan dan Kelembagaan
    nama:
    pangkat:
    nip:
"""


def load(folder: Path, signatory: str) -> Config:
    assert SIGNATORY in WHOLE
    path = folder / "config.yaml"
    path.write_text(WHOLE.replace(SIGNATORY, signatory), encoding="utf-8")
    return load_config(path)


def test_one_signatory_without_a_date_is_in_force_always(tmp_path: Path) -> None:
    rules = load(tmp_path, SIGNATORY).rules
    assert len(rules.offices) == 1
    assert rules.office(date(1999, 1, 1)) is rules.office(date(2099, 1, 1))


def test_a_new_signatory_holds_from_the_first_day_on_and_not_before(tmp_path: Path) -> None:
    rules = load(
        tmp_path,
        """  penanda_tangan:
    - {jabatan: Kepala Bidang, nama: Lama}
    - {berlaku_sejak: 2027-02-01, jabatan: Kepala Bidang, nama: Baru}
""",
    ).rules
    assert rules.office(date(2027, 1, 31)).signatory.name == "Lama"
    assert rules.office(date(2027, 2, 1)).signatory.name == "Baru"
    assert rules.office(date(2027, 2, 1)).address == rules.office(date(2027, 1, 31)).address


def test_the_whole_letterhead_may_be_versions_each_with_its_signatories(tmp_path: Path) -> None:
    start, end = WHOLE.index("kantor:\n"), WHOLE.index("zona_waktu:")
    lines = [line for line in WHOLE[start:end].splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    old = ["  - " + lines[0].strip(), *("  " + line for line in lines[1:])]
    new = [line.replace("Jalan Sutan Syahrir Nomor 5", "Jalan Baru Nomor 1") for line in old]
    new[1:1] = ["    berlaku_sejak: 2027-03-01"]
    path = tmp_path / "config.yaml"
    path.write_text("\n".join([WHOLE[:start], "kantor:", *old, *new, "", WHOLE[end:]]), encoding="utf-8")
    rules = load_config(path).rules
    assert rules.office(date(2027, 2, 28)).address.startswith("Jalan Sutan Syahrir")
    assert rules.office(date(2027, 3, 1)).address.startswith("Jalan Baru")


@pytest.mark.parametrize(
    ("signatory", "told"),
    [
        ("  penanda_tangan: {jabatn: Kepala}\n", "kantor.penanda_tangan.jabatn: "),
        (
            "  penanda_tangan:\n    - {berlaku_sejak: 2027-02-01}\n    - {berlaku_sejak: 2027-01-01}\n",
            "expected the versions in the order of berlaku_sejak",
        ),
        ("  penanda_tangan:\n    - {nama: A}\n    - {nama: B}\n", "each day once"),
        ("  penanda_tangan:\n    - {nama: A}\n    - {berlaku_sejak: besok}\n", "kantor.penanda_tangan.1.berlaku_sejak"),
    ],
)
def test_a_faulty_version_is_told_with_its_place(tmp_path: Path, signatory: str, told: str) -> None:
    with pytest.raises(ConfigInvalid) as refused:
        load(tmp_path, signatory)
    assert told in str(refused.value)
    assert f"config.yaml:{WHOLE[: WHOLE.index(SIGNATORY)].count(chr(10)) + 1}" in str(refused.value) or ".1." in told

"""What the renderer adds to a document's fields: the office's letterhead and the moment of issue.

These are not part of the fields because they say nothing about the consultation: a new telephone number of the office
is a changed template (it counts in the template's digest), not a changed document.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sync.domain.clean import clean
from sync.domain.fields import Fields, FieldValue
from sync.domain.fields.common import grouped_employee_number
from sync.domain.rules import Office
from sync.domain.wording import MONTHS, clock_text, date_text, day_text

DOTS = "…" * 12
"""What is printed where the office has yet to write by hand."""


def office_context(office: Office) -> dict[str, FieldValue]:
    """Return the letterhead: ``kop``, ``kota``, ``kepada``, ``dari``, ``kode_unit``, ``penanda_tangan``, contact."""
    signatory = office.signatory
    labelled = {"Telepon": office.telephone, "Laman": office.website, "Pos-el": office.email}
    telephone, website, email = (f"{label} {clean(value)}" if value else "" for label, value in labelled.items())
    return {
        "kop": {
            "pemerintah": clean(office.government),
            "dinas": clean(office.agency),
            "bidang": clean(office.division),
            "alamat": clean(office.address),
            "alamat_telepon": ", ".join(filter(None, (clean(office.address), telephone))),
            "laman_pos_el": ", ".join(filter(None, (website, email))),
            "telepon": clean(office.telephone),
            "laman": clean(office.website),
            "pos_el": clean(office.email),
        },
        "kota": clean(office.city),
        "kepada": clean(office.addressee),
        "dari": clean(office.sender),
        "kode_unit": clean(office.unit_code),
        "kontak_data_pribadi": clean(office.privacy_contact),
        "penanda_tangan": {
            "jabatan": clean(signatory.title) or DOTS,
            "nama": clean(signatory.name) or DOTS,
            "pangkat": clean(signatory.rank) or DOTS,
            "nip": grouped_employee_number(clean(signatory.employee_number)) or DOTS,
        },
    }


def issue_context(issued_at: datetime, revision: int, zone_label: str) -> dict[str, FieldValue]:
    """Return ``terbit`` (tanggal, hari_tanggal, bulan_tahun, pukul) and ``revisi`` of one document."""
    return {
        "terbit": {
            "tanggal": date_text(issued_at.date()),
            "hari_tanggal": day_text(issued_at.date()),
            "bulan_tahun": f"{MONTHS[issued_at.month - 1]} {issued_at.year}",
            "pukul": clock_text(issued_at, zone_label),
        },
        "revisi": revision,
    }


def document_context(
    office: dict[str, FieldValue], issue: dict[str, FieldValue], fields: Fields
) -> dict[str, FieldValue]:
    """Join the three; a document's own fields win."""
    return {**office, **issue, **fields}


def office_facts(office: Office) -> dict[str, object]:
    """Return the letterhead as it counts in a template's digest."""
    return {name: value for name, value in asdict(office).items() if name != "effective_from"}

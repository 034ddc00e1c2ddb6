"""Telaahan Staf of one consultation: facts from the row, the six parts as the officer wrote them."""

from __future__ import annotations

from collections.abc import Mapping

from sync.domain.agenda import Registration
from sync.domain.clean import clean
from sync.domain.fields import Fields
from sync.domain.fields.common import (
    NOTHING,
    REASON_LIMIT,
    clock_or_dash,
    day_or_dash,
    officer_names,
    sop_identity,
    step_rows,
)
from sync.domain.fields.privacy import Words
from sync.domain.officers import Officer
from sync.domain.rules import Rules
from sync.domain.tabs import AgendaCells

NIL = "Nihil."
"""A part that may stay empty (a telaahan ideally needs no presumption) says so; its heading stays."""


def telaahan_fields(
    registration: Registration,
    official_number: str,
    officers: Mapping[str, tuple[Officer, ...]],
    rules: Rules,
    words: Words,
) -> Fields:
    """Return the fields of a telaahan. ``official_number`` is the clerk's, ``""`` while it is a draft."""
    cells = registration.cells
    reason = words.text(cells.overrun_reason)
    return {
        "nomor": registration.number,
        "nomor_naskah": clean(official_number),
        "konsep": not official_number,
        "hal": subject(cells, words),
        "hari_tanggal": day_or_dash(registration.registered_at),
        "waktu_registrasi": clock_or_dash(registration.registered_at, rules),
        "nama": words.line(cells.name) or NOTHING,
        "bertindak_sebagai": words.line(cells.acting_as) or NOTHING,
        "koperasi": words.line(cells.cooperative) or NOTHING,
        "jenis_koperasi": words.line(cells.cooperative_kind) or NOTHING,
        "kabupaten": words.line(cells.regency) or NOTHING,
        "layanan": words.line(cells.service) or NOTHING,
        "topik": words.line(cells.topic) or NOTHING,
        "uraian": words.text(cells.summary) or NOTHING,
        "saluran": words.line(cells.channel) or NOTHING,
        "petugas": officer_names(registration, officers, words),
        "ruangan": words.line(cells.room) or NOTHING,
        "disposisi": words.text(cells.disposition) or NOTHING,
        "bahan": words.items(cells.materials),
        "persoalan": words.text(cells.problem) or NOTHING,
        "praanggapan": words.text(cells.presumption) or NIL,
        "fakta": words.text(cells.facts) or NOTHING,
        "analisis": words.text(cells.analysis) or NOTHING,
        "simpulan": words.text(cells.conclusion) or NOTHING,
        "saran": words.text(cells.advice) or NOTHING,
        "tindak_lanjut": words.text(cells.follow_up).rstrip(" ."),
        "tahap": step_rows(registration, words),
        "alasan_lengkap": reason if len(reason) > REASON_LIMIT else "",
        "sop": sop_identity(registration),
    }


def subject(cells: AgendaCells, words: Words) -> str:
    """Return what the document is about: the topic of the consultation, never the visitor."""
    topic = words.line(cells.topic, 150)
    return f"Telaahan konsultasi: {topic}" if topic else "Telaahan konsultasi"

"""What the Rekap Telaahan Laporan says. Its parts are those of a Laporan in MenPANRB's guideline."""

from __future__ import annotations

from sync.domain.agenda import JudgedBook
from sync.domain.clean import clean
from sync.domain.fields import Fields
from sync.domain.fields.privacy import Words
from sync.domain.period import Period
from sync.domain.recap.annex import annex_rows, telaahan_rows
from sync.domain.recap.charts import chart_fields
from sync.domain.recap.figures import Recap, recap
from sync.domain.recap.summary import (
    advice,
    applicant_sentence,
    conclusions,
    notes,
    step_sentences,
    summary_sentences,
)
from sync.domain.recap.tables import (
    comparison_rows,
    fault_rows,
    finding_rows,
    follow_up_rows,
    open_rows,
    overrun_rows,
    span_rows,
    status_rows,
    step_rows,
    tally_rows,
    wait_rows,
    worst_rows,
)
from sync.domain.rules import Rules
from sync.domain.wording import date_text, number_text, period_text, span_text


def recap_fields(period: Period, judged: JudgedBook, rules: Rules, words: Words) -> Fields:
    """Return the report's fields; who asks for the document adds ``nomor_naskah`` and ``konsep``.

    Of visitors it names the name and the cooperative, nothing else.
    """
    figures = recap(period, judged.rows, rules)
    total = figures.total
    return {
        "periode": period_text(period),
        "rentang": span_text(period),
        "kosong": not figures.entries,
        "hitungan": "waktu jam dinding" if figures.wall_clock else "waktu kerja",
        "sop": [{"nomor": clean(sop.number)} for sop in figures.sops],
        "dasar": _legal_basis(figures),
        "angka": _headline(figures),
        "ringkasan": summary_sentences(figures, words),
        "catatan": notes(figures, judged),
        "perbandingan": comparison_rows(figures),
        "kegiatan": step_rows(figures),
        "kalimat_pemohon": applicant_sentence(figures),
        "kalimat_kegiatan": step_sentences(figures),
        "tunggu": wait_rows(figures),
        "terburuk": worst_rows(figures, words),
        "melewati": overrun_rows(figures, words),
        "per_waktu": span_rows(figures),
        "per_status": status_rows(figures),
        "per_topik": tally_rows(figures.by_choice["topic"], total, words),
        "per_jenis": tally_rows(figures.by_choice["cooperative_kind"], total, words),
        "per_kabupaten": tally_rows(figures.by_choice["regency"], total, words),
        "per_saluran": tally_rows(figures.by_choice["channel"], total, words),
        "per_bidang": tally_rows(figures.by_choice["service"], total, words),
        "per_petugas": tally_rows(figures.by_officer, total, words),
        "per_tindak_lanjut": tally_rows(figures.by_follow_up, total, words),
        "temuan": finding_rows(figures),
        "perlu_diperbaiki": fault_rows(figures, rules.columns.agenda.header, words),
        "terbuka": open_rows(figures, words),
        "tindak_lanjut": follow_up_rows(figures, words),
        "simpulan": conclusions(figures, words),
        "saran": advice(figures),
        "lampiran": annex_rows(figures, words),
        "telaahan": telaahan_rows(figures, words),
        "grafik": chart_fields(figures, words),
    }


def _legal_basis(figures: Recap) -> list[str]:
    """The SOP versions of the period, then what they themselves rest on, each once."""
    own = [
        f"SOP Nomor {sop.number} tentang {sop.name}, berlaku sejak {date_text(sop.effective_from)}"
        for sop in figures.sops
    ]
    return list(dict.fromkeys(map(clean, [*own, *(basis for sop in figures.sops for basis in sop.legal_basis)])))


def _headline(figures: Recap) -> Fields:
    return {
        "konsultasi": number_text(figures.total),
        "selesai": number_text(figures.finished),
        "belum_selesai": number_text(len(figures.open)),
        "batal": number_text(figures.cancelled),
    }

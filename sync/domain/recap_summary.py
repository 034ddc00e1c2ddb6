"""The recap's sentences. They follow the figures: nothing is said of what did not happen, nothing is compared with
nothing, and an empty period has sentences of its own."""

from __future__ import annotations

from collections.abc import Sequence

from sync.domain.agenda import JudgedBook
from sync.domain.fields.privacy import Words
from sync.domain.recap import Recap, uncounted
from sync.domain.recap_counts import BLANK, Tally
from sync.domain.recap_steps import StepFigures
from sync.domain.recap_tables import top_text
from sync.domain.recap_words import change_text, joined, share_text
from sync.domain.wording import number_text, period_text

_TOP = 3


def summary_sentences(recap: Recap, words: Words) -> list[str]:
    """What a leader reads first."""
    if not recap.entries:
        return [f"Tidak ada konsultasi yang diregistrasi pada {period_text(recap.period)}.", comparison_sentence(recap)]
    sentences = [count_sentence(recap), comparison_sentence(recap)]
    if topics := top_text(_named(recap.by_choice["topic"]), _TOP, words):
        sentences.append(f"Topik terbanyak: {joined(topics)}.")
    if recap.total:
        sentences.append(open_sentence(recap))
    return sentences


def count_sentence(recap: Recap) -> str:
    """How many, by how many, and how they ended."""
    cancelled = f"{number_text(recap.cancelled)} registrasi dibatalkan" if recap.cancelled else ""
    if not recap.total:
        return f"Pada {period_text(recap.period)} tidak ada konsultasi yang dilayani; {cancelled}."
    if not recap.open:
        parts = ["semuanya selesai"]
    elif not recap.finished:
        parts = ["belum ada yang selesai"]
    else:
        parts = [f"{number_text(recap.finished)} selesai", f"{number_text(len(recap.open))} belum selesai"]
    from_whom = f"dari {number_text(recap.people)} orang"
    if recap.cooperatives:
        from_whom += f" dan {number_text(recap.cooperatives)} koperasi/instansi"
    sentence = f"Tercatat {number_text(recap.total)} konsultasi {from_whom}: {joined(parts)}"
    return f"{sentence}; di luar itu {cancelled}." if cancelled else f"{sentence}."


def comparison_sentence(recap: Recap) -> str:
    """How the count compares with the period before and with the same period a year before."""
    compared = recap.compared()
    known = [(period_text(period), count) for period, count in compared if count is not None]
    unknown = [period_text(period) for period, count in compared if count is None]
    if not known:
        return f"Tidak ada pembanding: buku agenda ini belum berjalan pada {' maupun '.join(unknown)}."
    if not recap.total and not any(count for _, count in known):
        return f"Pada {joined([name for name, _ in known])} juga tidak ada konsultasi."
    said = joined([f"{change_text(recap.total, count)} dibandingkan dengan {name}" for name, count in known])
    return f"Jumlah konsultasi {said}" + (f"; dari {joined(unknown)} tidak ada pembanding." if unknown else ".")


def open_sentence(recap: Recap) -> str:
    """What is left to do, in one sentence."""
    left = []
    if recap.open:
        left.append(f"{number_text(len(recap.open))} konsultasi belum selesai")
    if recap.faulty:
        left.append(f"{number_text(len(recap.faulty))} catatan perlu dilengkapi atau diperbaiki")
    if recap.follow_ups:
        left.append(f"{number_text(len(recap.follow_ups))} tindak lanjut belum tuntas")
    if not left:
        return "Semua konsultasi selesai, catatannya lengkap, dan tidak ada tindak lanjut yang tertunda."
    return f"Yang masih harus dituntaskan: {joined(left)}."


def step_sentences(recap: Recap) -> list[str]:
    """One sentence a step: its share within the standard, always with its n."""
    return [_step_sentence(step, recap) for step in recap.steps] if recap.total else []


def _step_sentence(step: StepFigures, recap: Recap) -> str:
    standard = " / ".join(step.standards) or recap.sops[-1].step(step.name).standard_text
    if not step.judged:
        return f"{step.title}: belum ada yang dapat dinilai terhadap standar {standard}."
    if not step.over:
        return f"{step.title}: semua ({number_text(step.judged)}) sesuai standar {standard}."
    return (
        f"{step.title}: {number_text(step.within)} dari {number_text(step.judged)} "
        f"({share_text(step.within, step.judged)}) sesuai standar {standard}; {number_text(step.over)} melewati."
    )


def conclusions(recap: Recap, words: Words) -> list[str]:
    """Simpulan."""
    if not recap.total:
        return summary_sentences(recap, words)
    lines = [count_sentence(recap), *step_sentences(recap)]
    if regencies := top_text(_named(recap.by_choice["regency"]), _TOP, words):
        lines.append(f"Pemohon terbanyak berasal dari {joined(regencies)}.")
    return [*lines, open_sentence(recap)]


def advice(recap: Recap) -> list[str]:
    """Saran: one for each thing that calls for it; the last resort is to carry on."""
    if not recap.total:
        return ["Terus menyampaikan informasi layanan konsultasi kepada masyarakat dan koperasi."]
    lines = []
    over = sorted((step for step in recap.steps if step.over), key=lambda step: -step.over)
    if over:
        named = [f"{step.title} ({number_text(step.over)} dari {number_text(step.judged)})" for step in over]
        lines.append(f"Menangani penyebab kegiatan melewati standar (terdaftar dalam laporan ini): {joined(named)}.")
    if recap.without_reason:
        lines.append(f"Melengkapi alasan melewati standar pada {number_text(recap.without_reason)} konsultasi.")
    if recap.faulty:
        lines.append(
            f"Melengkapi atau memperbaiki catatan {number_text(len(recap.faulty))} konsultasi yang terdaftar dalam "
            f"laporan ini, agar dapat dinyatakan selesai."
        )
    if recap.open:
        lines.append(f"Menuntaskan {number_text(len(recap.open))} konsultasi yang belum selesai.")
    if recap.follow_ups:
        lines.append(f"Memantau {number_text(len(recap.follow_ups))} tindak lanjut yang belum tuntas sampai selesai.")
    return lines or ["Mempertahankan pelayanan yang sudah sesuai standar."]


def applicant_sentence(recap: Recap) -> str:
    """Who came; a cooperative is not spoken of where none is named."""
    sentence = f"Konsultasi dilakukan oleh {number_text(recap.people)} orang"
    if not recap.cooperatives:
        return f"{sentence}; nama koperasi/instansi tidak ada yang diisi."
    return f"{sentence} atas nama {number_text(recap.cooperatives)} koperasi/instansi yang berbeda."


def notes(recap: Recap, judged: JudgedBook) -> list[str]:
    """Everything to know of how the figures came about."""
    lines = counting_notes(recap, judged)
    if recap.outside_hours:
        lines.append(f"Pada {number_text(recap.outside_hours)} konsultasi ada waktu yang tercatat di luar jam kerja.")
    return lines


def counting_notes(recap: Recap, judged: JudgedBook) -> list[str]:
    """What counts once although it stands twice, and what could not be counted."""
    lines = []
    if recap.doubled:
        lines.append(f"Nomor yang tercatat pada lebih dari satu baris dihitung satu kali: {joined(recap.doubled)}.")
    if strays := len(uncounted(recap.period, judged.rows)):
        lines.append(f"{number_text(strays)} baris tidak dihitung karena nomornya tidak ada atau tidak dikenal.")
    gone = [entry.number for entry in judged.deleted if recap.period.holds(entry.responded_at or entry.recorded_at)]
    if gone:
        lines.append(f"Nomor yang barisnya sudah tidak ada di buku agenda, sehingga tidak dihitung: {joined(gone)}.")
    waiting = sum(response.moment is not None and recap.period.holds(response.moment) for response in judged.pending)
    if waiting:
        lines.append(f"{number_text(waiting)} jawaban formulir belum diregistrasi dan belum dihitung.")
    return lines


def _named(counts: Sequence[Tally]) -> list[Tally]:
    return [item for item in counts if item.label != BLANK]

"""What the recap's charts show: labels, whole numbers, a title, and the sentence said where a chart cannot be seen.

The renderer draws them; nothing here knows how.
"""

from __future__ import annotations

from collections.abc import Sequence

from sync.domain.fields import Fields
from sync.domain.fields.privacy import Words
from sync.domain.period import PeriodKind
from sync.domain.recap import Recap
from sync.domain.recap_counts import BLANK, Tally
from sync.domain.recap_words import joined, share_text, span_text
from sync.domain.wording import number_text, period_text

_MOST_BARS = 12
_LABEL_LIMIT = 34


def chart_fields(recap: Recap, words: Words) -> Fields:
    """Return the four charts by name; a period without consultations has none."""
    if not recap.total:
        return {}
    return {
        "waktu": _time_chart(recap),
        "kegiatan": _step_chart(recap),
        "topik": _bars("Konsultasi menurut topik", recap, "topic", words, zeros=False),
        "kabupaten": _bars("Konsultasi menurut kabupaten/kota", recap, "regency", words, zeros=True),
    }


def _time_chart(recap: Recap) -> Fields:
    unit = "minggu" if recap.period.kind is PeriodKind.MONTH else "bulan"
    labels = [span_text(span.start, span.end, recap.period.kind) for span in recap.spans]
    values = [span.count for span in recap.spans]
    return _chart(f"Konsultasi per {unit}", recap, labels, values)


def _step_chart(recap: Recap) -> Fields:
    shown = [step for step in recap.steps if step.judged]
    said = [f"{step.title} {share_text(step.within, step.judged)} dari {number_text(step.judged)}" for step in shown]
    title = "Sesuai standar waktu per kegiatan"
    tail = joined(said) if said else "belum ada kegiatan yang dapat dinilai"
    return {
        "judul": title,
        "label": [step.title for step in recap.steps],
        "nilai": [step.within for step in recap.steps],
        "dari": [step.judged for step in recap.steps],
        "teks": [share_text(step.within, step.judged) for step in recap.steps],
        "keterangan": f"Grafik batang: {title}, {period_text(recap.period)}: {tail}.",
    }


def _bars(title: str, recap: Recap, field: str, words: Words, zeros: bool) -> Fields:
    counts = _with_others(recap.by_choice[field]) if zeros else _most(recap.by_choice[field])
    labels = [words.line(item.label, _LABEL_LIMIT) for item in counts]
    return _chart(title, recap, labels, [item.count for item in counts])


def _with_others(counts: Sequence[Tally]) -> list[Tally]:
    """The office's own choices in their order, zeros too; what people typed beside them as one bar."""
    listed = [item for item in counts if item.listed]
    others = [item for item in counts if not item.listed and item.label != BLANK]
    blank = [item for item in counts if item.label == BLANK]
    return [*listed, *([Tally("Isian lain", sum(item.count for item in others), False)] if others else []), *blank]


def _most(counts: Sequence[Tally]) -> list[Tally]:
    """The most frequent first; beyond what fits, one bar for the rest."""
    found = sorted((item for item in counts if item.count), key=lambda item: -item.count)
    if len(found) <= _MOST_BARS:
        return found
    kept, rest = found[: _MOST_BARS - 1], found[_MOST_BARS - 1 :]
    return [*kept, Tally("Selebihnya", sum(item.count for item in rest), False)]


def _chart(title: str, recap: Recap, labels: list[str], values: list[int]) -> Fields:
    said = [f"{label} {number_text(value)}" for label, value in zip(labels, values, strict=True) if value]
    return {
        "judul": title,
        "label": labels,
        "nilai": values,
        "teks": [number_text(value) for value in values],
        "keterangan": f"Grafik batang: {title}, {period_text(recap.period)}: {joined(said)}.",
    }

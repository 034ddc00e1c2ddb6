"""What a Daftar Isi Berkas says: the documents filed in a period, one list a classification folder.

The columns are those of PerANRI 9/2018 (nomor item, kode, uraian, tanggal, jumlah, keterangan). Documents that are
scheduled count as filed: the job always finishes what it has scheduled. The lists themselves are left out, or each
would change the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sync.domain.book import ArchiveEntry
from sync.domain.fields import Fields
from sync.domain.fields.privacy import Words
from sync.domain.period import Period
from sync.domain.rules import ArchiveRules, Classification, Rules
from sync.domain.wording import date_text, number_text, period_text, reference_text, short_date_text, span_text

UNDECIDED = "belum ditetapkan"
DESCRIPTION_LIMIT = 200


def contents_fields(
    period: Period, archive: Sequence[ArchiveEntry], titles: Mapping[str, str], rules: Rules, words: Words
) -> Fields:
    """Return the list's fields; folders and items are in the order of their paths.

    ``titles`` are those of the kinds that are listed, by kind.
    """
    folders: dict[str, list[ArchiveEntry]] = {}
    for entry in sorted(archive, key=lambda entry: (entry.path, entry.revision)):
        if entry.kind in titles and period.holds(filed_day(entry)):
            described = replace(entry, description=_description(entry, titles[entry.kind], words))
            folders.setdefault(entry.path.rpartition("/")[0], []).append(described)
    return {
        "periode": period_text(period),
        "rentang": span_text(period),
        "kosong": not folders,
        "jumlah": number_text(sum(map(len, folders.values()))),
        "berkas": [
            _folder(order, folder, entries, rules.archive) for order, (folder, entries) in enumerate(folders.items(), 1)
        ],
    }


def filed_day(entry: ArchiveEntry) -> date:
    """Return the day the document is filed under (its file's name begins with it)."""
    name = entry.path.rpartition("/")[2]
    try:
        return date.fromisoformat(name[:10])
    except ValueError:
        return entry.scheduled_at.date()


def retention_text(classification: Classification | None) -> str:
    """Aktif 2 tahun, inaktif 3 tahun, nasib akhir permanen; or that the office has not decided yet."""
    if classification is None or not _decided(classification):
        return UNDECIDED
    years = (("aktif", classification.active_years), ("inaktif", classification.inactive_years))
    parts = [f"{word} {UNDECIDED if span is None else f'{number_text(span)} tahun'}" for word, span in years]
    return f"{', '.join(parts)}; nasib akhir {_final(classification)}"


def _short_retention(classification: Classification | None) -> str:
    """The same for one cell of many: 2 + 3 tahun, permanen."""
    if classification is None or not _decided(classification):
        return UNDECIDED.capitalize()
    years = [span for span in (classification.active_years, classification.inactive_years) if span is not None]
    spans = f"{' + '.join(map(number_text, years))} tahun, " if years else ""
    return f"{spans}{_final(classification)}"


def _decided(classification: Classification) -> bool:
    known = classification.active_years is not None or classification.inactive_years is not None
    return known or _final(classification) != UNDECIDED


def _final(classification: Classification) -> str:
    return classification.final.strip().lower() or UNDECIDED


def _folder(order: int, folder: str, entries: Sequence[ArchiveEntry], rules: ArchiveRules) -> Fields:
    parts = folder.split("/")
    code = parts[1] if len(parts) > 1 else rules.code_of_kind.get(entries[0].kind, "")
    classification = rules.classifications.get(code)
    days = sorted({filed_day(entry) for entry in entries})
    span = date_text(days[0]) if len(days) == 1 else f"{date_text(days[0])} sampai dengan {date_text(days[-1])}"
    return {
        "nomor": number_text(order),
        "kode": code or "–",
        "nama": classification.name if classification else UNDECIDED.capitalize(),
        "folder": folder or "–",
        "kurun_waktu": span,
        "jumlah": number_text(len(entries)),
        "retensi": retention_text(classification),
        "item": [_item(number, code, entry, classification) for number, entry in enumerate(entries, start=1)],
    }


def _item(number: int, code: str, entry: ArchiveEntry, classification: Classification | None) -> Fields:
    revision = f"Revisi {number_text(entry.revision)}; " if entry.revision > 1 else ""
    return {
        "nomor": number_text(number),
        "kode": code or "–",
        "uraian": entry.description,
        "tanggal": short_date_text(filed_day(entry)),
        "jumlah": "1 naskah",
        "keterangan": revision + _short_retention(classification),
    }


def _description(entry: ArchiveEntry, title: str, words: Words) -> str:
    """For an entry without its own: title and number of a consultation's document, title and period of a period's."""
    about = reference_text(entry.reference)
    if about == entry.reference:
        about = f"konsultasi {about}"
    return words.line(entry.description, DESCRIPTION_LIMIT) or f"{title} {about}"

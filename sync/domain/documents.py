"""The kinds of documents: one entry each says all there is to know of a kind, and nothing else lists them.

A new kind is an entry here, a builder of its fields (:mod:`sync.domain.fields`) and its template. A kind is known by
its key, everywhere and for ever: in paths, in ``Arsip``, in ``Agenda Keluar``, in config.yaml. Its title is what people
read; it may change at any time, and nothing is looked up by it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.book import DRAFT, Book
from sync.domain.clean import clean
from sync.domain.fields import Fields
from sync.domain.fields.agenda_in import agenda_in_fields
from sync.domain.fields.agenda_out import agenda_out_fields
from sync.domain.fields.contents import contents_fields
from sync.domain.fields.disposition import disposition_fields
from sync.domain.fields.privacy import Privacy, Words, words_of
from sync.domain.fields.recap import recap_fields
from sync.domain.fields.receipt import receipt_fields
from sync.domain.fields.telaahan import telaahan_fields
from sync.domain.period import Period
from sync.domain.rules import Rules
from sync.domain.wording import reference_text


class Due(Enum):
    """When the job issues a document by itself, if config.yaml names the kind there; the value is its key."""

    REGISTRATION = "saat_registrasi"
    FINISHED = "saat_selesai"
    PERIOD_END = "saat_periode_berakhir"


@dataclass(frozen=True, slots=True)
class Source:
    """What a document is made of, besides its registration or period."""

    book: Book
    judged: JudgedBook
    rules: Rules
    words: Words
    official_number: str
    """What the clerk typed, ``""`` until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSpec:
    """All there is to know of one kind of document.

    Exactly one of ``of_registration`` and ``of_period`` builds its fields: that is its scope.
    """

    key: str
    """The word in paths, in the workbook and in config.yaml; also the template's name."""
    title: str
    due: Due
    unless_told: bool = False
    """Whether the job issues it where config.yaml says nothing."""
    of_registration: Callable[[Registration, Source], Fields] | None = None
    of_period: Callable[[Period, Source], Fields] | None = None
    privacy: Privacy
    """Who masks, and what: decided here for the whole document."""
    outgoing: bool = False
    """It goes to the leadership: it has a row in ``Agenda Keluar`` and is a draft until the clerk numbers it."""
    numbered_as: str = ""
    """The key of the outgoing kind whose official number it bears, where that is not its own."""
    agenda_field: str = ""
    """The derived field of ``Agenda`` that shows its link."""
    required: tuple[str, ...]
    """Fields that make it what it is: an officer may move them, a template that lost one is refused."""
    pictures: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    """Those an office may choose from, the usual one first. Another one's template is ``{key}-{paper}.docx``."""


class DocumentKind(Enum):
    """The kinds, in the order in which they are told; the value is the key."""

    _value_: str
    spec: DocumentSpec

    def __new__(cls, spec: DocumentSpec | str) -> DocumentKind:
        assert isinstance(spec, DocumentSpec), "a look-up by key makes no kind"
        assert (spec.of_registration is None) != (spec.of_period is None), "a document is of one thing"
        kind = object.__new__(cls)
        kind._value_ = spec.key
        kind.spec = spec
        return kind

    RECEIPT = DocumentSpec(
        key="tanda-registrasi",
        title="Tanda Registrasi",
        due=Due.REGISTRATION,
        unless_told=True,
        of_registration=lambda row, source: receipt_fields(row, source.rules, source.words),
        privacy=Privacy.MASKED,
        agenda_field="receipt",
        required=("nomor", "nama", "kontak_data_pribadi"),
        pictures=("qr",),
        papers=("a5", "80mm"),
    )
    TELAAHAN = DocumentSpec(
        key="telaahan",
        title="Telaahan Staf",
        due=Due.FINISHED,
        unless_told=True,
        of_registration=lambda row, source: telaahan_fields(
            row, source.official_number, source.book.officers, source.rules, source.words
        ),
        privacy=Privacy.WHOLE,
        outgoing=True,
        agenda_field="telaahan",
        required=(
            *("nomor", "nomor_naskah", "konsep", "nama"),
            *("persoalan", "praanggapan", "fakta", "analisis", "simpulan", "saran"),
            *("disposisi", "penanda_tangan.nama"),
        ),
        papers=("a4", "f4"),
    )
    DISPOSITION = DocumentSpec(
        key="disposisi",
        title="Lembar Disposisi",
        due=Due.FINISHED,
        unless_told=True,
        of_registration=lambda row, source: disposition_fields(
            row, source.official_number, source.book.officers, source.rules, source.words
        ),
        privacy=Privacy.WHOLE,
        numbered_as="telaahan",
        required=("nomor", "hal"),
    )
    RECAP = DocumentSpec(
        key="rekap",
        title="Rekap Telaahan Laporan",
        due=Due.PERIOD_END,
        unless_told=True,
        of_period=lambda period, source: {
            **recap_fields(period, source.judged, source.rules, source.words),
            "nomor_naskah": clean(source.official_number),
            "konsep": not source.official_number,
        },
        privacy=Privacy.MASKED,
        outgoing=True,
        required=("periode", "nomor_naskah", "konsep", "ringkasan", "kegiatan", "lampiran", "penanda_tangan.nama"),
        pictures=("grafik_waktu", "grafik_kegiatan", "grafik_topik", "grafik_kabupaten"),
    )
    AGENDA_IN = DocumentSpec(
        key="agenda-masuk",
        title="Buku Agenda Masuk",
        due=Due.PERIOD_END,
        of_period=lambda period, source: agenda_in_fields(period, source.judged, source.rules, source.words),
        privacy=Privacy.BOOK,
        required=("periode", "baris"),
    )
    AGENDA_OUT = DocumentSpec(
        key="agenda-keluar",
        title="Buku Agenda Keluar",
        due=Due.PERIOD_END,
        of_period=lambda period, source: agenda_out_fields(period, source.book.outgoing, source.words),
        privacy=Privacy.BOOK,
        required=("periode", "baris"),
    )
    CONTENTS = DocumentSpec(
        key="daftar-isi-berkas",
        title="Daftar Isi Berkas",
        due=Due.PERIOD_END,
        of_period=lambda period, source: contents_fields(
            period, source.book.archive, listed_titles(), source.rules, source.words
        ),
        privacy=Privacy.MASKED,
        required=("periode", "berkas"),
    )


OF_REGISTRATION = tuple(kind for kind in DocumentKind if kind.spec.of_registration)
OF_PERIOD = tuple(kind for kind in DocumentKind if kind.spec.of_period)
OUTGOING = tuple(kind for kind in DocumentKind if kind.spec.outgoing)
LINKED = tuple(kind for kind in DocumentKind if kind.spec.agenda_field)


def listed_titles() -> dict[str, str]:
    """Return the titles, by key, of what a Daftar Isi Berkas lists: everything but such lists themselves."""
    return {kind.value: kind.spec.title for kind in DocumentKind if kind is not DocumentKind.CONTENTS}


def document_fields(
    kind: DocumentKind,
    subject: Registration | Period,
    official_number: str,
    book: Book,
    judged: JudgedBook,
    rules: Rules,
) -> Fields:
    """Return what a document of ``kind`` says of ``subject``: a registration or a period, as its kind asks."""
    spec = kind.spec
    source = Source(book, judged, rules, words_of(spec.privacy, rules), official_number)
    if isinstance(subject, Period):
        assert spec.of_period, f"{kind.value} is no document of a period"
        return spec.of_period(subject, source)
    assert spec.of_registration, f"{kind.value} is no document of a registration"
    return spec.of_registration(subject, source)


def document_title(kind: DocumentKind, reference: str) -> str:
    """Return how people call one document: Telaahan Staf KONS-2026-0001, Rekap Telaahan Laporan November 2026."""
    return f"{kind.spec.title} {reference_text(reference)}"


def document_description(kind: DocumentKind, reference: str, official_number: str) -> str:
    """Return how the archive list describes it; of what goes out it says the official number or that it is a draft.

    For people alone: number and draft are fields of the archive list's entry.
    """
    text = document_title(kind, reference)
    if not kind.spec.outgoing:
        return text
    return f"{text}, nomor {official_number}" if official_number else f"{text}, {DRAFT}"

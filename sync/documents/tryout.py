"""For whoever edits a template in Word: which fields there are, how it looks filled in, and what is wrong with it.

Nothing here reads the agenda or the archive: the visits are invented (:mod:`sync.documents.sample`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sync.documents.context import document_context, issue_context, office_context
from sync.documents.fieldcheck import ITEM
from sync.documents.kinds import KINDS, file_name
from sync.documents.sample import SAMPLE_MOMENT, SAMPLE_PERIOD, Variety, sample_fields
from sync.documents.templates import ALL_KINDS, RenderRequest, load_templates, read_template
from sync.domain.archive import OF_REGISTRATION, DocumentKind
from sync.domain.fields import Fields
from sync.domain.rules import Rules
from sync.domain.wording import DOCUMENT_TITLES, period_text


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One field as it is written in a template, with a sample of what will be printed there.

    ``in_list`` names the list whose items have it: ``{%tr for baris in daftar %}`` makes ``{{ baris.nama }}``.
    """

    tag: str
    sample: str
    required: bool
    in_list: str


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """One kind of document: its title, its files, its fields."""

    kind: DocumentKind
    title: str
    files: tuple[str, ...]
    fields: tuple[FieldInfo, ...]


def describe_templates(rules: Rules, kinds: Sequence[DocumentKind] = ALL_KINDS) -> list[TemplateInfo]:
    """Return what ``agenda documents`` lists: every kind with its files and fields, with sample values."""
    return [
        TemplateInfo(
            kind=kind,
            title=DOCUMENT_TITLES[kind.value],
            files=tuple(file_name(kind, variant) for variant in ("", *KINDS[kind].variants)),
            fields=tuple(_fields(kind, rules)),
        )
        for kind in kinds
    ]


def render_samples(
    templates: Path,
    folder: Path,
    rules: Rules,
    kinds: Sequence[DocumentKind] = ALL_KINDS,
    varieties: Sequence[Variety] = (Variety.FULL, Variety.SHORT, Variety.LONG, Variety.HOSTILE),
) -> list[Path]:
    """Fill in every template of ``kinds`` with invented visits; return the files, ``{template}-contoh-{variety}.docx``.

    Raises:
        TemplateInvalid: a template is faulty.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, variant in _present(templates, kinds):
        loaded = load_templates(templates, rules, (kind,), {kind: variant})
        for variety in varieties:
            fields = sample_fields(kind, rules, variety)
            content = loaded.render(_request(kind, variant, fields))
            path = folder / f"{Path(file_name(kind, variant)).stem}-contoh-{variety.value}.docx"
            path.write_bytes(content)
            written.append(path)
    return written


def explain_template(path: Path, rules: Rules) -> list[str]:
    """Return what is wrong with one template file, in words for the officer who edited it; empty if nothing is."""
    kind = kind_of_file(path.name)
    if kind is None:
        names = ", ".join(file_name(kind) for kind in ALL_KINDS)
        return [
            f"{path.name}: nama berkas templat tidak dikenal. Nama yang dikenal: {names}; boleh "
            "diberi akhiran, misalnya telaahan-baru.docx."
        ]
    _, faults = read_template(path, kind, rules)
    return [fault.explanation for fault in faults]


def kind_of_file(name: str) -> DocumentKind | None:
    """Return the kind a file name stands for: ``telaahan.docx``, ``telaahan-f4.docx``, ``telaahan-baru.docx``."""
    stem = name.lower().removesuffix(".docx")
    matches = [kind for kind in ALL_KINDS if stem == kind.value or stem.startswith(f"{kind.value}-")]
    return max(matches, key=lambda kind: len(kind.value), default=None)


def _present(templates: Path, kinds: Sequence[DocumentKind]) -> Iterator[tuple[DocumentKind, str]]:
    for kind in kinds:
        yield kind, ""
        for variant in KINDS[kind].variants:
            if (templates / file_name(kind, variant)).is_file():
                yield kind, variant


def _request(kind: DocumentKind, variant: str, fields: Fields) -> RenderRequest:
    subject = str(fields["nomor"]) if kind in OF_REGISTRATION else period_text(SAMPLE_PERIOD)
    title = f"Contoh {DOCUMENT_TITLES[kind.value]}"
    return RenderRequest(kind, fields, "contoh", "contoh", SAMPLE_MOMENT, 1, title, subject, variant)


def _fields(kind: DocumentKind, rules: Rules) -> Iterator[FieldInfo]:
    spec = KINDS[kind]
    issue = issue_context(SAMPLE_MOMENT, 1, rules.zone_label)
    context = document_context(
        office_context(rules.office(SAMPLE_MOMENT)), issue, sample_fields(kind, rules, Variety.FULL)
    )
    yield from _infos(context, (), "", spec.required)
    for picture in spec.pictures:
        yield FieldInfo(f"{{{{ {picture} }}}}", "(gambar)", picture in spec.required, "")


def _infos(
    values: Mapping[str, object], path: tuple[str, ...], listed: str, required: Sequence[str]
) -> Iterator[FieldInfo]:
    for name, value in values.items():
        here = (*path, name)
        dotted = ".".join(step for step in here if step != ITEM)
        if isinstance(value, Mapping):
            yield from _infos(value, here, listed, required)
        elif isinstance(value, list | tuple):
            first = value[0] if value else ""
            if isinstance(first, Mapping):
                yield from _infos(first, ("baris",), dotted if not listed else f"{listed}.{dotted}", ())
            else:
                yield FieldInfo("{{ baris }}", _shown(first), dotted in required, dotted)
        else:
            yield FieldInfo(f"{{{{ {dotted} }}}}", _shown(value), dotted in required, listed)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "ya/tidak (untuk {% if %})"
    words = " ".join(str(value).split())
    return words if len(words) <= 60 else f"{words[:59]}…"

"""A lost ledger, made again: which response was given which number, by what the archive and the agenda still say.

Three things speak for a pair, from the strongest: the receipt's fingerprint, which is of exactly these answers under
exactly this number; a row of the agenda that bears the number and the response's moment; a document's text that has
the number, the registration's day and minute and the visitor's name. A pair counts only if neither side has another.
What is left is for a person to say. No response gets two numbers, no number two responses.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sync.domain.agenda import judge_book
from sync.domain.archive import fields_digest
from sync.domain.book import AgendaRow, ArchiveEntry, Book, LedgerEntry
from sync.domain.cells import name_key, read_moment, read_phone, read_text
from sync.domain.compliance import Clock
from sync.domain.documents import OF_REGISTRATION, DocumentKind, document_fields
from sync.domain.fields import Fields
from sync.domain.fields.common import NOTHING
from sync.domain.newrow import new_agenda_cells
from sync.domain.numbers import in_number_order, skipped_numbers
from sync.domain.passed_over import read_typed
from sync.domain.registration import NewRegistration, NumberFormat, Response
from sync.domain.repair.restore import responses_by_key
from sync.domain.rules import Rules

_DIGEST = 32
"""Digits of a fingerprint that are of the fields; the rest is of the template."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that was given once, with what is left of its registration."""

    number: str
    day: date | None
    """The registration's day, as its documents are filed under."""
    documents: tuple[ArchiveEntry, ...]
    rows: tuple[AgendaRow, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """A number with several responses that may be its own, or with one that may be another number's."""

    number: str
    candidates: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class Renumbering:
    """Who had which number. ``lost`` are numbers without a response; ``left`` responses without a number."""

    given: Mapping[str, Response]
    unsure: tuple[Unsure, ...]
    lost: tuple[str, ...]
    left: tuple[Response, ...]


def claims_of(book: Book, rules: Rules) -> dict[str, Claim]:
    """Return every number that was surely given: one with a document, one in the agenda with a registration moment,
    and one below those, as the job skips none but such as people typed into the book. In number order.
    """
    kinds = {kind.value for kind in OF_REGISTRATION}
    documents: dict[str, list[ArchiveEntry]] = defaultdict(list)
    for entry in book.archive:
        if entry.kind in kinds:
            documents[entry.reference].append(entry)
    rows: dict[str, list[AgendaRow]] = defaultdict(list)
    form = NumberFormat(rules.number_prefix, rules.number_digits)
    for row in book.agenda:
        if row.number in documents or (form.read(row.number) and _registered_at(row) is not None):
            rows[row.number].append(row)
    seen = in_number_order([*documents, *rows])
    typed = {order for row in book.agenda if (order := read_typed(row.number, form))}
    skipped = [number for number in skipped_numbers(seen, rules.number_digits) if form.read(number) not in typed]
    return {
        number: Claim(number, _day(documents[number]), tuple(documents[number]), tuple(rows[number]))
        for number in in_number_order([*seen, *skipped])
    }


def candidates_by_record(
    claims: Mapping[str, Claim], book: Book, rules: Rules, clock: Clock, now: datetime
) -> dict[str, tuple[Response, ...]]:
    """Return the responses that fit each number by the receipt's fingerprint or by its row in the agenda.

    Where both speak and agree on some, only those count; where they contradict each other, all do.
    """
    profiles = receipt_profiles(book, rules, clock, now)
    by_day: dict[date, list[tuple[Response, Fields]]] = defaultdict(list)
    by_moment: dict[datetime, list[Response]] = defaultdict(list)
    for response, fields in profiles:
        if response.moment is not None:
            by_day[response.moment.date()].append((response, fields))
            by_moment[response.moment.replace(microsecond=0)].append(response)
    found = {}
    for number, claim in claims.items():
        digests = {entry.fingerprint[:_DIGEST] for entry in claim.documents if entry.kind == DocumentKind.RECEIPT.value}
        of_day = by_day.get(claim.day, []) if claim.day and digests else []
        by_inputs = [
            response for response, fields in of_day if fields_digest({**fields, "nomor": number})[:_DIGEST] in digests
        ]
        by_row = [response for row in claim.rows for response in _of_row(row, by_moment)]
        both = [response for response in by_inputs if response in by_row]
        found[number] = _distinct(both or [*by_inputs, *by_row])
    return found


def candidates_by_text(
    claim: Claim, texts: Iterable[Sequence[str]], profiles: Iterable[tuple[Response, Fields]]
) -> tuple[Response, ...]:
    """Return the responses whose number, day, minute and name stand in one of the documents.

    ``texts`` has each document's paragraphs. A name counts only as a paragraph of its own: one may be part of another.
    """
    pages = [(set(paragraphs), "\n".join(paragraphs)) for paragraphs in texts]
    found = []
    for response, fields in profiles:
        if response.moment is None or claim.day not in (None, response.moment.date()) or fields["nama"] == NOTHING:
            continue
        said = (claim.number, str(fields["hari_tanggal"]), str(fields["waktu_registrasi"]))
        if any(str(fields["nama"]) in alone and all(words in page for words in said) for alone, page in pages):
            found.append(response)
    return _distinct(found)


def receipt_profiles(book: Book, rules: Rules, clock: Clock, now: datetime) -> list[tuple[Response, Fields]]:
    """Return each response once, with the fields its receipt had at registration, whatever number it was given."""
    responses = [response for response in responses_by_key(book).values() if response.moment is not None]
    ledger, agenda = [], []
    for index, response in enumerate(responses):
        number = f"{rules.number_prefix}-0000-{index}"
        assert response.moment is not None, "left out above"
        ledger.append(LedgerEntry(index, number, response.key, response.moment, response.moment, True))
        agenda.append(AgendaRow(index, number, new_agenda_cells(NewRegistration(number, response, response.moment))))
    book = replace(book, ledger=tuple(ledger), agenda=tuple(agenda))
    judged = judge_book(book, rules, clock, now)
    receipts = [document_fields(DocumentKind.RECEIPT, row, "", book, judged, rules) for row in judged.rows]
    return list(zip(responses, receipts, strict=True))


def settle(
    claims: Mapping[str, Claim],
    candidates: Mapping[str, Sequence[Response]],
    book: Book,
    assigned: Mapping[str, Response | None],
) -> Renumbering:
    """Return who had which number. ``assigned`` is what a person said: a response, or that it has none.

    A response that a person gave to a number is nobody else's candidate any more.
    """
    taken = {response.key for response in assigned.values() if response is not None}
    open_to = {
        number: [response for response in candidates.get(number, ()) if response.key not in taken]
        for number in claims
        if number not in assigned
    }
    wanted = Counter(response.key for responses in open_to.values() for response in responses)
    given = {number: response for number, response in assigned.items() if response is not None}
    unsure: list[Unsure] = []
    lost = [number for number, response in assigned.items() if response is None]
    for number, responses in open_to.items():
        if len(responses) == 1 and wanted[responses[0].key] == 1:
            given[number] = responses[0]
        elif responses:
            unsure.append(Unsure(number, tuple(responses)))
        else:
            lost.append(number)
    assert len({response.key for response in given.values()}) == len(given), "no response gets two numbers"
    named = {response.key for response in given.values()} | set(wanted)
    left = tuple(response for response in responses_by_key(book).values() if response.key not in named)
    return Renumbering(
        {number: given[number] for number in claims if number in given},
        tuple(unsure),
        tuple(number for number in claims if number in set(lost)),
        tuple(sorted(left, key=lambda response: response.position)),
    )


def _day(documents: Sequence[ArchiveEntry]) -> date | None:
    """A document of a registration is filed under its day; the file's name begins with it."""
    days = {entry.path.rpartition("/")[2][:10] for entry in documents}
    try:
        return date.fromisoformat(days.pop()) if len(days) == 1 else None
    except ValueError:
        return None


def _registered_at(row: AgendaRow) -> datetime | None:
    moment = read_moment(row.cells.registered_at, None, timedelta(0))
    return moment.replace(microsecond=0) if isinstance(moment, datetime) else None


def _of_row(row: AgendaRow, by_moment: Mapping[datetime, Sequence[Response]]) -> list[Response]:
    moment = _registered_at(row)
    return [response for response in by_moment.get(moment, []) if _same_person(row, response)] if moment else []


def _same_person(row: AgendaRow, response: Response) -> bool:
    phone = read_phone(row.cells.phone)
    name = name_key(read_text(row.cells.name))
    same_phone = phone is not None and phone == read_phone(response.cells.phone)
    return same_phone or (name != "" and name == name_key(read_text(response.cells.name)))


def _distinct(responses: Iterable[Response]) -> tuple[Response, ...]:
    return tuple({response.key: response for response in responses}.values())

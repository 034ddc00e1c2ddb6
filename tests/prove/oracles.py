"""What must be true of an office whenever all is quiet. Reads the book and the archive as people do, by itself."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from sync.domain.compliance import Status
from sync.domain.life import judge_with_documents
from sync.domain.reading import read_book
from sync.domain.table import Revision, Row, Snapshot, Table
from sync.domain.wording import finding_text, findings_text
from tests.prove.cells import Plain, Sheet, plain
from tests.prove.papers import read_paper
from tests.prove.world import AGENDA, ARCHIVE, NUMBER, OUTGOING, REGISTER, RESPONSES, World

_LINKS = {"Tanda Registrasi": "tanda-registrasi", "Telaahan": "telaahan"}
_LINKS_SAY = {"Tanda Registrasi": "Tanda Registrasi", "Telaahan": "Telaahan Staf"}
_CANCELLED = " (dibatalkan)"
_LINK_TEXT = re.compile(r"(?P<title>[A-Za-z ]+?)( r(?P<revision>\d+))? (?P<number>KONS-\d{4}-\d{4,})")
_MARKED = re.compile(r"perkara (\d{2})")
_PHONE = re.compile(r"08129818(7\d{3})|0812\*{4}(7\d{3})")
"""What of a visit's telephone its documents print, whole or masked: it ends with 7000 and the order of its mark."""
_WAITS = "terbit pada hari kerja berikutnya"
_MARK = "Uraian Singkat"
_Row = dict[str, Plain]


def violations(world: World, now: datetime) -> list[str]:
    """Return everything that is not as it must be, each beginning with the oracle's name."""
    found: list[str] = []
    for name, oracle in (
        ("numbers", _numbers),
        ("documents", _documents),
        ("mixtures", _mixtures),
        ("life", _life),
        ("links", lambda world: _links(world, now)),
        ("books", _outgoing),
        ("litter", _litter),
    ):
        found += _told(name, oracle(world))
    return found + _told("job columns", _job_columns(world, now))


def _told(name: str, faults: Iterator[str]) -> list[str]:
    """An office so far off that it cannot even be read is a violation too."""
    found = []
    try:
        for fault in faults:
            found.append(f"{name}: {fault}")  # noqa: PERF401  # what was found before a fault counts
    except Exception as error:
        found.append(f"{name}: cannot be judged: {type(error).__name__}: {error}")
    return found


def _numbers(world: World) -> Iterator[str]:
    """Each response has exactly one number; none is used twice or skipped; in a run they follow the responses.

    The clerk types no number of ours, so that none is ever passed over.
    """
    register = [row for _, row in Sheet.of(world.grid(REGISTER)).rows]
    sent = {row[_MARK]: row["Timestamp"] for _, row in Sheet.of(world.grid(RESPONSES)).rows}
    numbers = [str(row[NUMBER]) for row in register]
    by_year: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        _, year, order = number.rsplit("-", 2)
        by_year[year].append(int(order))
    for year, orders in by_year.items():
        if sorted(orders) != list(range(1, len(orders) + 1)):
            yield f"of {year} are {sorted(orders)}: one is given twice or skipped"
    if Counter(row["Waktu Respons"] for row in register) != Counter(sent.values()):
        yield f"{len(register)} numbers for {len(sent)} responses, or not of their moments"
    yield from (f"{row[NUMBER]} passed over {row['Nomor Dilewati']}" for row in register if row["Nomor Dilewati"])
    if len({row["Kunci Respons"] for row in register}) != len(register):
        yield "one response has two numbers"
    runs: dict[Plain, list[tuple[str, Plain]]] = defaultdict(list)
    for row in register:
        runs[row["Dicatat"]].append((str(row[NUMBER]), row["Waktu Respons"]))
    for given in runs.values():
        moments = [moment for _, moment in sorted(given)]
        if moments != sorted(moments, key=lambda moment: (isinstance(moment, str), moment)):
            yield "within a run they do not follow the responses' time"
    moment_of = {str(row[NUMBER]): row["Waktu Respons"] for row in register}
    agenda = Sheet.of(world.grid(AGENDA))
    standing: Counter[Plain] = Counter()
    times = Counter(agenda.column(NUMBER))
    for _, row in agenda.rows:
        borne = row[NUMBER]
        if borne and row[_MARK] in sent:
            standing[borne] += 1
            told = _is_mixed(row) or times[borne] > 1
            if moment_of.get(str(borne)) != sent[row[_MARK]] and not told:
                yield f"{borne} stands in a row of another response"
    for row in register:
        presence = "di agenda" if standing[row[NUMBER]] else "hilang"
        if row["Keadaan"] != presence:
            yield f"{row[NUMBER]} is {presence}, and Register says {row['Keadaan']}"


def _documents(world: World) -> Iterator[str]:
    """Each is there once a revision, its bytes match, its link leads to it, and it says what it is."""
    archive = world.documents()
    listed = [row for _, row in Sheet.of(world.grid(ARCHIVE)).rows if row["Jenis"] != "folder"]
    standing = [row for _, row in Sheet.of(world.grid(AGENDA)).rows]
    revisions: dict[tuple[Plain, Plain], list[Plain]] = defaultdict(list)
    for row in listed:
        path = str(row["Berkas"])
        revisions[row["Jenis"], row["Rujukan"]].append(row["Revisi"])
        contents = archive.pop(path, [])
        if not contents and row["Keadaan"] == "dijadwalkan" and not _is_due(row, standing):
            continue
        if len(contents) != 1:
            yield f"{path}: {len(contents)} files"
            continue
        (content,) = contents
        if row["Keadaan"] != "diarsipkan":
            yield f"{path}: {row['Keadaan']}"
        if hashlib.sha256(content).hexdigest() != row["SHA-256"]:
            yield f"{path}: its bytes are not those of Arsip"
        if world.resolve(str(row["Tautan"])) != content:
            yield f"{path}: its link does not lead to it"
        paper = read_paper(content)
        if paper is None:
            yield f"{path}: not a whole document"
        elif (paper.kind, float(paper.revision), paper.id, paper.fingerprint) != (
            row["Jenis"],
            row["Revisi"],
            row["ID Dokumen"],
            row["Sidik Masukan"],
        ):
            yield f"{path}: Arsip says something else of it than it does itself"
        elif paper.fields.get("nomor", row["Rujukan"]) != row["Rujukan"]:
            yield f"{path}: it is about {paper.fields.get('nomor')}"
    for (kind, reference), given in revisions.items():
        if sorted(map(str, given)) != sorted(str(float(number)) for number in range(1, len(given) + 1)):
            yield f"{kind} of {reference} has the revisions {given}"
    for path in archive:
        yield f"{path}: in the archive, and not on the list"


def _mixtures(world: World) -> Iterator[str]:
    """No document of a visit ever bore what belongs to another one: the name that its visitor gave, its telephone, a
    word that the clerk wrote for it (these name its mark), or a broken formula.
    """
    responses = [row for _, row in Sheet.of(world.grid(RESPONSES)).rows]
    names = {row["Timestamp"]: row["Nama Lengkap"] for row in responses}
    marks = {row["Timestamp"]: row[_MARK] for row in responses}
    moments = {row[NUMBER]: row["Waktu Respons"] for _, row in Sheet.of(world.grid(REGISTER)).rows}
    for path, contents in world.documents().items():
        for paper in filter(None, map(read_paper, contents)):
            number = paper.fields.get("nomor")
            if number not in moments:
                continue
            own = moments[number]
            others = {name for name in names.values() if name != names.get(own)}
            for said in _texts(paper.fields):
                order = str(marks.get(own)).removeprefix("perkara ")
                phones = {int(whole or masked) - 7000 for whole, masked in _PHONE.findall(said)}
                if said in others or {*_MARKED.findall(said), *(f"{phone:02}" for phone in phones)} - {order}:
                    yield f"{path}: it says what another visitor said, {said!r}"
                if "#REF!" in said:
                    yield f"{path}: it says what a broken formula says"


def _texts(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for part in said.values():
            yield from _texts(part)
    elif isinstance(said, list):
        for part in said:
            yield from _texts(part)


def _life(world: World) -> Iterator[str]:
    """One revision a document a day; the numbered one says what its draft said, and is the last."""
    archive = world.documents()
    issues: dict[tuple[Plain, Plain], list[_Row]] = defaultdict(list)
    for _, row in Sheet.of(world.grid(ARCHIVE)).rows:
        if row["Jenis"] != "folder":
            issues[row["Jenis"], row["Rujukan"]].append(row)
    for (kind, reference), rows in issues.items():
        rows.sort(key=lambda row: float(row["Revisi"] or 0))
        for draft, row in pairwise(rows):
            who = f"{kind} of {reference}, revision {row['Revisi']:.0f}"
            if draft["Tahap Naskah"] == "bernomor":
                yield f"{who}: it was closed before"
            elif row["Tahap Naskah"] == "bernomor":
                before, after = (_said(archive.get(str(item["Berkas"]), [])) for item in (draft, row))
                if before is not None and after is not None and before != after:
                    yield f"{who}: it does not say what its draft said"
            elif int(float(draft["Dijadwalkan"] or 0)) == int(float(row["Dijadwalkan"] or 0)):
                yield f"{who}: the second of one day"


def _said(contents: Sequence[bytes]) -> Mapping[str, object] | None:
    """Return what a document says but for its number; None for one that does not carry it, or is not there yet."""
    paper = read_paper(contents[0]) if contents else None
    if paper is None or not paper.fields:
        return None
    return {name: said for name, said in paper.fields.items() if name not in ("konsep", "nomor_naskah")}


def what_waits(world: World) -> list[str]:
    """Return what was to be issued by a later day's first run, and that run is over."""
    rows = [row for _, row in Sheet.of(world.grid(AGENDA)).rows]
    return [f"life: {row[NUMBER]}: {row['Temuan']!r} on the next day" for row in rows if _WAITS in str(row["Temuan"])]


def _is_mixed(row: _Row) -> bool:
    return "Isi baris tertukar" in str(row["Temuan"] or "")


def _is_due(entry: _Row, standing: list[_Row]) -> bool:
    """Whether a document still has to be made. One scheduled before its row was deleted, doubled or reopened waits."""
    rows = [row for row in standing if row[NUMBER] == entry["Rujukan"]]
    if entry["Jenis"] in ("tanda-registrasi", "telaahan", "disposisi"):
        wanted = (
            {status.value for status in Status} - {"batal"} if entry["Jenis"] == "tanda-registrasi" else {"selesai"}
        )
        return len(rows) == 1 and rows[0]["Status"] in wanted and not _is_mixed(rows[0])
    return True


def _links(world: World, now: datetime) -> Iterator[str]:
    """A row's link leads to the newest document of that row's number, and every registration has its receipt: but
    none of a moment that is still to come.
    """
    targets = world.targets(AGENDA)
    newest: dict[tuple[Plain, Plain], _Row] = {}
    for _, row in Sheet.of(world.grid(ARCHIVE)).rows:
        key = (row["Jenis"], row["Rujukan"])
        if row["Keadaan"] == "diarsipkan" and (
            key not in newest or float(row["Revisi"] or 0) > float(newest[key]["Revisi"] or 0)
        ):
            newest[key] = row
    sheet = Sheet.of(world.grid(AGENDA))
    register = [row for _, row in Sheet.of(world.grid(REGISTER)).rows]
    known = {row[NUMBER] for row in register}
    to_come = {row[NUMBER] for row in register if float(row["Waktu Respons"] or 0) > float(plain(now) or 0)}
    times = Counter(row[NUMBER] for _, row in sheet.rows)
    for place, row in sheet.rows:
        number = row[NUMBER]
        for header, kind in _LINKS.items():
            waits = _is_mixed(row)
            entry = newest.get((kind, number)) if number in known else None
            text = row[header]
            due = kind == "tanda-registrasi" and number in known and times[number] == 1 and row["Status"] != "batal"
            due |= row["Status"] == "selesai" and times[number] == 1 and number in known
            due &= number not in to_come
            if entry is None and (text or (due and not waits)):
                yield f"{number}: {header} shows {text!r}, and the archive has none"
            if entry is not None:
                revision = float(entry["Revisi"] or 0)
                cancelled = kind == "telaahan" and row["Status"] == "batal"
                if str(text).endswith(_CANCELLED) != cancelled:
                    yield f"{number}: {header} shows {text!r}, and its status is {row['Status']}"
                said = _LINK_TEXT.fullmatch(str(text or "").removesuffix(_CANCELLED))
                if said is None or (said["title"], float(said["revision"] or 1)) != (_LINKS_SAY[header], revision):
                    yield f"{number}: {header} shows {text!r} for revision {revision:.0f}"
                elif said["number"] != number:
                    yield f"{number}: {header} shows {text!r}"
                elif targets is not None:
                    link = targets.get((place, sheet.headers.index(header)), "")
                    paper = read_paper(world.resolve(link) or b"")
                    if paper is None or (paper.kind, float(paper.revision)) != (kind, revision):
                        yield f"{number}: {header} leads to {link!r}"
                    elif paper.id != entry["ID Dokumen"]:
                        yield f"{number}: {header} leads to another row's document"


def _outgoing(world: World) -> Iterator[str]:
    """The outgoing book has one row a document that goes out, and shows it."""
    rows = [row for _, row in Sheet.of(world.grid(OUTGOING)).rows]
    keys = Counter((row["Jenis"], row["Rujukan"]) for row in rows)
    yield from (f"{key} stands {count} times in the outgoing book" for key, count in keys.items() if count > 1)
    standing = [row for _, row in Sheet.of(world.grid(AGENDA)).rows]
    listed = [row for _, row in Sheet.of(world.grid(ARCHIVE)).rows if row["Jenis"] in ("telaahan", "rekap")]
    if missing := {row["Rujukan"] for row in listed} - {row["Rujukan"] for row in rows}:
        yield f"the outgoing book lacks {sorted(map(str, missing))}"
    filed = {row["Rujukan"] for row in listed if row["Keadaan"] == "diarsipkan" or _is_due(row, standing)}
    shown = {row["Rujukan"] for row in rows if row["Berkas"]}
    yield from (f"{reference} shows no document in the outgoing book" for reference in filed - shown)
    status = {row[NUMBER]: row["Status"] for row in standing}
    times = Counter(row[NUMBER] for row in standing)
    for row in rows:
        if row["Berkas"] and times[row["Rujukan"]] == 1:
            cancelled = status[row["Rujukan"]] == "batal"
            if str(row["Berkas"]).endswith(_CANCELLED) != cancelled:
                yield f"{row['Rujukan']} is {status[row['Rujukan']]}, and the outgoing book shows {row['Berkas']!r}"


def _litter(world: World) -> Iterator[str]:
    yield from world.litter()


def _job_columns(world: World, now: datetime) -> Iterator[str]:
    """Status by the marks alone; and all of it as the rules say of this very row, worked out from what stands there."""
    rules, clock = world.rules, world.clock
    tables = {}
    for tab in rules.tab_names.values():
        grid = world.grid(tab)
        width = len(grid[0])
        rows = tuple(Row(at, tuple((*row, *[None] * width)[:width])) for at, row in enumerate(grid[1:]))
        tables[tab] = Table(tab, tuple("" if cell is None else str(cell) for cell in grid[0]), rows)
    book = read_book(Snapshot(Revision("read"), tables), rules, clock.utc_offset)
    header = rules.columns.agenda.header
    places = {row.position for row in book.agenda}
    for judged in judge_with_documents(book, rules, clock, now)[0].rows:
        sentences = [finding_text(item, header(item.field) if item.field else "") for item in judged.findings]
        status = judged.status.value if judged.number else None
        who = judged.number or f"row {judged.position + 2}"
        if (judged.cells.status or None) != status:
            yield f"{who}: Status {judged.cells.status!r}, by its row {status!r}"
        if (judged.cells.findings or None) != (findings_text(sentences) or None):
            yield f"{who}: Temuan {judged.cells.findings!r}, by its row {findings_text(sentences)!r}"
    for place, row in Sheet.of(world.grid(AGENDA)).rows:
        if place - 1 not in places and any(row[name] for name in ("Status", "Temuan", *_LINKS)):
            yield f"row {place + 1}: derived cells in a row that holds nothing"
        if row[NUMBER] and row["Status"] not in _by_marks(row):
            yield f"{row[NUMBER]}: Status {row['Status']!r} does not go with its marks"


def _by_marks(row: _Row) -> set[str]:
    if str(row["Keterangan"] or "").strip().upper().startswith("BATAL"):
        return {Status.CANCELLED.value}
    if _is_filled(row["Selesai Dokumentasi"]):
        return {"selesai", "belum-lengkap"}
    for mark, status in (
        ("Mulai Dokumentasi", "dokumentasi"),
        ("Selesai Konsultasi", "menunggu-dokumentasi"),
        ("Mulai Konsultasi", "konsultasi"),
    ):
        if _is_filled(row[mark]):
            return {status}
    return {"terdaftar"}


def _is_filled(cell: Plain) -> bool:
    """White space fills nothing."""
    return cell is not None and not (isinstance(cell, str) and cell.isspace())

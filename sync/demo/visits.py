"""A month and a half of invented visits up to a given moment: what the form recorded, and what officers typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from sync.demo.people import CASES, COOPERATIVES, FIRST_NAMES, LAST_NAMES, OFFICERS, Case
from sync.domain.rules import Rules
from sync.domain.table import NewCell
from sync.domain.tabs import ResponseCells

DAYS = 45
_SEED = 20231622
_ROLES_FOR_COOPERATIVES = ("Pengurus koperasi", "Pengawas koperasi", "Anggota koperasi")


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: the response, and the cells that officers fill in later, by agenda field."""

    moment: datetime
    response: ResponseCells
    typed: Mapping[str, NewCell]


def invent_visits(rules: Rules, now: datetime) -> list[Visit]:
    """Return the same visits for the same day of ``now``, in response order; about three a working day."""
    chance = Random(_SEED)  # noqa: S311  # a sample, the same each time
    visits: list[Visit] = []
    day = now.date() - timedelta(days=DAYS)
    while day <= now.date():
        hours = rules.calendar.hours(day)
        moments = sorted(
            datetime.combine(day, time(chance.choice((8, 8, 9, 9, 10, 13)), chance.randrange(60), chance.randrange(60)))
            for _ in range(chance.choice((2, 3, 3, 4)))
        )
        for moment in moments if hours else ():
            if moment + timedelta(minutes=5) < now:
                visits += _visit(chance, rules, moment, now)
        day += timedelta(days=1)
    return visits


def _visit(chance: Random, rules: Rules, moment: datetime, now: datetime) -> list[Visit]:
    case = chance.choice(CASES)
    response = _response(chance, rules, moment, case)
    visits = [Visit(moment, response, _typed(chance, moment, case, now))]
    if chance.random() < 0.03:
        # The visitor pressed "Kirim" twice.
        visits.append(
            Visit(
                moment,
                response._replace(timestamp=moment + timedelta(seconds=40)),
                {"remarks": "BATAL terkirim dua kali"},
            )
        )
    return visits


def _response(chance: Random, rules: Rules, moment: datetime, case: Case) -> ResponseCells:
    of_cooperative = chance.random() < 0.75
    digits = f"8{chance.choice((12, 13, 52, 57, 95))}{chance.randrange(10_000_000, 99_999_999)}"
    phone = chance.choices(
        (f"0{digits}", f"+62 {digits[:3]}-{digits[3:7]}-{digits[7:]}", int(digits), "08123456"), (70, 15, 12, 3)
    )[0]
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
    others = [role for role in rules.choices["acting_as"] if role not in _ROLES_FOR_COOPERATIVES]
    return ResponseCells(
        timestamp=moment,
        arrived=(moment - timedelta(minutes=chance.choice((1, 2, 3, 4, 4, 7, 12)))).time().replace(second=0),
        name=name,
        acting_as=chance.choice(_ROLES_FOR_COOPERATIVES) if of_cooperative else chance.choice(others),
        cooperative=chance.choice(COOPERATIVES) if of_cooperative else None,
        cooperative_kind=chance.choice(rules.choices["cooperative_kind"][:5])
        if of_cooperative
        else "Belum berbadan hukum",
        regency=chance.choice(rules.choices["regency"]),
        phone=phone,
        email=f"{name.split()[0].lower().replace(chr(39), '')}@contoh.id" if chance.random() < 0.5 else None,
        service=case.service,
        topic=case.topic,
        summary=case.summary,
        channel=chance.choices(rules.choices["channel"][:2], (70, 30))[0],
        consent=rules.consent,
    )


def _typed(chance: Random, moment: datetime, case: Case, now: datetime) -> dict[str, NewCell]:
    """Return what officers typed by ``now``: most visits go well, some run over, some are left or mistyped."""
    if chance.random() < 0.03:
        return {"remarks": "BATAL pemohon pulang"}
    start = moment + timedelta(minutes=chance.randrange(3, 30))
    end = start + timedelta(minutes=chance.choices((chance.randrange(20, 150), chance.randrange(400, 700)), (92, 8))[0])
    begin_writing = end + timedelta(minutes=chance.randrange(5, 60))
    written = begin_writing + timedelta(
        minutes=chance.choices((chance.randrange(10, 44), chance.randrange(50, 120)), (88, 12))[0]
    )
    typed: dict[str, NewCell] = {"directed": _moment(chance, moment + timedelta(minutes=1), moment)}
    if start < now:
        typed |= {
            "officer": chance.choices([officer[0] for officer in OFFICERS[:3]], (5, 4, 1))[0],
            "room": chance.choice(("Ruang Konsultasi 1", "Ruang Konsultasi 2")),
            "consultation_start": _moment(chance, start, moment),
        }
    if end < now:
        typed["consultation_end"] = _moment(chance, end, moment)
    if begin_writing < now:
        typed["documentation_start"] = _moment(chance, begin_writing, moment)
    if written < now and chance.random() < 0.95:
        typed |= _study(chance, case, moment, written)
    return typed


def _study(chance: Random, case: Case, moment: datetime, written: datetime) -> dict[str, NewCell]:
    study: dict[str, NewCell] = {
        "documentation_end": _moment(chance, written, moment),
        "disposition": "Tindaklanjuti; laporkan hasilnya",
        "materials": "Permenkop 8/2023; daftar periksa persyaratan",
        "problem": case.problem,
        "presumption": case.presumption or None,
        "facts": case.facts,
        "analysis": case.analysis,
        "conclusion": case.conclusion,
        "advice": case.advice,
        "follow_up": chance.choices(("Selesai", "Perlu berkas", "Diteruskan ke kabupaten/kota"), (6, 3, 1))[0],
        "overrun_reason": chance.choice(
            ("Berkas harus dilengkapi pemohon", "Narasumber mendampingi rapat pimpinan", None)
        ),
    }
    forgotten = chance.random()
    if forgotten < 0.05:
        study["disposition"] = None
    elif forgotten < 0.08:
        study["advice"] = None
    elif forgotten < 0.10:
        study["documentation_end"] = "jam sepuluh"
    return study


def _moment(chance: Random, moment: datetime, registered: datetime) -> NewCell:
    """Return the moment as one of the ways officers type it."""
    moment = moment.replace(second=0, microsecond=0)
    same_day = moment.date() == registered.date()
    written = chance.randrange(4 if same_day else 2)
    return (
        moment,
        moment.strftime("%d/%m/%Y %H.%M"),
        moment.time(),
        moment.strftime("%H.%M WIB"),
    )[written]

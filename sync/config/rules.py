"""The schema's values in the domain's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from sync.config.scalars import DAYS
from sync.config.schema import ConfigFile, DaySection, OfficeSection, SopSection, StepSection, VersionT
from sync.domain.columns import COLUMNS, LISTED_FIELDS
from sync.domain.rules import (
    ArchiveRules,
    Classification,
    IssueRules,
    Office,
    Rules,
    Signatory,
    TabColumns,
)
from sync.domain.sop import STEP_TIMES, Sop, Step, StepName
from sync.domain.table import Cell, header_key
from sync.domain.tabs import (
    AgendaCells,
    ArchiveCells,
    Columns,
    OfficerCells,
    OutgoingCells,
    RecapCells,
    RegisterCells,
    ResponseCells,
    Tab,
)
from sync.domain.worktime import DayHours, Ramadan, WorkCalendar

CellsT = TypeVar("CellsT", bound=tuple[Cell, ...])
_AGENDA_FIELDS = {spec.header: spec.field for spec in COLUMNS[Tab.AGENDA]}
_LISTED_HEADERS = {spec.header: spec.field for spec in COLUMNS[Tab.AGENDA] if spec.field in LISTED_FIELDS}


def column_faults(file: ConfigFile) -> list[tuple[tuple[str | int, ...], str]]:
    """Return what the schema cannot see: names of tabs and columns that do not exist or clash."""
    faults: list[tuple[tuple[str | int, ...], str]] = []
    overrides = file.kolom.model_dump(by_alias=True)
    for tab in Tab:
        if tab is Tab.LISTS:
            continue
        known = {spec.header for spec in COLUMNS[tab]}
        faults += [
            (("kolom", tab.value, header), f"no such column; expected one of {', '.join(sorted(known))}")
            for header in overrides[tab.value]
            if header not in known
        ]
        names = [header_key(name) for name in _headers(file, tab).values()]
        if len(set(names)) != len(names):
            faults.append((("kolom", tab.value), "expected a different header for each column"))
    tab_names = [header_key(name) for name in _tab_names(file).values()]
    if len(set(tab_names)) != len(tab_names):
        faults.append((("tab",), "expected a different name for each tab"))
    faults += [
        (("formulir", "pilihan", header), f"no list belongs to it; expected one of {', '.join(_LISTED_HEADERS)}")
        for header in file.formulir.pilihan
        if header not in _LISTED_HEADERS
    ]
    for index, version in enumerate(file.sop):
        for name, step in version.kegiatan:
            faults += [
                (("sop", index, "kegiatan", name, "kolom_wajib"), f"{header!r} is no column of Agenda")
                for header in step.kolom_wajib
                if header not in _AGENDA_FIELDS
            ]
    faults += [
        (("arsip", "kode_dokumen"), f"this key is missing: {kind}")
        for kind in _kinds_issued(file)
        if kind not in file.arsip.kode_dokumen
    ]
    return faults


def build_rules(file: ConfigFile) -> Rules:
    """Return the rules; ``file`` has no faults."""
    hours = file.jam_kerja
    return Rules(
        offices=_offices(file.kantor),
        sops=tuple(_sop(version) for version in file.sop),
        calendar=WorkCalendar(
            normal=_week(hours.biasa),
            ramadan=_week(hours.ramadan),
            ramadan_periods=tuple(Ramadan(period.mulai, period.selesai) for period in hours.tanggal_ramadan),
            added_holidays=frozenset(hours.libur.tambahan),
            removed_holidays=frozenset(hours.libur.dihapus),
        ),
        wall_clock=file.hitung == "jam-dinding",
        number_prefix=file.nomor.awalan,
        number_digits=file.nomor.angka,
        tab_names=_tab_names(file),
        columns=TabColumns(
            responses=_columns(file, Tab.RESPONSES, ResponseCells._make),
            agenda=_columns(file, Tab.AGENDA, AgendaCells._make),
            outgoing=_columns(file, Tab.OUTGOING, OutgoingCells._make),
            register=_columns(file, Tab.REGISTER, RegisterCells._make),
            archive=_columns(file, Tab.ARCHIVE, ArchiveCells._make),
            recap=_columns(file, Tab.RECAP, RecapCells._make),
            officers=_columns(file, Tab.OFFICERS, OfficerCells._make),
        ),
        choices={_LISTED_HEADERS[header]: tuple(items) for header, items in file.formulir.pilihan.items()},
        consent=file.formulir.persetujuan,
        duplicate_minutes=file.formulir.menit_ganda,
        archive=ArchiveRules(
            code_of_kind={str(kind): code for kind, code in file.arsip.kode_dokumen.items()},
            classifications={
                item.kode: Classification(item.kode, item.nama, item.aktif, item.inaktif, item.nasib_akhir)
                for item in file.arsip.klasifikasi
            },
        ),
        issue=IssueRules(
            at_registration=tuple(file.dokumen.saat_registrasi),
            when_finished=tuple(file.dokumen.saat_selesai),
            at_period_end=tuple(file.dokumen.saat_periode_berakhir),
            periods=tuple(file.dokumen.periode),
            template_reissue_limit=file.dokumen.terbitkan_ulang_paling_banyak,
        ),
        agenda_phones_masked=file.dokumen.telepon_di_buku_agenda == "disamarkan",
        zone_name=file.zona_waktu,
        zone_label=file.sebutan_zona,
    )


def _offices(versions: Sequence[OfficeSection]) -> tuple[Office, ...]:
    """Return a version for each day on which letterhead or signatory change, the oldest first."""
    days = {section.berlaku_sejak or date.min for section in versions}
    days |= {signatory.berlaku_sejak or date.min for section in versions for signatory in section.penanda_tangan}
    return tuple(_office(_in_force(versions, day), day) for day in sorted(days))


def _in_force(versions: Sequence[VersionT], day: date) -> VersionT:
    begun = [version for version in versions if (version.berlaku_sejak or date.min) <= day]
    return begun[-1] if begun else versions[0]


def _office(section: OfficeSection, day: date) -> Office:
    signatory = _in_force(section.penanda_tangan, day)
    return Office(
        effective_from=day,
        government=section.pemerintah,
        agency=section.dinas,
        division=section.bidang,
        address=section.alamat,
        telephone=section.telepon,
        website=section.laman,
        email=section.pos_el,
        city=section.kota,
        addressee=section.kepada,
        sender=section.dari,
        unit_code=section.kode_unit,
        privacy_contact=section.kontak_data_pribadi,
        signatory=Signatory(
            title=signatory.jabatan,
            name=signatory.nama,
            rank=signatory.pangkat,
            employee_number=signatory.nip,
        ),
    )


def _week(days: Iterable[DaySection]) -> Mapping[int, DayHours]:
    return {
        DAYS.index(day): DayHours(entry.buka, entry.tutup, entry.istirahat[0], entry.istirahat[1])
        for entry in days
        for day in entry.hari
    }


def _sop(version: SopSection) -> Sop:
    steps = version.kegiatan
    return Sop(
        number=version.nomor,
        name=version.nama,
        effective_from=version.berlaku_sejak,
        created=version.tanggal_pembuatan,
        revised=version.tanggal_revisi,
        approved_by=version.disahkan_oleh,
        legal_basis=tuple(version.dasar_hukum),
        qualifications=tuple(version.kualifikasi_pelaksana),
        related=tuple(version.keterkaitan),
        equipment=tuple(version.peralatan),
        warning=version.peringatan,
        recording=version.pencatatan,
        steps=(
            _step(StepName.REGISTRATION, 1, steps.registrasi),
            _step(StepName.CONSULTATION, 2, steps.konsultasi),
            _step(StepName.DOCUMENTATION, 3, steps.dokumentasi),
        ),
    )


def _step(name: StepName, order: int, step: StepSection) -> Step:
    start_field, end_field = STEP_TIMES[name.value]
    return Step(
        name=name,
        order=order,
        start_field=start_field,
        end_field=end_field,
        activity=step.kegiatan,
        short=step.sebutan,
        actors=tuple(step.peran),
        actor_title=step.pelaksana,
        requirements=tuple(_AGENDA_FIELDS[header] for header in step.kolom_wajib),
        requirement_text=step.kelengkapan,
        minutes=step.waktu,
        standard_text=f"{step.waktu // 60} jam" if step.waktu % 60 == 0 else f"{step.waktu} menit",
        output=step.output,
    )


def _tab_names(file: ConfigFile) -> dict[Tab, str]:
    names = file.tab.model_dump(by_alias=True)
    found = {tab: names[tab.value] for tab in Tab}
    if file.workspace.backend == "google":
        found[Tab.RESPONSES] = file.workspace.google.responses_tab
    return found


def _headers(file: ConfigFile, tab: Tab) -> dict[str, str]:
    overrides = file.kolom.model_dump(by_alias=True)[tab.value]
    return {spec.field: overrides.get(spec.header, spec.header) for spec in COLUMNS[tab]}


def _columns(file: ConfigFile, tab: Tab, make: Callable[[Iterable[Cell]], CellsT]) -> Columns[CellsT]:
    later = frozenset(spec.field for spec in COLUMNS[tab] if spec.later)
    return Columns(_tab_names(file)[tab], _headers(file, tab), make, later)


def _kinds_issued(file: ConfigFile) -> tuple[str, ...]:
    issued = file.dokumen
    return (*issued.saat_registrasi, *issued.saat_selesai, *issued.saat_periode_berakhir)

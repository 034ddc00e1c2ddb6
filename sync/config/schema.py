"""The shape of config.yaml: its keys (in the office's words), what each may hold, what is left out may default to."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from sync.config.scalars import (
    ClockTime,
    DocumentKindName,
    Filled,
    Headers,
    Minutes,
    OptionalDate,
    OptionalYears,
    Pause,
    Section,
    Text,
    known_zone,
)
from sync.config.schema_workspace import WorkspaceSection


class VersionSection(Section):
    """One of several versions; only the first may leave out since when it is in force."""

    berlaku_sejak: OptionalDate = None


VersionT = TypeVar("VersionT", bound=VersionSection)


def _one_version(value: object) -> object:
    return [value] if isinstance(value, dict) else value


def _in_their_order(versions: list[VersionT]) -> list[VersionT]:
    days = [version.berlaku_sejak or date.min for version in versions]
    if days != sorted(set(days)):
        raise ValueError("expected the versions in the order of berlaku_sejak, each day once")
    return versions


Versions = Annotated[
    list[VersionT], BeforeValidator(_one_version), Field(min_length=1), AfterValidator(_in_their_order)
]
"""One mapping, or a list of them in the order of ``berlaku_sejak``."""


class SignatorySection(VersionSection):
    jabatan: Text = ""
    nama: Text = ""
    pangkat: Text = ""
    nip: Text = ""


class OfficeSection(VersionSection):
    pemerintah: Filled
    dinas: Filled
    bidang: Filled
    alamat: Filled
    telepon: Text = ""
    laman: Text = ""
    pos_el: Text = ""
    kota: Filled
    kepada: Filled
    dari: Filled
    kode_unit: Text = ""
    kontak_data_pribadi: Text = ""
    penanda_tangan: Versions[SignatorySection] = [SignatorySection()]


class DaySection(Section):
    hari: Annotated[list[Literal["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"]], Field(min_length=1)]
    buka: ClockTime
    tutup: ClockTime
    istirahat: Pause

    @model_validator(mode="after")
    def _in_order(self) -> DaySection:
        if not self.buka <= self.istirahat[0] <= self.istirahat[1] <= self.tutup:
            raise ValueError("expected buka, istirahat and tutup in this order within one day")
        return self


class RamadanSection(Section):
    mulai: date
    selesai: date

    @model_validator(mode="after")
    def _in_order(self) -> RamadanSection:
        if not 0 < (self.selesai - self.mulai).days < 31:
            raise ValueError("expected mulai and selesai of one fasting month")
        return self


class HolidaySection(Section):
    tambahan: list[date] = []
    dihapus: list[date] = []


class WorkHoursSection(Section):
    biasa: Annotated[list[DaySection], Field(min_length=1)]
    ramadan: Annotated[list[DaySection], Field(min_length=1)]
    tanggal_ramadan: list[RamadanSection]
    libur: HolidaySection = HolidaySection()

    @model_validator(mode="after")
    def _one_entry_a_day(self) -> WorkHoursSection:
        for name, entries in (("biasa", self.biasa), ("ramadan", self.ramadan)):
            days = [day for entry in entries for day in entry.hari]
            if len(days) != len(set(days)):
                raise ValueError(f"expected each day at most once in {name}")
        return self


class StepSection(Section):
    kegiatan: Filled
    sebutan: Filled
    pelaksana: Filled
    peran: Annotated[list[Filled], Field(min_length=1)]
    kelengkapan: Text
    kolom_wajib: list[Filled] = []
    waktu: Minutes
    output: Text = ""


class StepsSection(Section):
    registrasi: StepSection
    konsultasi: StepSection
    dokumentasi: StepSection


class SopSection(Section):
    berlaku_sejak: date
    nomor: Filled
    nama: Filled
    tanggal_pembuatan: date
    tanggal_revisi: OptionalDate = None
    disahkan_oleh: Text = ""
    dasar_hukum: Annotated[list[Filled], Field(min_length=1)]
    kualifikasi_pelaksana: list[Filled] = []
    keterkaitan: list[Filled] = []
    peralatan: list[Filled] = []
    peringatan: Text = ""
    pencatatan: Text = ""
    kegiatan: StepsSection


class NumberSection(Section):
    awalan: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9-]{0,15}$")]
    angka: Annotated[int, Field(ge=1, le=9)] = 4


class FormSection(Section):
    persetujuan: Filled
    menit_ganda: Annotated[int, Field(ge=0, le=1440)] = 10
    pilihan: dict[str, Annotated[list[Filled], Field(min_length=1)]]


class TabSection(Section):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)

    Respons: Filled = "Respons"
    Agenda: Filled = "Agenda"
    Agenda_Keluar: Filled = Field("Agenda Keluar", alias="Agenda Keluar")
    Register: Filled = "Register"
    Arsip: Filled = "Arsip"
    Rekap: Filled = "Rekap"
    Petugas: Filled = "Petugas"
    Referensi: Filled = "Referensi"


class ColumnSection(Section):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)

    Respons: Headers = {}
    Agenda: Headers = {}
    Agenda_Keluar: Headers = Field({}, alias="Agenda Keluar")
    Register: Headers = {}
    Arsip: Headers = {}
    Rekap: Headers = {}
    Petugas: Headers = {}


class ClassificationSection(Section):
    kode: Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    nama: Filled
    aktif: OptionalYears = None
    inaktif: OptionalYears = None
    nasib_akhir: Text = "belum ditetapkan"


class ArchiveSection(Section):
    klasifikasi: Annotated[list[ClassificationSection], Field(min_length=1)]
    kode_dokumen: dict[DocumentKindName, Filled]

    @model_validator(mode="after")
    def _codes_known(self) -> ArchiveSection:
        known = {item.kode for item in self.klasifikasi}
        for kind, code in self.kode_dokumen.items():
            if code not in known:
                raise ValueError(f"expected the code of {kind} among klasifikasi, found {code}")
        return self


class PaperSection(Section):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True)

    tanda_registrasi: Literal["a5", "80mm"] = Field("a5", alias="tanda-registrasi")
    telaahan: Literal["a4", "f4"] = "a4"


class DocumentSection(Section):
    templat: Filled = "templates"
    kertas: PaperSection = Field(default_factory=lambda: PaperSection.model_validate({}))
    saat_registrasi: list[Literal["tanda-registrasi"]] = ["tanda-registrasi"]
    saat_selesai: list[Literal["telaahan", "disposisi"]] = ["telaahan", "disposisi"]
    saat_periode_berakhir: list[Literal["rekap", "agenda-masuk", "agenda-keluar", "daftar-isi-berkas"]] = ["rekap"]
    periode: list[Literal["bulan", "triwulan", "semester", "tahun"]] = ["bulan", "triwulan", "semester", "tahun"]
    telepon_di_buku_agenda: Literal["disamarkan", "lengkap"] = "disamarkan"
    terbitkan_ulang_paling_banyak: Annotated[int, Field(ge=0)] = 25


class ConfigFile(Section):
    """The whole file."""

    kantor: Versions[OfficeSection]
    zona_waktu: Annotated[str, AfterValidator(known_zone)] = "Asia/Pontianak"
    sebutan_zona: Filled = "WIB"
    hitung: Literal["jam-kerja", "jam-dinding"] = "jam-kerja"
    jam_kerja: WorkHoursSection
    sop: Annotated[list[SopSection], Field(min_length=1)]
    nomor: NumberSection
    formulir: FormSection
    tab: TabSection = Field(default_factory=lambda: TabSection.model_validate({}))
    kolom: ColumnSection = Field(default_factory=lambda: ColumnSection.model_validate({}))
    arsip: ArchiveSection
    dokumen: DocumentSection = DocumentSection()
    workspace: WorkspaceSection = WorkspaceSection()

    @model_validator(mode="after")
    def _versions_in_order(self) -> ConfigFile:
        days = [version.berlaku_sejak for version in self.sop]
        if days != sorted(set(days)):
            raise ValueError("expected the versions of sop in the order of berlaku_sejak, each day once")
        return self

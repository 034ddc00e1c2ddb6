"""The workbook of the contract suite: the design's own tabs and headers."""

from __future__ import annotations

from sync.domain.columns import COLUMNS, LISTED_FIELDS, LOCKED, ColumnSpec, Kind
from sync.domain.layout import ROLES, STATUS_COLOURS, BookLayout, ColumnLayout, ListSource, TabLayout
from sync.domain.tabs import Tab

_ORDER = (Tab.AGENDA, Tab.RESPONSES, Tab.RECAP, Tab.OFFICERS, Tab.LISTS, Tab.REGISTER, Tab.ARCHIVE)
_KEYS = {Tab.AGENDA: "No. Registrasi", Tab.REGISTER: "No. Registrasi", Tab.ARCHIVE: "ID Dokumen"}
_TOPICS = ("Pendirian koperasi", "Perubahan anggaran dasar", "Izin simpan pinjam")


def a_layout() -> BookLayout:
    return BookLayout(
        tabs=tuple(_lists() if tab is Tab.LISTS else _tab(tab) for tab in _ORDER),
        status_tab="Agenda",
        status_header="Status",
        status_colours=STATUS_COLOURS,
    )


def _tab(tab: Tab) -> TabLayout:
    columns = tuple(
        ColumnLayout(spec.header, spec.kind, spec.width, spec.job, _choices(tab, spec)) for spec in COLUMNS[tab]
    )
    return TabLayout(tab.value, columns, tab in LOCKED, _KEYS.get(tab))


def _choices(tab: Tab, spec: ColumnSpec) -> ListSource | tuple[str, ...] | None:
    if tab is Tab.OFFICERS:
        return {"role": ROLES, "active": ("Ya", "Tidak")}.get(spec.field)
    if tab is Tab.AGENDA and spec.field == "officer":
        return ListSource("Petugas", "Nama")
    return ListSource("Referensi", spec.header) if tab is Tab.AGENDA and spec.field in LISTED_FIELDS else None


def _lists() -> TabLayout:
    headers = [spec.header for spec in COLUMNS[Tab.AGENDA] if spec.field in LISTED_FIELDS]
    entries = {"Topik Konsultasi": _TOPICS, "Bidang Layanan": ("Perizinan", "Kelembagaan")}
    return TabLayout(
        "Referensi",
        tuple(ColumnLayout(header, Kind.TEXT, 24, job=False) for header in headers),
        locked=False,
        key_header=None,
        rows=tuple(
            tuple(entries.get(header, ())[row] if row < len(entries.get(header, ())) else "" for header in headers)
            for row in range(3)
        ),
    )

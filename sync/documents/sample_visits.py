"""The invented visits: a few that show every case, one with hardly a word, one that goes on and on, one hostile."""

from __future__ import annotations

from datetime import datetime, timedelta

from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells

OFFICERS = (
    ("Rina Marlina", "198504122010012003", "Jafung"),
    ("Andi Saputra", "199003172015031002", "Staf"),
)
_FIRST = datetime(2026, 11, 2, 8, 26)

_FULL: dict[str, Cell] = {
    "arrived": "08.24",
    "name": "Petrus Santoso, S.E.",
    "acting_as": "Pengurus koperasi",
    "cooperative": "Koperasi Produsen Tani Makmur & Rekan",
    "cooperative_kind": "Produsen",
    "regency": "Sintang",
    "phone": "081234567890",
    "email": "petrus@contoh.id",
    "service": "Kelembagaan",
    "topic": "Perubahan anggaran dasar",
    "summary": "Pengurus ingin mengubah tempat kedudukan dan menambah bidang usaha simpan pinjam.",
    "channel": "Front office",
    "consent": "Ya, saya setuju",
    "directed": "08.29",
    "officer": "Rina Marlina; Andi Saputra",
    "room": "Ruang Konsultasi 1",
    "consultation_start": "08.40",
    "consultation_end": "11.55",
    "disposition": "Disposisi Kepala Bidang tanggal 2 November 2026: tindaklanjuti dan laporkan hasilnya.",
    "materials": "Anggaran dasar koperasi\nBerita acara rapat anggota\nDaftar periksa perubahan anggaran dasar",
    "documentation_start": "13.05",
    "documentation_end": "13.40",
    "problem": "Koperasi bermaksud memindahkan kedudukan dari Kecamatan Sintang ke Kecamatan Kelam Permai dan membuka "
    "unit simpan pinjam, tetapi rapat anggota yang menyetujuinya belum dituangkan dalam akta.",
    "presumption": "Keputusan rapat anggota sah karena kuorum terpenuhi menurut daftar hadir.",
    "facts": "1. Rapat anggota tanggal 14 Oktober 2026 dihadiri 61 dari 84 anggota.\n"
    "2. Belum ada akta perubahan yang dibuat notaris pembuat akta koperasi.\n"
    "3. Koperasi sudah melaksanakan RAT tahun buku 2025.",
    "analysis": "Perubahan tempat kedudukan dan bidang usaha memerlukan pengesahan, sehingga keputusan rapat anggota "
    "saja belum cukup. Unit simpan pinjam memerlukan izin tersendiri setelah perubahan anggaran dasar disahkan.",
    "conclusion": "Permohonan dapat diproses setelah akta perubahan dibuat dan diajukan melalui sistem administrasi "
    "badan hukum.",
    "advice": "Pengurus menghubungi notaris, melengkapi berita acara, lalu mengajukan pengesahan; bidang mendampingi "
    "sampai terbit.",
    "follow_up": "Perlu berkas",
    "overrun_reason": "Dokumen dibawa bertahap sehingga pemeriksaan diulang.",
    "remarks": None,
}

_SHORT: dict[str, Cell] = {"name": "Ani", "phone": "0561732690", "topic": "Lainnya", "consent": "Ya, saya setuju"}

_SENTENCE = (
    "Koperasi telah menyampaikan seluruh dokumen, namun beberapa di antaranya belum ditandatangani oleh pengurus yang "
    "sah sehingga perlu dilengkapi sebelum diproses lebih lanjut. "
)
_HOSTILE_TEXT = (
    'Budi <b>O\'Hara</b> & Rekan "CV" {{ 7*7 }} {% raw %} {_{ x }_} \\ %} }} {# \a\f\x00\ud800 satu\ttab\r\nbaris kedua'
    " 日本語 \u202ekanan-ke-kiri\u202c 😀 é́ﷺ =SUM(1;2) ]]> <!-- --> &amp; " + "Panjangsekalitanpaspasi" * 6
)


def visits(variety: str) -> tuple[AgendaCells, ...]:
    """Return the rows of a sample book; the first is the one that single documents are about."""
    if variety == "ringkas":
        return (_visit(0, _SHORT),)
    if variety == "panjang":
        return (_visit(0, _long()), *(_visit(order, _varied(order)) for order in range(1, 60)))
    if variety == "aneh":
        return tuple(_visit(order, _hostile()) for order in range(3))
    return (
        _visit(0, _FULL),
        _visit(
            1,
            {
                **_FULL,
                "name": "Dayang Alkadrie",
                "follow_up": "Selesai",
                "consultation_end": "09.30",
                "overrun_reason": None,
            },
        ),
        _visit(2, {**_FULL, "documentation_end": None, "documentation_start": None, "overrun_reason": None}),
        _visit(3, {**_FULL, "consultation_end": "jam sepuluh", "materials": None}),
        _visit(4, {**_FULL, "remarks": "BATAL, pemohon mengundurkan diri"}),
        _visit(5, _SHORT),
        _visit(
            6, {**_FULL, "topic": "NIB dan OSS", "service": "Perizinan", "regency": "Kota Pontianak", "advice": None}
        ),
    )


def _visit(order: int, cells: dict[str, Cell]) -> AgendaCells:
    values: dict[str, Cell] = dict.fromkeys(AgendaCells._fields)
    values |= cells
    values["number"] = f"KONS-2026-{order + 1:04d}"
    values["registered_at"] = _FIRST + timedelta(days=order % 26, minutes=7 * (order // 26))
    return AgendaCells(**values)


def _varied(order: int) -> dict[str, Cell]:
    topics = ("Pendirian koperasi", "NIB dan OSS", "RAT dan pelaporan", "Pengaduan")
    regencies = ("Sambas", "Kapuas Hulu", "Kota Singkawang", "Kubu Raya", "Ketapang")
    return {
        **_FULL,
        "topic": topics[order % 4],
        "regency": regencies[order % 5],
        "overrun_reason": _SENTENCE * (order % 3),
    }


def _long() -> dict[str, Cell]:
    parts = ("summary", "problem", "presumption", "facts", "conclusion", "advice", "disposition", "overrun_reason")
    long: dict[str, Cell] = {**_FULL, **dict.fromkeys(parts, (_SENTENCE * 6 + "\n") * 3)}
    long["analysis"] = (_SENTENCE * 8 + "\n\n") * 14
    long["materials"] = "\n".join(f"Bahan ke-{number}: {_SENTENCE}" for number in range(1, 13))
    long["name"] = "Raden Mas Haji Muhammad Abdurrahman Wahid Kusumadiningrat, S.E., M.M., Ak., CA., CPA."
    long["cooperative"] = (
        "Koperasi Konsumen Pegawai Negeri Sipil dan Pensiunan Pemerintah Kabupaten Kapuas Hulu Sejahtera Bersama"
    )
    return long


def _hostile() -> dict[str, Cell]:
    times = {
        key: value for key, value in _FULL.items() if key.endswith(("_start", "_end")) or key in ("arrived", "directed")
    }
    return {**dict.fromkeys(_FULL, _HOSTILE_TEXT), **times, "remarks": None}

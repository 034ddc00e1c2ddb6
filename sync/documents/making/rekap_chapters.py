"""The chapters of the recap's report: pendahuluan, kegiatan, hasil, simpulan dan saran, penutup."""

from __future__ import annotations

from docx.document import Document as DocumentObject

from sync.documents.making.rekap_parts import (
    BOUND_NOTE,
    DENSE,
    MIDDLE,
    NUMBER,
    TEXT,
    chart,
    closing,
    counts,
    numbered,
    page_starts,
    sentences,
    table,
    tag,
)
from sync.documents.making.style import A4, paragraph


def introduction(document: DocumentObject) -> None:
    """A."""
    page_starts(paragraph(document, "PENDAHULUAN", "Heading 1"))
    paragraph(document, "Umum", "Heading 2")
    paragraph(
        document,
        "Bidang Perijinan dan Kelembagaan melayani konsultasi masyarakat dan koperasi menurut SOP: registrasi di Front "
        "Office, pelayanan konsultasi, lalu dokumentasi sebagai bahan laporan kepada pimpinan dan arsip. Laporan ini "
        "merekap seluruh konsultasi yang diregistrasi pada {{ periode }}.",
    )
    paragraph(document, "Maksud dan Tujuan", "Heading 2")
    paragraph(
        document,
        "Laporan ini dimaksudkan untuk memberi pimpinan gambaran pelayanan konsultasi, dengan tujuan menilai ketepatan "
        "waktunya terhadap standar SOP, mengenali kebutuhan pemohon, dan menindaklanjuti yang belum tuntas.",
    )
    paragraph(document, "Ruang Lingkup", "Heading 2")
    paragraph(
        document,
        "Laporan mencakup registrasi tanggal {{ rentang }}, menurut isi buku agenda pada {{ terbit.hari_tanggal }}, "
        "{{ terbit.pukul }}. Lama kegiatan dihitung dalam {{ hitungan }}. Registrasi yang dibatalkan dihitung "
        "terpisah; catatan yang belum lengkap atau tidak dapat dinilai tetap dihitung dan didaftar.",
    )
    sentences(document, "butir in catatan")
    paragraph(document, "Dasar", "Heading 2")
    numbered(document, "butir in dasar")


def activities(document: DocumentObject) -> None:
    """B."""
    paragraph(document, "KEGIATAN YANG DILAKSANAKAN", "Heading 1")
    paragraph(document, "Jumlah Konsultasi", "Heading 2")
    table(
        document,
        "Dibandingkan dengan masa sebelumnya",
        "p in perbandingan",
        [
            ("Masa", 60, "{{ p.periode }}", TEXT),
            ("Konsultasi", 35, "{{ p.jumlah }}", NUMBER),
            ("Perubahan ke masa laporan", 65, "{{ p.perubahan }}", TEXT),
        ],
    )
    tag(document, "if grafik")
    chart(document, "grafik_waktu", "{{ grafik.waktu.judul }}")
    tag(document, "endif")
    counts(document, "Menurut waktu registrasi", "Masa", "w in per_waktu")
    counts(document, "Menurut status (termasuk yang batal)", "Status", "s in per_status")
    paragraph(document, "Topik dan Bidang Layanan", "Heading 2")
    tag(document, "if grafik")
    chart(document, "grafik_topik", "{{ grafik.topik.judul }}")
    tag(document, "endif")
    counts(document, "Menurut topik konsultasi", "Topik", "t in per_topik", whole=False)
    counts(document, "Menurut bidang layanan", "Bidang layanan", "b in per_bidang")
    paragraph(document, "Pemohon", "Heading 2")
    paragraph(document, "{{ kalimat_pemohon }}")
    tag(document, "if grafik")
    chart(document, "grafik_kabupaten", "{{ grafik.kabupaten.judul }}")
    tag(document, "endif")
    counts(document, "Menurut kabupaten/kota", "Kabupaten/kota", "k in per_kabupaten", whole=False)
    counts(document, "Menurut jenis koperasi", "Jenis koperasi", "j in per_jenis")
    counts(document, "Menurut saluran", "Saluran", "s in per_saluran")
    paragraph(document, "Petugas", "Heading 2")
    counts(document, "Menurut petugas", "Petugas", "p in per_petugas", "Tidak ada konsultasi.", whole=False)
    paragraph(
        document, "Konsultasi yang dilayani beberapa petugas dihitung pada masing-masing petugas.", "Catatan Kecil"
    )


def results(document: DocumentObject) -> None:
    """C."""
    paragraph(document, "HASIL YANG DICAPAI", "Heading 1")
    paragraph(document, "Ketepatan Waktu", "Heading 2")
    sentences(document, "kalimat in kalimat_kegiatan")
    tag(document, "if grafik")
    chart(document, "grafik_kegiatan", "{{ grafik.kegiatan.judul }}")
    tag(document, "endif")
    paragraph(
        document,
        "Persentil 90: sembilan dari sepuluh tidak lebih lama dari ini. Yang dinilai hanya kegiatan yang sudah selesai "
        "dan waktunya terbaca.",
        BOUND_NOTE,
    )
    table(
        document,
        "Lama setiap kegiatan, dalam menit ({{ hitungan }})",
        "k in kegiatan",
        [
            ("Kegiatan", 32, "{{ k.nama }}", TEXT),
            ("Standar", 24, "{{ k.standar }}", MIDDLE),
            ("Dinilai", 18, "{{ k.dinilai }}", NUMBER),
            ("Rata-rata", 21, "{{ k.rata_rata }}", NUMBER),
            ("Median", 19, "{{ k.median }}", NUMBER),
            ("Persentil 90", 24, "{{ k.p90 }}", NUMBER),
            ("Terlama", 22, "{{ k.terlama }}", NUMBER),
        ],
    )
    table(
        document,
        "Keadaan setiap kegiatan",
        "k in kegiatan",
        [
            ("Kegiatan", 35, "{{ k.nama }}", TEXT),
            ("Sesuai", 20, "{{ k.sesuai }}", NUMBER),
            ("Melewati", 22, "{{ k.melewati }}", NUMBER),
            ("Masih berjalan", 25, "{{ k.berjalan }}", NUMBER),
            ("Tidak dapat dinilai", 30, "{{ k.tidak_dapat_dinilai }}", NUMBER),
            ("Belum dimulai", 28, "{{ k.belum }}", NUMBER),
        ],
    )
    table(
        document,
        "Waktu tunggu antarkegiatan, dalam menit ({{ hitungan }})",
        "w in tunggu",
        [
            ("Antara", 56, "{{ w.antara }}", TEXT),
            ("Dihitung", 20, "{{ w.dihitung }}", NUMBER),
            ("Rata-rata", 21, "{{ w.rata_rata }}", NUMBER),
            ("Median", 18, "{{ w.median }}", NUMBER),
            ("Persentil 90", 24, "{{ w.p90 }}", NUMBER),
            ("Terlama", 21, "{{ w.terlama }}", NUMBER),
        ],
    )
    paragraph(document, "Konsultasi yang Melewati Standar", "Heading 2")
    _list(
        document,
        "m in melewati",
        [
            ("No. Registrasi", 29, "nomor"),
            ("Pemohon", 33, "pemohon"),
            ("Kegiatan (standar)", 23, "{{ m.kegiatan }}\n({{ m.standar }})"),
            ("Waktu kerja", 18, "waktu_kerja"),
            ("Waktu jam", 18, "waktu_jam"),
            ("Alasan", 39, "alasan"),
        ],
        "Tidak ada konsultasi yang melewati standar.",
    )
    paragraph(document, "Konsultasi yang Belum Selesai", "Heading 2")
    _list(
        document,
        "t in terbuka",
        [
            ("No. Registrasi", 29, "nomor"),
            ("Tanggal", 20, "tanggal"),
            ("Pemohon", 42, "pemohon"),
            ("Topik", 27, "topik"),
            ("Petugas", 20, "petugas"),
            ("Status", 22, "status"),
        ],
        "Semua konsultasi sudah selesai.",
    )
    paragraph(document, "Catatan yang Perlu Dilengkapi atau Diperbaiki", "Heading 2")
    _list(
        document,
        "c in perlu_diperbaiki",
        [
            ("No. Registrasi", 29, "nomor"),
            ("Pemohon", 41, "pemohon"),
            ("Petugas", 25, "petugas"),
            ("Yang perlu diperbaiki", 65, "temuan"),
        ],
        "Semua catatan lengkap.",
    )
    paragraph(document, "Tindak Lanjut", "Heading 2")
    counts(document, "Menurut tindak lanjut", "Tindak lanjut", "t in per_tindak_lanjut")
    _list(
        document,
        "t in tindak_lanjut",
        [
            ("No. Registrasi", 29, "nomor"),
            ("Pemohon", 46, "pemohon"),
            ("Tindak lanjut", 35, "tindak_lanjut"),
            ("Saran", 50, "saran"),
        ],
        "Tidak ada tindak lanjut yang tertunda.",
    )
    paragraph(document, "Temuan pada Catatan", "Heading 2")
    table(
        document,
        "",
        "t in temuan",
        [
            ("Temuan", 100, "{{ t.nama }}", TEXT),
            ("Konsultasi", 30, "{{ t.konsultasi }}", NUMBER),
            ("Temuan", 30, "{{ t.temuan }}", NUMBER),
        ],
        "Tidak ada temuan.",
        whole=False,
    )


def conclusions(document: DocumentObject) -> None:
    """D."""
    paragraph(document, "SIMPULAN DAN SARAN", "Heading 1")
    paragraph(document, "Simpulan", "Heading 2")
    numbered(document, "butir in simpulan")
    paragraph(document, "Saran", "Heading 2")
    numbered(document, "butir in saran")
    paragraph(document, "PENUTUP", "Heading 1")


def end(document: DocumentObject) -> None:
    """The last sentence and the signature."""
    sentence = (
        "Demikian laporan ini disampaikan sebagai bahan pertimbangan pimpinan. Atas perhatian Bapak/Ibu diucapkan "
        "terima kasih."
    )
    closing(document, sentence, A4.text_width)


def _list(document: DocumentObject, loop: str, columns: list[tuple[str, float, str]], empty: str) -> None:
    """A dense table of consultations; a column is (header, width, field or text with tags)."""
    name = loop.split()[0]
    shown = [
        (header, width, text if "{{" in text else f"{{{{ {name}.{text} }}}}", DENSE) for header, width, text in columns
    ]
    table(document, "", loop, shown, empty)

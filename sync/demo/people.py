"""Invented names, cooperatives and the words officers write. Any likeness to a real person is chance."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_NAMES = (
    "Petrus", "Dayang", "Maria", "Budi", "Yuliana", "Hendrikus", "Siti", "Agustinus", "Ratna", "Ismail", "Kornelia",
    "Syarifah", "Lukas", "Wahyu", "Theresia", "Abdul", "Natalia", "Zainal", "Fransiska", "Rudi", "Mei Ling", "O'Brien",
)  # fmt: skip
LAST_NAMES = (
    "Santoso", "Alkadrie", "Rahayu", "Lestari", "Tanjung", "Djuweng", "Hartono", "Simanjuntak", "Wijaya", "Kusuma",
    "Layang", "Nurdin", "Ahie", "Pratama", "Usman", "Bamba", "Kartika", "Mulyadi",
)  # fmt: skip
COOPERATIVES = (
    "Koperasi Tani Makmur & Rekan", "KSP Harapan Baru", "Koperasi Kapuas Lestari", "CU Keling Mandiri",
    "Koperasi Nelayan Bahari", "KPRI Sejahtera", "Koperasi Desa Merah Putih Sungai Ambawang", "Kopwan Melati",
    "Koperasi Sawit Jaya Bersama", "KSPPS Amanah Umat", "Koperasi Karet Sintang Raya",
    "Koperasi Jasa \"Maju\" Pontianak",
)  # fmt: skip
OFFICERS = (
    ("Andi Saputra", "198001012005011001", "Staf", "Ya"),
    ("Rina Marlina", "198502022010012002", "Jafung", "Ya"),
    ("Yohanes Dodi", "197503032000031003", "Kepala Bidang", "Ya"),
    ("Siti Aminah", "199004042015042004", "Front Office", "Ya"),
    ("Bambang Purna", "196605051990051005", "Staf", "Tidak"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """What a visitor asks and what the officer writes about it."""

    service: str
    topic: str
    summary: str
    problem: str
    presumption: str
    facts: str
    analysis: str
    conclusion: str
    advice: str


CASES = (
    Case(
        "Kelembagaan",
        "Pendirian koperasi",
        "Mau tanya syarat & alur pendirian koperasi baru",
        "Kelompok calon pendiri belum memahami persyaratan dan tahapan pengesahan akta pendirian koperasi.",
        "Anggota kelompok telah memenuhi jumlah minimal pendiri dan bersedia menyetor simpanan pokok.",
        "Rapat pembentukan belum dilaksanakan.\nRancangan anggaran dasar belum disusun.\nNotaris pembuat akta koperasi "
        "(NPAK) belum ditunjuk.",
        "Tanpa rapat pembentukan yang dihadiri pendiri, akta tidak dapat dibuat oleh NPAK dan pengesahan melalui SABH "
        "tidak dapat diajukan. Pendampingan penyusunan anggaran dasar mempercepat proses.",
        "Pendirian dapat dilanjutkan setelah rapat pembentukan dan penyusunan anggaran dasar.",
        "Kelompok melaksanakan rapat pembentukan, menunjuk NPAK, dan berkonsultasi kembali dengan membawa rancangan "
        "anggaran dasar.",
    ),
    Case(
        "Perizinan",
        "Izin usaha simpan pinjam",
        "Izin usaha simpan pinjam ditolak OSS\nmohon arahan",
        "Permohonan izin usaha simpan pinjam melalui OSS belum disetujui.",
        "",
        "Modal tetap telah disetor.\nRencana kerja tiga tahun belum diunggah.",
        "Penolakan disebabkan dokumen pendukung yang belum lengkap, bukan oleh keadaan usaha koperasi.",
        "Permohonan dapat diajukan kembali setelah dokumen dilengkapi.",
        "Koperasi melengkapi rencana kerja dan mengajukan kembali melalui OSS.",
    ),
    Case(
        "Kelembagaan",
        "RAT dan pelaporan",
        'Konsultasi pelaksanaan "RAT" yang terlambat',
        "Rapat Anggota Tahunan tidak dilaksanakan pada waktunya.",
        "Pengurus masih aktif dan laporan keuangan dapat disusun.",
        "RAT terakhir dua tahun lalu.\nBuku daftar anggota belum diperbarui.",
        "Keterlambatan RAT berpengaruh pada sertifikat NIK dan penilaian kesehatan koperasi.",
        "RAT harus segera dilaksanakan dengan agenda pertanggungjawaban dua tahun buku.",
        "Pengurus menyusun jadwal RAT dan menyampaikan undangan kepada dinas untuk pendampingan.",
    ),
    Case(
        "Kelembagaan",
        "Koperasi Desa/Kelurahan Merah Putih",
        "Pengembangan usaha Koperasi Desa Merah Putih",
        "Koperasi desa yang telah berbadan hukum belum memiliki rencana usaha.",
        "Pemerintah desa mendukung penyediaan tempat usaha.",
        "Akta pendirian dan NIB telah ada.\nPengurus belum mengikuti pelatihan.",
        "Gerai sembako dan simpan pinjam paling mungkin dijalankan lebih dahulu dengan modal yang ada.",
        "Rencana usaha disusun bertahap, dimulai dari gerai sembako.",
        "Pengurus mengikuti pelatihan dan menyusun rencana usaha bersama pendamping.",
    ),
    Case(
        "Perizinan",
        "Pembukaan kantor cabang",
        "Syarat buka kantor cabang di kabupaten lain",
        "Koperasi hendak membuka kantor cabang di luar wilayah kabupatennya.",
        "",
        "Koperasi berpredikat cukup sehat.\nAnggota di wilayah baru 34 orang.",
        "Wilayah keanggotaan lintas kabupaten menjadi kewenangan provinsi; persyaratan jumlah anggota terpenuhi.",
        "Permohonan kantor cabang dapat diproses.",
        "Koperasi mengajukan permohonan dengan melampirkan daftar anggota dan hasil penilaian kesehatan.",
    ),
    Case(
        "Lainnya",
        "Penilaian kesehatan koperasi",
        "=SUM(1;2) cara hitung rasio kesehatan",
        "Pengurus belum dapat menghitung sendiri penilaian kesehatan koperasi.",
        "",
        "Laporan keuangan tersedia dalam bentuk neraca dan perhitungan hasil usaha.",
        "Kertas kerja penilaian dapat diisi dari laporan keuangan yang ada dengan bimbingan pengawas.",
        "Penilaian mandiri dapat dilakukan sebelum penilaian resmi.",
        "Koperasi mengikuti bimbingan teknis pengisian kertas kerja.",
    ),
)

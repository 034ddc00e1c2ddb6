"""What people read in what setup makes: titles, the form's questions and help texts, the notice on personal data.

The notice states what UU 27/2022 on personal data (Pasal 20 and 21) asks for where consent is given: the basis, the
purpose, which data, how long, and the rights of the person. The register itself rests on the public task (Pasal 20
ayat 2 huruf e); consent is asked so that it is on record.
"""

from __future__ import annotations

from datetime import date

from sync.domain.rules import Rules

LOCALE = "id_ID"
SPREADSHEET_TITLE = "Agenda Konsultasi"
FOLDER_TITLE = "Arsip Konsultasi"
FORM_TITLE = "Registrasi Konsultasi"
WARNING = "Kolom program agenda: isinya ditulis ulang oleh program, perubahan di sini akan hilang"

HELP = {
    "arrived": "Jam Bapak/Ibu tiba di loket, misalnya 09:30. Bila dikosongkan, dipakai jam pengiriman formulir ini.",
    "name": "Nama lengkap sesuai identitas.",
    "acting_as": "Dalam kedudukan apa Bapak/Ibu berkonsultasi.",
    "cooperative": "Nama koperasi, calon koperasi, atau instansi yang diwakili. Kosongkan bila perorangan.",
    "cooperative_kind": "",
    "regency": "Tempat kedudukan koperasi atau instansi.",
    "phone": "Contoh: 081234567890. Dipakai hanya untuk urusan konsultasi ini.",
    "email": "Boleh dikosongkan.",
    "service": "",
    "topic": "Pilih yang paling mendekati; rinciannya ditulis pada uraian singkat.",
    "summary": "Apa yang ingin dikonsultasikan, dalam dua atau tiga kalimat. Jangan menulis NIK atau data kesehatan.",
    "channel": "Dari mana formulir ini diisi.",
}


def form_description(rules: Rules, today: date) -> str:
    """Return what stands above the questions: what the form is for, and the notice on personal data."""
    office = rules.office(today)
    return (
        f"Registrasi layanan konsultasi pada {office.division}, {office.agency}. Setelah formulir ini dikirim, petugas "
        f"menyerahkan Tanda Registrasi.\n\n{_notice(rules, today)}"
    )


def consent_help(rules: Rules) -> str:
    """Return what stands with the question of consent: short, the notice itself stands above."""
    contact = rules.offices[-1].privacy_contact
    tail = f" Persetujuan dapat ditarik kembali dengan menghubungi {contact}." if contact else ""
    return (
        "Saya telah membaca Pemberitahuan Pelindungan Data Pribadi di atas dan menyetujui pemakaian data saya "
        f"untuk keperluan tersebut.{tail}"
    )


def _notice(rules: Rules, today: date) -> str:
    office, sop = rules.office(today), rules.sop(today)
    contact = office.privacy_contact or f"{office.division}, {office.address}"
    return (
        "PEMBERITAHUAN PELINDUNGAN DATA PRIBADI (UU Nomor 27 Tahun 2022)\n"
        f"Dasar: pelaksanaan tugas pelayanan publik menurut SOP Nomor {sop.number} ({sop.name}), dan persetujuan "
        "Bapak/Ibu pada akhir formulir.\n"
        "Tujuan: pencatatan, pelayanan, dan pelaporan konsultasi; tidak dipakai atau dibagikan di luar keperluan itu.\n"
        "Data: nama, kedudukan, koperasi/instansi, kabupaten/kota, nomor HP, surel, dan uraian konsultasi. NIK tidak "
        "diminta.\n"
        "Penyimpanan: selama jangka waktu jadwal retensi arsip yang berlaku, pada layanan Google yang dipakai dinas, "
        "hanya dapat dibuka petugas yang berwenang.\n"
        "Hak Bapak/Ibu: meminta akses, perbaikan, pembatasan, penghapusan, dan menarik kembali persetujuan. Hubungi "
        f"{contact}."
    )


def confirmation_hint() -> str:
    """Return the text to paste as the form's confirmation message, which no API can set."""
    return "Terima kasih. Silakan tunggu, petugas sedang menyiapkan Tanda Registrasi Bapak/Ibu."

"""What can be wrong with a template: a line for the operator (English), an explanation for the officer (Indonesian)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FaultCode(Enum):
    """One thing to mend; ``LINES`` and ``EXPLANATIONS`` word it."""

    MISSING = "missing"
    NOT_A_DOCUMENT = "not a document"
    SYNTAX = "syntax"
    UNFINISHED_TAG = "unfinished tag"
    UNPAIRED_TAG = "unpaired tag"
    UNKNOWN_FIELD = "unknown field"
    REQUIRED_FIELD = "required field"
    FIELD_WITH_PARTS = "field with parts"
    LOST_TEXT = "lost text"
    FAILS = "fails"
    TOO_MUCH = "too much"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``place`` is where in the file ("text", "header 1"), ``near`` some of the text around it."""

    code: FaultCode
    file: str
    field: str = ""
    suggestion: str = ""
    place: str = ""
    near: str = ""
    detail: str = ""

    @property
    def line(self) -> str:
        """The operator's line: file, place, field, what is wrong."""
        where = f"{self.file}, {self.place}" if self.place else self.file
        sentence = _LINES[self.code].format(field=self.field, detail=self.detail)
        hint = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        near = f' (near "{self.near}")' if self.near else ""
        return f"{where}: {sentence}{hint}{near}"

    @property
    def explanation(self) -> str:
        """The officer's explanation: what is wrong and what to do in Word."""
        where = f"{self.file}, {_PLACES.get(self.place.split(' ')[0], 'bagian isi')}" if self.place else self.file
        sentence = _EXPLANATIONS[self.code].format(field=self.field)
        hint = f" Mungkin maksudnya {{{{ {self.suggestion} }}}}?" if self.suggestion else ""
        near = f" Letaknya di dekat tulisan “{self.near}”." if self.near else ""
        return f"{where}: {sentence}{hint}{near}"


_PLACES = {
    "text": "bagian isi",
    "header": "bagian atas halaman (header)",
    "footer": "bagian bawah halaman (footer)",
    "footnotes": "catatan kaki",
    "endnotes": "catatan akhir",
}

_LINES = {
    FaultCode.MISSING: "no such file; put it back from a copy, or from the version of the program that is installed",
    FaultCode.NOT_A_DOCUMENT: "{detail}",
    FaultCode.SYNTAX: "a tag cannot be read: {detail}",
    FaultCode.UNFINISHED_TAG: "a tag is opened or closed by half: {detail}",
    FaultCode.UNPAIRED_TAG: "the tag {field} has lost its partner",
    FaultCode.UNKNOWN_FIELD: "unknown field {field}",
    FaultCode.REQUIRED_FIELD: "required field {field} is missing",
    FaultCode.FIELD_WITH_PARTS: "field {field} has parts and cannot be printed as a whole",
    FaultCode.LOST_TEXT: "the tag {field} must stand alone in its row or paragraph; text beside it would be lost",
    FaultCode.FAILS: "filling it in fails: {detail}",
    FaultCode.TOO_MUCH: "the tag {field} asks for too much: {detail}",
}

_EXPLANATIONS = {
    FaultCode.MISSING: "templat ini tidak ada. Kembalikan dari salinan, atau minta pengelola program mengembalikannya.",
    FaultCode.NOT_A_DOCUMENT: "bukan dokumen Word (.docx) yang utuh. Simpan ulang dari Word sebagai "
    "“Dokumen Word (*.docx)”.",
    FaultCode.SYNTAX: "ada tanda {{{{ }}}} atau {{% %}} yang tidak dapat dibaca. Nama isian ditulis tanpa "
    "spasi, misalnya {{{{ nama }}}}. Hapus lalu ketik ulang tanda itu, atau salin dari templat asli.",
    FaultCode.UNFINISHED_TAG: "ada tanda yang belum ditutup atau kurang kurungnya. Setiap {{{{ harus "
    "ditutup }}}}, setiap {{% harus ditutup %}}.",
    FaultCode.UNPAIRED_TAG: "tanda {field} kehilangan pasangannya. Setiap {{% if … %}} ditutup {{% endif %}}, "
    "setiap {{% for … %}} ditutup {{% endfor %}}. Kembalikan pasangannya dari templat asli, atau hapus tanda ini juga.",
    FaultCode.UNKNOWN_FIELD: "isian {{{{ {field} }}}} tidak dikenal. Perbaiki ejaannya atau hapus.",
    FaultCode.REQUIRED_FIELD: "isian wajib {{{{ {field} }}}} hilang. Tambahkan kembali; letaknya bebas.",
    FaultCode.FIELD_WITH_PARTS: "isian {{{{ {field} }}}} berisi beberapa bagian, jadi tidak dapat dicetak "
    "begitu saja. Salin cara pemakaiannya dari templat asli.",
    FaultCode.LOST_TEXT: "tanda {field} harus berdiri sendiri di baris atau paragrafnya. Pindahkan tulisan di "
    "sebelahnya, karena akan hilang saat dicetak.",
    FaultCode.TOO_MUCH: "tanda {field} meminta terlalu banyak: perulangan, tulisan, atau kurung yang tidak wajar. "
    "Hapus tanda ini, atau salin yang benar dari templat asli.",
    FaultCode.FAILS: "templat tidak dapat diisi dengan data contoh. Bandingkan dengan templat asli, atau mulai lagi "
    "dari salinannya.",
}

"""A PDF beside the Word file, by LibreOffice if the computer has it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from sync.errors import PdfUnavailable

TIMEOUT = 120
"""Seconds for one document; the first start of LibreOffice alone can take twenty."""
_PROGRAMS = ("soffice", "libreoffice")
_WINDOWS = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"


def convert_to_pdf(docx: bytes) -> bytes:
    """Return the document as PDF.

    LibreOffice runs with a user profile of its own, so an open LibreOffice of somebody at the computer is no obstacle
    and nothing of theirs is touched.

    Raises:
        PdfUnavailable: there is no LibreOffice, or it made no PDF in time.
    """
    program = find_office()
    if program is None:
        raise PdfUnavailable("LibreOffice is not installed on this computer")
    with tempfile.TemporaryDirectory(prefix="agenda-pdf-") as folder:
        source = Path(folder) / "dokumen.docx"
        source.write_bytes(docx)
        command = [
            program,
            f"-env:UserInstallation={(Path(folder) / 'profil').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf", "--outdir", folder, str(source)),
        ]
        try:
            subprocess.run(
                command, check=True, timeout=TIMEOUT, capture_output=True, stdin=subprocess.DEVNULL
            )
            return source.with_suffix(".pdf").read_bytes()
        except subprocess.TimeoutExpired:
            raise PdfUnavailable(f"LibreOffice made no PDF within {TIMEOUT} seconds") from None
        except (OSError, subprocess.CalledProcessError) as error:
            raise PdfUnavailable(f"LibreOffice made no PDF ({type(error).__name__})") from error


def find_office() -> str | None:
    """Return the path of LibreOffice's program, or None."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if found:
        return found
    candidates = _WINDOWS if os.name == "nt" else (_MAC,)
    return next((path for path in candidates if Path(path).is_file()), None)

"""A PDF beside the Word file, by LibreOffice if the computer has it."""

from __future__ import annotations

import os
import shutil
import signal
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
        _run(command)
        try:
            return source.with_suffix(".pdf").read_bytes()
        except FileNotFoundError:
            raise PdfUnavailable("LibreOffice made no PDF") from None


def _run(command: list[str]) -> None:
    """Run LibreOffice and whatever it starts itself; nothing of it is left behind when it takes too long."""
    own_group = os.name == "posix"
    try:
        process = subprocess.Popen(  # noqa: S603  a program found by its name, arguments of our own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=own_group,
        )
    except OSError as error:
        raise PdfUnavailable(f"LibreOffice does not start ({type(error).__name__})") from error
    with process:
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            if own_group:
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            raise PdfUnavailable(f"LibreOffice made no PDF within {TIMEOUT} seconds") from None


def find_office() -> str | None:
    """Return the path of LibreOffice's program, or None."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if found:
        return found
    candidates = _WINDOWS if os.name == "nt" else (_MAC,)
    return next((path for path in candidates if Path(path).is_file()), None)

"""Whatever the terminal can show: the words to act on are whole, and no character ends a command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import build
from tests.endtoend.office import NOW, DiskOffice


def as_a_program(
    office: DiskOffice, command: str, environment: Mapping[str, str], *, stdout: Any = subprocess.PIPE
) -> Any:
    """Run a command in a process of its own, since what matters is what its streams are."""
    return subprocess.run(
        [sys.executable, "-m", "sync", *command.split(), "--config", str(office.config)],
        cwd=build.ROOT,
        env={**os.environ, "COLUMNS": "80", **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> DiskOffice:
    """An office of one visit whose receipt is gone; nothing here changes it."""
    office = DiskOffice.make(tmp_path_factory.mktemp("kantor"))
    office.import_visits(
        [{**build.visits()[0], "response": {**build.visits()[0]["response"], "Nama Lengkap": "Łucja 王"}}]
    )
    office.run(NOW)
    next(office.archive.rglob("*_tanda-registrasi.docx")).unlink()
    return office


@pytest.mark.parametrize("columns", ["80", "40"])
def test_no_width_cuts_a_word_off(broken: DiskOffice, columns: str) -> None:
    """A long path goes on in the next line; no sentence ends in dots."""
    for command in ("verify", "doctor", "check"):
        printed = as_a_program(broken, command, {"COLUMNS": columns}).stdout.decode()
        assert "…" not in printed
        words = printed.replace("│", " ").replace("┃", " ").split()
        for word in {"verify": ("missing", "put", "copy", "archive"), "doctor": ("templates", "saving")}.get(
            command, ()
        ):
            assert word in words, (command, columns, word)
    folded = as_a_program(broken, "verify", {"COLUMNS": columns}).stdout.decode()
    assert "tanda-registrasi.docx" in "".join(folded.replace("│", "").split())


def test_a_pipe_has_no_width(broken: DiskOffice) -> None:
    """What is searched for with grep stands on one line."""
    printed = as_a_program(broken, "verify", {"COLUMNS": ""}).stdout.decode()

    assert any("missing" in line and "_tanda-registrasi.docx" in line for line in printed.splitlines())


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize("command", ["check --json", "check", "verify", "doctor", "documents"])
def test_no_encoding_ends_a_command(broken: DiskOffice, command: str, encoding: str) -> None:
    """JSON is JSON in every one of them; elsewhere something stands for each character."""
    outcome = as_a_program(broken, command, {"PYTHONIOENCODING": encoding})

    assert outcome.returncode in (0, 5)
    assert b"Traceback" not in outcome.stderr
    text = outcome.stdout.decode(encoding)
    if "--json" in command:
        json.loads(text)
    if command == "check --json":
        assert json.loads(text)["registrations"][0]["response"]["name"] == "Łucja 王"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_that_goes_away_is_no_defect_of_ours(broken: DiskOffice) -> None:
    """``agenda check --json | head``: exit 1 is for defects."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        outcome = as_a_program(broken, "check --json", {}, stdout=writing)
    finally:
        os.close(writing)

    assert outcome.returncode == 4
    assert b"Traceback" not in outcome.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_output_that_cannot_be_written_is_told(broken: DiskOffice) -> None:
    with Path("/dev/full").open("wb") as full:
        outcome = as_a_program(broken, "check", {}, stdout=full)

    assert outcome.returncode == 4
    assert b"the disk is full" in outcome.stderr

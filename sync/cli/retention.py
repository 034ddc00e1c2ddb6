"""``retensi``: what of the archive passed its retention, and the list that goes with a proposal. Deletes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sync.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, LogOption, LogStyle, NowOption, moment
from sync.cli.wiring import clock_of, open_config, open_workspace
from sync.config import Config
from sync.domain.fields.retention import proposal_fields
from sync.domain.reading import read_book, tabs_to_read
from sync.domain.retention import ArchiveFile, Proposal, archive_files
from sync.errors import ListRefused
from sync.events import set_up_log


class Proposed(StrEnum):
    """What ``--usul`` can ask for."""

    TRANSFER = "pindah"
    DESTROY = "musnah"
    HAND_OVER = "serah"
    REVIEW = "nilai-kembali"

    def proposal(self) -> Proposal:
        return Proposal[self.name]


def add_commands(app: typer.Typer) -> None:
    app.command()(retensi)


def retensi(
    config: ConfigOption = DEFAULT_CONFIG,
    usul: Annotated[
        Proposed | None, typer.Option("--usul", help="Only what may be proposed for this; needed with --berkas.")
    ] = None,
    berkas: Annotated[
        Path | None, typer.Option("--berkas", metavar="FILE.docx", help="Write the list of --usul as a Word document.")
    ] = None,
    now: NowOption = None,
    as_json: JsonOption = False,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """List what passed its active and inactive years by the JRA in config.yaml. Deletes, moves and files nothing.

    A berkas is what lies under one classification code of one year.

    It is closed at the end of the year in which its last document was issued.

    The years of arsip.klasifikasi (aktif, inaktif) count from then.

    usul pindah: past its active years.

    usul musnah, usul serah (permanen), dinilai kembali: past all its years.

    belum ditetapkan: its years or its nasib_akhir are not decided yet.
    """
    set_up_log(log.value, quiet=True)
    if berkas is not None and usul is None:
        raise ListRefused("--berkas", "a list is of one proposal; add --usul pindah, musnah, serah or nilai-kembali")
    if berkas is not None and (berkas.suffix.casefold() != ".docx" or berkas.exists()):
        why = "expected a name that ends with .docx" if not berkas.exists() else "there is a file of this name already"
        raise ListRefused(str(berkas), f"{why}; name another")
    settings = open_config(config)
    at = moment(now, settings)
    snapshot = open_workspace(settings, looks_only=True).read(tabs_to_read(settings.rules))
    book = read_book(snapshot, settings.rules, clock_of(settings).utc_offset)
    files = archive_files(book.archive, settings.rules.archive, at.date())
    if usul is not None:
        files = [file for file in files if file.proposal is usul.proposal()]
    if berkas is not None and usul is not None and files:
        _write(berkas, usul.proposal(), files, settings, at)
    if as_json:
        typer.echo(json.dumps(_report(files, at), ensure_ascii=False))
    else:
        _print(files)
        if berkas is not None:
            typer.echo(str(berkas) if files else "nothing to propose: no file was written")


def _write(path: Path, proposal: Proposal, files: Sequence[ArchiveFile], settings: Config, at: datetime) -> None:
    from sync.documents.proposal import proposal_document  # the Word packages only where a list is written

    content = proposal_document(
        settings.templates, proposal_fields(proposal, files, at.date()), settings.rules, at.replace(microsecond=0)
    )
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise ListRefused(str(path), f"cannot be written ({error.strerror}); name another") from error


def _print(files: Sequence[ArchiveFile]) -> None:
    table = Table("proposal", "code", "year", "documents", "closed", "active until", "inactive until")
    for file in files:
        days = (file.closed, file.active_until, file.inactive_until)
        shown = [day.isoformat() if day else "not decided" for day in days]
        table.add_row(file.proposal.value, file.code or "(none)", str(file.year), str(len(file.entries)), *shown)
    if table.row_count:
        Console().print(table)
    undecided = sorted({file.code for file in files if file.proposal is Proposal.UNDECIDED})
    if undecided:
        typer.echo(f"not decided yet, see arsip.klasifikasi in config.yaml: {', '.join(undecided)}")
    typer.echo(f"{sum(len(file.entries) for file in files)} documents in {len(files)} berkas; nothing was changed")


def _report(files: Sequence[ArchiveFile], at: datetime) -> dict[str, object]:
    return {
        "now": at.replace(microsecond=0).isoformat(),
        "files": [
            {
                "proposal": file.proposal.value,
                "code": file.code,
                "name": file.name,
                "year": file.year,
                "closed": file.closed.isoformat(),
                "active_until": file.active_until.isoformat() if file.active_until else None,
                "inactive_until": file.inactive_until.isoformat() if file.inactive_until else None,
                "final": file.classification.final if file.classification else None,
                "documents": [
                    {
                        "id": entry.id,
                        "reference": entry.reference,
                        "kind": entry.kind,
                        "revision": entry.revision,
                        "path": entry.path,
                        "sha256": entry.sha256,
                    }
                    for entry in file.entries
                ],
            }
            for file in files
        ],
    }

"""Options that several commands share, and the clock they are read with."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sync.config import Config
from sync.errors import MomentUnreadable


class LogStyle(StrEnum):
    """How events are written."""

    TEXT = "text"
    JSON = "json"


ConfigOption = Annotated[Path, typer.Option("--config", help="The office's config.yaml.", show_default=True)]
NowOption = Annotated[
    str | None,
    typer.Option("--now", metavar="ISO", help="Pretend it is this moment; without an offset, in the office's zone."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
LogOption = Annotated[LogStyle, typer.Option("--log", help="How events are written to standard error.")]
MissingRowsOption = Annotated[
    bool, typer.Option("--accept-missing-rows", help="Go on although most rows of the agenda are gone.")
]
NewPrefixOption = Annotated[
    bool, typer.Option("--accept-new-prefix", help="Go on although most numbers of the ledger bear another prefix.")
]
MissingDocumentsOption = Annotated[
    bool,
    typer.Option(
        "--accept-missing-documents",
        help="Go on although documents that the book lists are gone, or numbers that the archive has.",
    ),
]
OtherBookOption = Annotated[
    bool,
    typer.Option("--accept-other-book", help="Go on although another spreadsheet issued the newest documents."),
]
LimitOption = Annotated[
    float | None,
    typer.Option("--limit", help="Seconds a run may take: then it records, leaves the rest and ends with 4.", min=1),
]
ClockOption = Annotated[bool, typer.Option("--accept-clock", help="Go on although the ledger is ahead of the clock.")]
AcceptMixedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--accept-mixed", metavar="NUMBER", help="Take the row of NUMBER as it stands, though cells of it moved."
    ),
]

YEARS = range(2000, 3000)
"""What ``--now`` may be: the calendar has neither a year before 1 nor one after 9999 to count on to."""

DEFAULT_CONFIG = Path("config.yaml")


def moment(option: str | None, config: Config) -> datetime:
    """Return now, or the moment given by ``--now``, as wall-clock time of the office.

    Raises:
        MomentUnreadable: the option is no ISO 8601 moment, or one of another millennium.
    """
    if option is None:
        return datetime.now(config.zone).replace(tzinfo=None)
    try:
        given = datetime.fromisoformat(option)
        local = given.astimezone(config.zone).replace(tzinfo=None) if given.tzinfo else given
    except (ValueError, OverflowError):
        raise MomentUnreadable("--now", option) from None
    if local.year not in YEARS:
        raise MomentUnreadable("--now", option)
    return local

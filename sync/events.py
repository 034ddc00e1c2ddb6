"""The log: one line an event on stderr, for people or (``--log json``) for collectors.

An event is a fixed word and a few facts: numbers, kinds, counts, tabs. Never a name, a phone, a NIK, or anything else
that somebody typed: there is no free text in an event.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal

LOGGER = logging.getLogger("agenda")
Fact = str | int | float | bool | None
Level = Literal["info", "warning", "error"]
_LEVELS = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def log_event(event: str, *, level: Level = "info", **facts: Fact) -> None:
    """Log one event with its facts."""
    LOGGER.log(_LEVELS[level], event, extra={"facts": facts})


def set_up_log(style: Literal["text", "json"], quiet: bool) -> None:
    """Send events to stderr in ``style``; ``quiet`` leaves out what is neither a warning nor an error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonFormatter() if style == "json" else _TextFormatter())
    LOGGER.handlers[:] = [handler]
    LOGGER.propagate = False
    LOGGER.setLevel(logging.WARNING if quiet else logging.INFO)


class _TextFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{name}={_one_line(value)}" for name, value in _facts(record).items())
        return f"{_moment(record)} {record.levelname.lower():7} {record.getMessage()} {facts}".rstrip()


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(
            {"time": _moment(record), "level": record.levelname.lower(), "event": record.getMessage(), **_facts(record)}
        )


def _facts(record: logging.LogRecord) -> dict[str, Fact]:
    facts: dict[str, Fact] = getattr(record, "facts", {})
    return facts


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="seconds")


def _one_line(value: Fact) -> str:
    text = str(value)
    return json.dumps(text) if any(char.isspace() or not char.isprintable() for char in text) else text

"""What single values of config.yaml may hold, and the section they stand in."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

DAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_LONGEST_NAME = 255
_MINUTES = re.compile(r"(\d{1,4}) ?(menit|jam)", re.IGNORECASE)


def _clock(value: object) -> object:
    match = re.fullmatch(r"(\d{1,2})[.:](\d{2})", value.strip()) if isinstance(value, str) else None
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError("expected a time of day such as 07.30")
    return time(int(match[1]), int(match[2]))


def _minutes(value: object) -> object:
    match = _MINUTES.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None or int(match[1]) == 0:
        raise ValueError("expected a duration such as 45 menit or 3 jam")
    return int(match[1]) * (60 if match[2].lower() == "jam" else 1)


def _blank_is_none(value: object) -> object:
    return None if value == "" else value


def _blank_is_empty_map(value: object) -> object:
    return {} if value == "" else value


def known_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # An OSError where the name is that of a folder among the zones (Asia), or longer than a name can be.
        raise ValueError("expected a time zone such as Asia/Pontianak") from None
    return value


def _pause(value: object) -> object:
    parts = value.split("-") if isinstance(value, str) else []
    if len(parts) != 2:
        raise ValueError("expected a span such as 12.00-13.00")
    return tuple(_clock(part) for part in parts)


def _own_path(value: str) -> str:
    if value.startswith("~"):
        # ~ is another folder for each user: a schedule would begin another book, with the numbers from 1 again.
        raise ValueError("expected a path without ~; write the folder out, for example /home/agenda/kantor")
    if any(len(part.encode()) > _LONGEST_NAME for part in re.split(r"[/\\]", value)):
        raise ValueError("expected a path; a part of it is longer than a file name can be")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
FilledPath = Annotated[Filled, AfterValidator(_own_path)]
OptionalPath = Annotated[Text, AfterValidator(_own_path)]
ClockTime = Annotated[time, BeforeValidator(_clock)]
OptionalDate = Annotated[date | None, BeforeValidator(_blank_is_none)]
OptionalYears = Annotated[Annotated[int, Field(ge=0, le=100)] | None, BeforeValidator(_blank_is_none)]
Minutes = Annotated[int, BeforeValidator(_minutes)]
Pause = Annotated[tuple[time, time], BeforeValidator(_pause)]
Headers = Annotated[dict[str, Filled], BeforeValidator(_blank_is_empty_map)]


class Section(BaseModel):
    """A mapping in the file; an unknown key is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)

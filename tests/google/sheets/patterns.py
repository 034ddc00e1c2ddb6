"""Number formats: what a number shows as under a pattern and a locale.

Enough of Google's date and number patterns (https://developers.google.com/workspace/sheets/api/guides/formats) for
the formats an office book uses, in en_US and id_ID. Anything else shows like the automatic format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

EPOCH = datetime(1899, 12, 30)

_ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_INDONESIAN_MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
_ENGLISH_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_INDONESIAN_DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
_DATE_TOKEN = re.compile(r'\[h+\]|\[m+\]|\[s+\]|"[^"]*"|\\.|am/pm|a/p|y+|m+|d+|h+|s+|0+|.', re.IGNORECASE | re.DOTALL)
_DATE_TYPES = frozenset({"DATE", "TIME", "DATE_TIME"})


@dataclass(frozen=True, slots=True)
class LocaleRules:
    """What a spreadsheet's locale decides: marks, names and the default patterns."""

    decimal: str
    thousands: str
    day_first: bool
    months: list[str]
    days: list[str]
    date: str
    time: str


ENGLISH = LocaleRules(".", ",", False, _ENGLISH_MONTHS, _ENGLISH_DAYS, "m/d/yyyy", "h:mm:ss am/pm")
# CLDR's Indonesian forms: 24/11/2026 and 09.30.00; what Google itself shows was not recorded.
INDONESIAN = LocaleRules(",", ".", True, _INDONESIAN_MONTHS, _INDONESIAN_DAYS, "dd/mm/yyyy", "hh.mm.ss")


def rules(locale: str) -> LocaleRules:
    """The rules of ``id_ID`` (or ``in_ID``); every other locale is treated as en_US."""
    return INDONESIAN if locale.split("_")[0] in ("id", "in") else ENGLISH


def is_date(number_format: dict[str, str] | None) -> bool:
    """True for the formats whose numbers are moments: dateTimeRenderOption concerns these."""
    return bool(number_format) and (number_format or {}).get("type") in _DATE_TYPES


def serial(moment: datetime) -> float:
    """Days since 1899-12-30, the fraction being the time of day."""
    days = (moment - EPOCH) / timedelta(days=1)
    return int(days) if days == int(days) else days


def shown(value: float, number_format: dict[str, str] | None, locale: str) -> str:
    """The number as the cell shows it."""
    marks = rules(locale)
    kind = (number_format or {}).get("type", "")
    pattern = (number_format or {}).get("pattern", "")
    if kind in _DATE_TYPES:
        default = {"DATE": marks.date, "TIME": marks.time, "DATE_TIME": f"{marks.date} {marks.time.replace('hh', 'h')}"}
        return _date_shown(value, pattern or default[kind], marks)
    if not pattern:
        pattern = {"PERCENT": "0.00%", "CURRENCY": "#,##0.00", "SCIENTIFIC": "0.00E+00"}.get(kind, "")
    if kind == "TEXT" or pattern in ("", "@", "General"):
        return automatic(value, marks)
    return _number_shown(value, pattern, marks)


def automatic(value: float, marks: LocaleRules) -> str:
    """The automatic format: whole numbers in full up to 15 digits, others to ten significant digits."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.10g}"
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        if -10 <= int(exponent) < 0:
            text = f"{value:.{9 - int(exponent)}f}".rstrip("0")
        else:
            text = f"{mantissa}E{int(exponent):+03d}"
    return text.replace(".", marks.decimal)


def _number_shown(value: float, pattern: str, marks: LocaleRules) -> str:
    sections = pattern.split(";")
    if value < 0 and len(sections) > 1:
        pattern, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        pattern = sections[2]
    else:
        pattern = sections[0]
    literal = re.compile(r'"([^"]*)"|\\(.)|_.|\[[^\]]*\]')
    pieces = re.search(r"[#0?][#0?,]*(\.[#0?]*)?(E\+0+)?%?", pattern)
    if pieces is None:
        return literal.sub(lambda found: found.group(1) or found.group(2) or "", pattern)
    core = pieces.group()
    if core.endswith("%"):
        value *= 100
    body, _, exponent = core.rstrip("%").partition("E+")
    whole, _, decimals = body.partition(".")
    fixed = decimals.count("0")
    if exponent:
        mantissa, _, power = f"{abs(value):.{fixed}e}".partition("e")
        text = f"{mantissa}E{int(power):+0{len(exponent) + 1}d}".replace(".", marks.decimal)
    else:
        digits = f"{abs(value):.{len(decimals)}f}"
        integer, _, fraction = digits.partition(".")
        while len(fraction) > fixed and fraction.endswith("0"):
            fraction = fraction[:-1]
        integer = integer.zfill(whole.replace(",", "").count("0"))
        if "," in whole:
            integer = f"{int(integer):,}".replace(",", marks.thousands)
        text = integer + (marks.decimal + fraction if fraction else "")
    sign = "-" if value < 0 and any(digit in text for digit in "123456789") else ""
    before, after = pattern[: pieces.start()], pattern[pieces.end() :]
    clean = [literal.sub(lambda found: found.group(1) or found.group(2) or "", part) for part in (before, after)]
    return sign + clean[0] + text + ("%" if core.endswith("%") else "") + clean[1]


def _date_shown(value: float, pattern: str, marks: LocaleRules) -> str:
    moment = EPOCH + timedelta(seconds=round(value * 86400))
    tokens = _DATE_TOKEN.findall(pattern)
    twelve = any(token.lower() in ("am/pm", "a/p") for token in tokens)
    text = ""
    for index, token in enumerate(tokens):
        kind, size = token[0].lower(), len(token)
        if token.startswith('"') or token.startswith("\\"):
            text += token.strip('"') if token.startswith('"') else token[1:]
        elif token.startswith("[") and size > 2:
            unit = {"h": 3600, "m": 60, "s": 1}[token[1].lower()]
            text += str(round(value * 86400) // unit).zfill(size - 2)
        elif kind == "y":
            text += f"{moment.year:04d}" if size > 2 else f"{moment.year % 100:02d}"
        elif kind == "d":
            name = marks.days[moment.weekday()]
            text += name if size > 3 else name[:3] if size == 3 else f"{moment.day:0{size}d}"
        elif kind == "h":
            hour = (moment.hour % 12 or 12) if twelve else moment.hour
            text += f"{hour:0{size}d}"
        elif kind == "s":
            text += f"{moment.second:0{size}d}"
        elif kind == "m" and _means_minutes(tokens, index):
            text += f"{moment.minute:0{size}d}"
        elif kind == "m":
            name = marks.months[moment.month - 1]
            text += name if size > 3 else name[:3] if size == 3 else f"{moment.month:0{size}d}"
        elif token.lower() == "am/pm":
            text += "AM" if moment.hour < 12 else "PM"
        elif token.lower() == "a/p":
            text += "A" if moment.hour < 12 else "P"
        else:
            text += token
    return text


def _means_minutes(tokens: list[str], index: int) -> bool:
    letters = [token[0].lower() if token[0] != "[" else token[1:2].lower() for token in tokens]
    before = next((letter for letter in reversed(letters[:index]) if letter in "ymdhs"), "")
    after = next((letter for letter in letters[index + 1 :] if letter in "ymdhs"), "")
    return before == "h" or after == "s"

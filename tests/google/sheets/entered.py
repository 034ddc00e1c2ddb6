"""USER_ENTERED input: a text read as if a person had typed it into a cell.

"Strings may be converted to numbers, dates, etc. following the same rules that are applied when entering text into
a cell via the Google Sheets UI" (ValueInputOption in the discovery document). What is recorded: ``2020-01-01`` a
date shown as typed, ``2,000,000.01`` a number shown as typed, ``0042`` the number 42.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from tests.google.sheets import patterns
from tests.google.sheets.model import Formula, Scalar

NumberFormat = dict[str, str]
Read = tuple[Scalar | Formula, NumberFormat | None]

_ISO_DATE = re.compile(r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$")
_LOCAL_DATE = re.compile(r"^(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})$")
_SHORT_DATE = re.compile(r"^(\d{1,2})([/-])(\d{1,2})$")
_NAMED_MONTH = re.compile(r"^(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})$")
_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp][Mm]))?$")
# Indonesian clocks are written with a dot; that Google reads them so in an id_ID sheet is CLDR's form, not recorded.
_DOTTED_CLOCK = re.compile(r"^(\d{1,2})\.(\d{2})(?:\.(\d{2}))?$")


def read(text: str, locale: str) -> Read:
    """The value, and the number format the cell gets if it had none."""
    if text.startswith("'"):
        return text[1:], None
    if text.startswith("=") and len(text) > 1:
        return Formula(text), None
    marks = patterns.rules(locale)
    stripped = text.strip()
    if re.match(r"^\+[\w(]", stripped) and _number(stripped, marks) is None:
        # A leading plus begins a formula: why phone numbers typed with +62 and dashes turn into sums or #ERROR!
        return Formula("=" + stripped), None
    if stripped.upper() in ("TRUE", "FALSE"):
        return stripped.upper() == "TRUE", None
    return _moment(stripped, marks) or _number(stripped, marks) or (text, None)


def _number(text: str, marks: patterns.LocaleRules) -> Read | None:
    sign, body, prefix = "", text, ""
    if body[:1] in ("+", "-"):
        sign, body = body[0].replace("+", ""), body[1:].lstrip()
    for currency in ("$", "Rp"):
        if body.startswith(currency):
            prefix, body = currency, body[len(currency) :].lstrip()
    percent = body.endswith("%")
    body = body.removesuffix("%").rstrip()
    decimal, thousands = re.escape(marks.decimal), re.escape(marks.thousands)
    found = re.match(rf"^(\d+|\d{{1,3}}(?:{thousands}\d{{3}})+)?(?:{decimal}(\d*))?([eE][+-]?\d+)?$", body)
    if found is None or not (found.group(1) or found.group(2)):
        return None
    whole, fraction, exponent = (part or "" for part in found.groups())
    grouped = marks.thousands in whole
    plain = f"{sign}{whole.replace(marks.thousands, '') or '0'}.{fraction or '0'}{exponent}"
    value: float = float(plain)
    if percent:
        value /= 100
    number: Scalar = int(value) if value == int(value) and abs(value) < 1e15 else value
    places = "." + "0" * 2 if fraction else ""
    if prefix:
        return number, {"type": "CURRENCY", "pattern": f'"{prefix}"#,##0{places}'}
    if percent:
        return number, {"type": "PERCENT", "pattern": f"0{places}%"}
    if exponent:
        return number, {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    if grouped:
        return number, {"type": "NUMBER", "pattern": f"#,##0{places}"}
    return number, None


def _moment(text: str, marks: patterns.LocaleRules) -> Read | None:
    if (named := _named_month(text, marks)) is not None:
        return patterns.serial(named[0]), {"type": "DATE", "pattern": named[1]}
    date_part, _, time_part = text.replace("T", " ", 1).partition(" ") if text[:1].isdigit() else (text, "", "")
    if (day := _date(date_part, marks)) is not None:
        moment, pattern = day
        if not time_part:
            return patterns.serial(moment), {"type": "DATE", "pattern": pattern}
        clock = _time(time_part.strip(), marks)
        if clock is None:
            return None
        return patterns.serial(moment + clock[0]), {"type": "DATE_TIME", "pattern": f"{pattern} {clock[1]}"}
    clock = _time(text, marks)
    if clock is None:
        return None
    return clock[0] / timedelta(days=1), {"type": "TIME", "pattern": clock[1]}


def _date(text: str, marks: patterns.LocaleRules) -> tuple[datetime, str] | None:
    if found := _ISO_DATE.match(text):
        year, month, day = (int(part) for part in found.groups())
        pattern = "yyyy-mm-dd" if "-" in text else "yyyy/mm/dd"
    elif found := _LOCAL_DATE.match(text):
        first, mark, second, last = found.groups()
        day, month = (int(first), int(second)) if marks.day_first else (int(second), int(first))
        year = int(last) if len(last) == 4 else 2000 + int(last) if int(last) < 50 else 1900 + int(last)
        halves = ("dd", "mm") if marks.day_first else ("m", "d")
        pattern = mark.join((*halves, "yyyy" if len(last) == 4 else "yy"))
    elif found := _SHORT_DATE.match(text):
        first, mark, second = found.groups()
        day, month = (int(first), int(second)) if marks.day_first else (int(second), int(first))
        year, pattern = datetime.now(UTC).year, mark.join(("d", "m") if marks.day_first else ("m", "d"))
    else:
        return None
    try:
        return datetime(year, month, day), pattern
    except ValueError:
        return None


def _named_month(text: str, marks: patterns.LocaleRules) -> tuple[datetime, str] | None:
    found = _NAMED_MONTH.match(text)
    if found is None:
        return None
    day, name, year = found.groups()
    for number, month in enumerate(marks.months, 1):
        if name.casefold() in (month.casefold(), month[:3].casefold()):
            try:
                return datetime(int(year), number, int(day)), "d mmmm yyyy" if len(name) > 3 else "d mmm yyyy"
            except ValueError:
                return None
    return None


def _time(text: str, marks: patterns.LocaleRules) -> tuple[timedelta, str] | None:
    found = _CLOCK.match(text) or (_DOTTED_CLOCK.match(text) if marks.day_first else None)
    if found is None:
        return None
    hour, minute, second = int(found.group(1)), int(found.group(2)), int(found.group(3) or 0)
    half = found.group(4) if found.re is _CLOCK else None
    if hour > 24 or minute > 59 or second > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    mark = ":" if found.re is _CLOCK else "."
    pattern = ("hh" if mark == "." else "h") + f"{mark}mm" + (f"{mark}ss" if found.group(3) else "")
    return timedelta(hours=hour, minutes=minute, seconds=second), pattern + (" am/pm" if half else "")

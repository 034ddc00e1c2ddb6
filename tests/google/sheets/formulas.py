"""What a formula yields. Not a calculation engine: literals, arithmetic, references and a handful of functions.

Anything else is ``#NAME?``, or what a test has set for it (``Spreadsheet.formula_values``).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.google.errors import ApiError
from tests.google.sheets import a1
from tests.google.sheets.model import ErrorValue, Formula, Scalar, Sheet, Spreadsheet

Result = Scalar | ErrorValue | None

NAME = ErrorValue("NAME", "#NAME?", "Unknown function or name.")
DIVIDE = ErrorValue("DIVIDE_BY_ZERO", "#DIV/0!", "Function DIVIDE parameter 2 cannot be zero.")
REF = ErrorValue("REF", "#REF!", "Reference does not exist.")
VALUE = ErrorValue("VALUE", "#VALUE!", "Expected a number.")
PARSE = ErrorValue("ERROR", "#ERROR!", "Formula parse error.")

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w!])
        |(?P<text>"(?:[^"]|"")*")
        |(?P<ref>(?:(?:'(?:[^']|'')*'|[^\W\d]\w*)!)?\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)(?![\w(])
        |(?P<area>(?:(?:'(?:[^']|'')*'|[^\W\d]\w*)!)?\$?[A-Za-z]{1,3}\d*:\$?[A-Za-z]{1,3}\d*)(?![\w(])
        |(?P<name>[A-Za-z_][\w.]*)
        |(?P<mark><>|<=|>=|[-+*/^&=<>(),;%{}]))""",
    re.VERBOSE,
)


class _Failed(Exception):
    def __init__(self, error: ErrorValue) -> None:
        self.error = error


class Evaluator:
    """Evaluates cells of one spreadsheet, remembering what is being worked out to catch circles."""

    def __init__(self, book: Spreadsheet) -> None:
        self.book = book
        self._open: set[tuple[int, int, int]] = set()
        self._known: dict[tuple[int, int, int], Result] = {}

    def cell(self, sheet: Sheet, row: int, column: int) -> Result:
        """The effective value of a cell."""
        value = sheet.cell(row, column).value
        if not isinstance(value, Formula):
            return value
        key = (sheet.sheet_id, row, column)
        if key in self._known:
            return self._known[key]
        if key in self._open:
            return ErrorValue("REF", "#REF!", "Circular dependency detected.")
        self._open.add(key)
        try:
            self._known[key] = self.formula(value.text, sheet)
        finally:
            self._open.discard(key)
        return self._known[key]

    def formula(self, text: str, sheet: Sheet) -> Result:
        """The value of a formula that stands on ``sheet``."""
        if text in self.book.formula_values:
            return self.book.formula_values[text]
        try:
            return _Parser(self, sheet, text[1:]).value()
        except _Failed as failed:
            return failed.error

    def cells(self, sheet: Sheet, reference: str) -> list[Result]:
        """The effective values of a reference, row by row."""
        try:
            found = a1.parse(self.book, reference if "!" in reference else f"{a1.quoted(sheet.title)}!{reference}")
            area = found.area()
        except ApiError:
            raise _Failed(REF) from None
        rows, columns = range(area.top, area.bottom), range(area.left, area.right)
        return [self.cell(found.sheet, row, column) for row in rows for column in columns]


class _Parser:
    def __init__(self, evaluator: Evaluator, sheet: Sheet, text: str) -> None:
        self.evaluator, self.sheet = evaluator, sheet
        self.tokens: list[tuple[str, str]] = []
        position, text = 0, text.rstrip()
        while position < len(text):
            found = _TOKEN.match(text, position)
            if found is None or found.lastgroup is None:
                raise _Failed(PARSE)
            self.tokens.append((found.lastgroup, found.group(found.lastgroup)))
            position = found.end()

    def value(self) -> Result:
        result = self._compare()
        if self.tokens:
            raise _Failed(PARSE)
        return result

    def _next(self, *marks: str) -> str | None:
        if self.tokens and self.tokens[0][0] == "mark" and self.tokens[0][1] in marks:
            return self.tokens.pop(0)[1]
        return None

    def _compare(self) -> Result:
        left = self._join()
        while mark := self._next("=", "<>", "<", ">", "<=", ">="):
            right = self._join()
            a, b = (x.casefold() if isinstance(x, str) else x for x in (left, right))
            if mark in ("=", "<>"):
                left = (a == b) == (mark == "=")
            else:
                a, b = _number(a), _number(b)
                left = {"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}[mark]
        return left

    def _join(self) -> Result:
        left = self._sum()
        while self._next("&"):
            left = _text(left) + _text(self._sum())
        return left

    def _sum(self) -> Result:
        left = self._product()
        while mark := self._next("+", "-"):
            right = _number(self._product())
            left = _tidy(_number(left) + (right if mark == "+" else -right))
        return left

    def _product(self) -> Result:
        left = self._power()
        while mark := self._next("*", "/"):
            right = _number(self._power())
            if mark == "/" and right == 0:
                raise _Failed(DIVIDE)
            left = _tidy(_number(left) * right if mark == "*" else _number(left) / right)
        return left

    def _power(self) -> Result:
        left = self._unary()
        while self._next("^"):
            left = _tidy(float(_number(left) ** _number(self._unary())))
        return left

    def _unary(self) -> Result:
        if self._next("-"):
            return _tidy(-_number(self._unary()))
        if self._next("+"):
            return self._unary()
        result = self._atom()
        while self._next("%"):
            result = _tidy(_number(result) / 100)
        return result

    def _atom(self) -> Result:
        if not self.tokens:
            raise _Failed(PARSE)
        kind, text = self.tokens.pop(0)
        if kind == "number":
            return _tidy(float(text))
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "ref" and ":" not in text:
            return _checked(self.evaluator.cells(self.sheet, text)[0])
        if kind == "mark" and text == "(":
            inside = self._compare()
            if not self._next(")"):
                raise _Failed(PARSE)
            return inside
        if kind == "name" and self._next("("):
            return self._call(text.upper())
        if kind == "name" and text.upper() in ("TRUE", "FALSE"):
            return text.upper() == "TRUE"
        raise _Failed(NAME if kind == "name" else PARSE)

    def _call(self, name: str) -> Result:
        function = _FUNCTIONS.get(name)
        if function is None:
            raise _Failed(ErrorValue("NAME", "#NAME?", f"Unknown function: '{name}'."))
        arguments: list[Result] = []
        while not self._next(")"):
            if self.tokens and self.tokens[0][0] in ("ref", "area") and ":" in self.tokens[0][1]:
                arguments.extend(self.evaluator.cells(self.sheet, self.tokens.pop(0)[1]))
            else:
                arguments.append(self._compare())
            if not self._next(",", ";") and not (self.tokens and self.tokens[0] == ("mark", ")")):
                raise _Failed(PARSE)
        return function([_checked(argument) for argument in arguments])


def _checked(value: Result) -> Result:
    if isinstance(value, ErrorValue):
        raise _Failed(value)
    return value


def _number(value: Result) -> float:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return value
    if value is None or value == "":
        return 0
    try:
        return float(str(value))
    except ValueError:
        raise _Failed(VALUE) from None


def _text(value: Result) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)


def _tidy(value: float) -> Scalar:
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def _numbers(values: list[Result]) -> list[float]:
    return [value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)]


def _hyperlink(values: list[Result]) -> Result:
    return values[1] if len(values) > 1 else values[0]


_FUNCTIONS: dict[str, Callable[[list[Result]], Result]] = {
    "SUM": lambda values: _tidy(sum(_numbers(values))),
    "COUNT": lambda values: len(_numbers(values)),
    "COUNTA": lambda values: sum(value is not None and value != "" for value in values),
    "MAX": lambda values: max(_numbers(values), default=0),
    "MIN": lambda values: min(_numbers(values), default=0),
    "CONCATENATE": lambda values: "".join(_text(value) for value in values),
    "HYPERLINK": _hyperlink,
    "IF": lambda values: values[1] if values[0] else (values[2] if len(values) > 2 else False),
}

"""The search language of files.list.

https://developers.google.com/workspace/drive/api/guides/search-files; a clause the stand-in cannot read is refused with
400 as Drive refuses a bad query, never taken for true.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from tests.google.calls import Call
from tests.google.drive.access import is_trashed, root_id
from tests.google.errors import ApiError
from tests.google.state import DriveFile

Test = Callable[[DriveFile], bool]

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<word>[A-Za-z]\w*)|(?P<mark><=|>=|!=|[=<>(){}]))""",
    re.DOTALL,
)


def bad_query() -> ApiError:
    """Drive's answer to a query it cannot read."""
    return ApiError(400, "Invalid Value", "invalid", location="q")


def compile_query(call: Call, text: str) -> Test:
    """The query as a test on files. Raises 400."""
    parser = _Parser(call, text)
    test = parser.either()
    if parser.tokens:
        raise bad_query()
    return test


class _Parser:
    def __init__(self, call: Call, text: str) -> None:
        self.call = call
        self.tokens: list[tuple[str, str]] = []
        position, text = 0, text.rstrip()
        while position < len(text):
            found = _TOKEN.match(text, position)
            if found is None or found.lastgroup is None:
                raise bad_query()
            self.tokens.append((found.lastgroup, found.group(found.lastgroup)))
            position = found.end()

    def _take(self, kind: str, *values: str) -> str | None:
        if self.tokens and self.tokens[0][0] == kind and (not values or self.tokens[0][1] in values):
            return self.tokens.pop(0)[1]
        return None

    def _need(self, kind: str, *values: str) -> str:
        found = self._take(kind, *values)
        if found is None:
            raise bad_query()
        return found

    def _text(self) -> str:
        return re.sub(r"\\(.)", r"\1", self._need("text")[1:-1])

    def either(self) -> Test:
        tests = [self.both()]
        while self._take("word", "or"):
            tests.append(self.both())
        return tests[0] if len(tests) == 1 else lambda entry: any(test(entry) for test in tests)

    def both(self) -> Test:
        tests = [self.negated()]
        while self._take("word", "and"):
            tests.append(self.negated())
        return tests[0] if len(tests) == 1 else lambda entry: all(test(entry) for test in tests)

    def negated(self) -> Test:
        if self._take("word", "not"):
            test = self.negated()
            return lambda entry: not test(entry)
        if self._take("mark", "("):
            test = self.either()
            self._need("mark", ")")
            return test
        return self.clause()

    def clause(self) -> Test:
        if self.tokens and self.tokens[0][0] == "text":
            return self._membership(self._text())
        field = self._need("word")
        if field in ("name", "mimeType"):
            return self._string(field)
        if field in ("trashed", "starred"):
            return self._flag(field)
        if field in ("appProperties", "properties"):
            return self._property(field)
        if field in ("modifiedTime", "createdTime"):
            return self._time(field)
        raise bad_query()

    def _membership(self, value: str) -> Test:
        self._need("word", "in")
        where = self._need("word", "parents", "owners", "writers")
        email = self.call.principal.email
        if where == "parents":
            wanted = root_id(email) if value == "root" else value
            return lambda entry: wanted in entry.parents
        person = email if value == "me" else value
        if where == "owners":
            return lambda entry: entry.owner == person
        return lambda entry: any(
            held.get("emailAddress") == person and held["role"] in ("writer", "fileOrganizer", "organizer")
            for held in entry.permissions
        )

    def _string(self, field: str) -> Test:
        def held(entry: DriveFile) -> str:
            return entry.name if field == "name" else entry.mime_type

        if self._take("word", "contains"):
            wanted = self._text().casefold()
            # "The contains operator only performs prefix matching for a name term."
            return lambda entry: re.search(r"(?:^|\W|_)" + re.escape(wanted), held(entry).casefold()) is not None
        mark, value = self._need("mark", "=", "!="), self._text()
        return lambda entry: (held(entry) == value) == (mark == "=")

    def _flag(self, field: str) -> Test:
        mark, wanted = self._need("mark", "=", "!="), self._need("word", "true", "false") == "true"
        if mark == "!=":
            wanted = not wanted
        if field == "trashed":
            return lambda entry: is_trashed(self.call.state, entry) == wanted
        return lambda entry: bool(entry.metadata.get("starred")) == wanted

    def _property(self, field: str) -> Test:
        self._need("word", "has")
        self._need("mark", "{")
        self._need("word", "key")
        self._need("mark", "=")
        key = self._text()
        self._need("word", "and")
        self._need("word", "value")
        self._need("mark", "=")
        value = self._text()
        self._need("mark", "}")
        if field == "properties":
            return lambda entry: entry.properties.get(key) == value
        return lambda entry: entry.app_properties.get(key) == value

    def _time(self, field: str) -> Test:
        mark, text = self._need("mark", "=", "!=", "<", "<=", ">", ">="), self._text()
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise bad_query() from None
        if moment.tzinfo is None:
            moment = moment.astimezone()

        def test(entry: DriveFile) -> bool:
            held = entry.modified if field == "modifiedTime" else entry.created
            return {
                "=": held == moment,
                "!=": held != moment,
                "<": held < moment,
                "<=": held <= moment,
                ">": held > moment,
                ">=": held >= moment,
            }[mark]

        return test

"""The spreadsheet: read, see what it lacks, add that in one batch; and again where an answer was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from sync.domain.response_tab import headers_of
from sync.domain.table import header_key
from sync.domain.tabs import Columns, ResponseCells
from sync.errors import AgendaError
from sync.workspace.google.admin import words
from sync.workspace.google.admin.book_found import FoundTab, find_book
from sync.workspace.google.admin.book_plan import BookPlan, Wanted, plan_book
from sync.workspace.google.admin.errors import Unsettled
from sync.workspace.google.errors import CellsProtected
from sync.workspace.google.failures import CallFailed, Outcome, operator_error
from sync.workspace.google.sheets import SheetClient
from sync.workspace.google.snapshot import KEY, PLACE
from sync.workspace.google.transport import Json

_ATTEMPTS = 4


def complete_book(sheets: SheetClient, wanted: Wanted) -> BookPlan:
    """Add what the spreadsheet lacks, all or nothing; what was added stands in the plan returned.

    The locale is set beforehand and apart, so that nothing is refused with it.

    Raises:
        CellsProtected, Unsettled, AccessRefused, TryLater.
    """
    told: list[str] = []
    locale: _Locale | None = None
    try:
        for _ in range(_ATTEMPTS):
            plan = plan_book(wanted, find_book(sheets))
            if plan.sets_locale and locale is None:
                locale = _set_locale(sheets)
            if not plan.requests:
                plan.done = told
                return _with_locale(plan, locale)
            told = plan.done
            if _sent(sheets, plan.requests):
                return _with_locale(plan, locale)
    except CallFailed as failed:
        raise _error(failed) from failed
    raise Unsettled(PLACE)


@dataclass(frozen=True, slots=True)
class _Locale:
    """What Google made of the locale: its code as read back, and whether that is Indonesia's."""

    code: str
    taken: bool


def _set_locale(sheets: SheetClient) -> _Locale:
    """Try Indonesia's codes until one is in force; what Google answers is not believed, but read back.

    Raises:
        CallFailed: for anything but a refusal of the code.
    """
    code = ""
    for wanted in words.LOCALES:
        change = {"properties": {"locale": wanted}, "fields": "locale"}
        for _ in range(_ATTEMPTS):
            try:
                is_answered = _sent(sheets, [{"updateSpreadsheetProperties": change}])
            except CallFailed as failed:
                if failed.failure.status != HTTPStatus.BAD_REQUEST:
                    raise
                break
            code = str(sheets.get("properties(locale)").get("properties", {}).get("locale", ""))
            if words.is_indonesian(code):
                return _Locale(code, taken=True)
            if is_answered:
                break
    return _Locale(code, taken=False)


def _with_locale(plan: BookPlan, locale: _Locale | None) -> BookPlan:
    if locale is not None and locale.taken:
        plan.done = [f"spreadsheet: locale {locale.code} set", *plan.done]
    elif locale is not None:
        plan.left = [
            *plan.left,
            f"spreadsheet: Google took none of the codes {', '.join(words.LOCALES)} for its locale. Set it by hand "
            "(File, Settings, Locale: Indonesia), so that 24/11 is a date; everything else was set up",
        ]
    return plan


@dataclass(frozen=True, slots=True)
class ResponseTab:
    """The tab that the form writes to: whether it was found, what it lacks, and who else looks like it."""

    found: bool
    missing: tuple[str, ...] = ()
    first_header: str = ""
    doubles: tuple[str, ...] = ()
    renamed: bool = False


def settle_response_tab(sheets: SheetClient, wanted: Wanted, columns: Columns[ResponseCells]) -> ResponseTab:
    """Find the tab that the form made for its responses, and give it the name that config.yaml says.

    Google calls it "Form Responses 1", or that in the language of whoever linked it. It is known by its headers, which
    are the form's questions (the moment's own header is worded by Google).

    Raises:
        Unsettled, AccessRefused, TryLater.
    """
    fields = tuple(columns.headers)
    ours = {header_key(tab.name) for tab in wanted.layout.tabs}
    renamed = False
    try:
        for _ in range(_ATTEMPTS):
            book = find_book(sheets)
            alike = [
                tab for tab in book.tabs if header_key(tab.title) not in ours and not _missing(tab, columns, fields[1:])
            ]
            named = book.tab(columns.tab)
            if named is not None:
                first = named.headers[0] if named.headers else ""
                missing = tuple(_missing(named, columns, fields))
                return ResponseTab(True, missing, first, tuple(tab.title for tab in alike), renamed)
            if len(alike) != 1:
                return ResponseTab(False, doubles=tuple(tab.title for tab in alike))
            properties = {"sheetId": alike[0].sheet_id, "title": columns.tab}
            renamed = True
            _sent(sheets, [{"updateSheetProperties": {"properties": properties, "fields": "title"}}])
    except CallFailed as failed:
        raise _error(failed) from failed
    raise Unsettled(PLACE)


def _missing(tab: FoundTab, columns: Columns[ResponseCells], fields: Sequence[str]) -> list[str]:
    there = {header_key(header) for header in tab.headers}
    return [
        columns.header(field)
        for field in fields
        if not any(header_key(header) in there for header in headers_of(field, columns))
    ]


def _sent(sheets: SheetClient, requests: list[Json]) -> bool:
    """Send a batch; False where it may have taken effect or not, so that the book has to be looked at again."""
    try:
        sheets.write(requests, (), "spreadsheetId")
    except CallFailed as failed:
        if failed.failure.outcome is Outcome.UNKNOWN:
            return False
        raise
    return True


def _error(failed: CallFailed) -> AgendaError:
    if "protected cell or object" in failed.failure.message.casefold():
        return CellsProtected(PLACE)
    return operator_error(failed.failure, PLACE, KEY)

"""The HTTP layer: what is repeated and what is not, how long, how evenly, and where calls go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import AccessRefused, SafetyStop, TryLater
from sync.workspace.google.errors import (
    EmulatorNotLocal,
    FolderRefused,
    NotShared,
    NotThere,
    QuotaExhausted,
    RequestRefused,
    RequestTooLarge,
    ScopeMissing,
    ServiceDisabled,
    StorageFull,
)
from sync.workspace.google.failures import CallFailed, Failure, Outcome, failure_of, operator_error
from sync.workspace.google.hosts import VARIABLE, emulator_host, mapped
from sync.workspace.google.pacing import Bucket, Pacer, Rate
from sync.workspace.google.retry import Repeat, Retrier, RetryRule
from tests.google.faults import HTML_502
from tests.google_backend.office import Clock

DONE, UNSURE, NO, TOKEN = Outcome.NOT_DONE, Outcome.UNKNOWN, Outcome.REFUSED, Outcome.UNAUTHENTICATED


@pytest.mark.parametrize(
    ("status", "reason", "outcome", "error"),
    [
        (429, "", DONE, QuotaExhausted),
        (403, "rateLimitExceeded", DONE, QuotaExhausted),
        (403, "userRateLimitExceeded", DONE, QuotaExhausted),
        (403, "RATE_LIMIT_EXCEEDED", DONE, QuotaExhausted),
        (403, "dailyLimitExceeded", NO, QuotaExhausted),
        (403, "sharingRateLimitExceeded", NO, QuotaExhausted),
        (403, "storageQuotaExceeded", NO, StorageFull),
        (403, "quotaExceeded", NO, StorageFull),
        (403, "insufficientFilePermissions", NO, NotShared),
        (403, "appNotAuthorizedToFile", NO, NotShared),
        (403, "PERMISSION_DENIED", NO, NotShared),
        (403, "insufficientParentPermissions", NO, FolderRefused),
        (403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", NO, ScopeMissing),
        (403, "SERVICE_DISABLED", NO, ServiceDisabled),
        (403, "accessNotConfigured", NO, ServiceDisabled),
        (401, "authError", TOKEN, NotShared),
        (404, "notFound", NO, NotThere),
        (400, "INVALID_ARGUMENT", NO, RequestRefused),
        (408, "", UNSURE, TryLater),
        (500, "", UNSURE, TryLater),
        (502, "", UNSURE, TryLater),
        (503, "UNAVAILABLE", UNSURE, TryLater),
        (504, "", UNSURE, TryLater),
        (200, "notJson", UNSURE, TryLater),
        (302, "", UNSURE, TryLater),
        (425, "", UNSURE, TryLater),
        (599, "", UNSURE, TryLater),
        (405, "", NO, RequestRefused),
        (411, "", NO, RequestRefused),
        (413, "", NO, RequestTooLarge),
        (414, "", NO, RequestRefused),
        (422, "", NO, RequestRefused),
        (501, "UNIMPLEMENTED", NO, RequestRefused),
        (505, "", NO, RequestRefused),
        (511, "", NO, RequestRefused),
        (0, "ReadTimeout", UNSURE, TryLater),
    ],
)
def test_each_failure_has_its_class(
    status: int, reason: str, outcome: Outcome, error: type[AccessRefused | TryLater | SafetyStop]
) -> None:
    failure = Failure(status, reason, "a sentence of Google's that may name Budi")

    assert failure.outcome is outcome
    said = operator_error(failure, "the spreadsheet", "workspace.google.spreadsheet_id")
    assert isinstance(said, error)
    assert str(said).startswith("the spreadsheet: ")
    assert "Budi" not in str(said)


@pytest.mark.parametrize("status", [401, 403, 407, 451, 501, 505, 511])
def test_a_refusal_without_a_word_of_googles_is_somebody_elses(status: int) -> None:
    """A proxy's page: sharing the spreadsheet with the job would not help, waiting for the network might."""
    said = operator_error(Failure(status), "the spreadsheet", "workspace.google.spreadsheet_id")

    assert isinstance(said, TryLater)
    assert "proxy" in str(said)


def test_both_families_of_error_bodies_and_a_gateways_page_are_read() -> None:
    drive = (
        b'{"error": {"code": 403, "message": "m", "errors": [{"domain": "global", "reason": "storageQuotaExceeded"}]}}'
    )
    sheets = b'{"error": {"code": 403, "message": "m", "status": "PERMISSION_DENIED", "details": [{"reason": "X"}]}}'
    bare = b'{"error": {"code": 404, "message": "m", "status": "NOT_FOUND"}}'
    bodies = (drive, sheets, bare, HTML_502.encode(), b"", b"[]", b'{"error": "x"}')

    assert [failure_of(_response(403, body)).reason for body in bodies] == [
        "storageQuotaExceeded",
        "X",
        "NOT_FOUND",
        "",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7.0), ("Tue, 24 Nov 2026 03:00:30 GMT", 30.0), ("soon", None), ("", None)]
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    response = _response(429, b"")
    response.headers["Retry-After"] = header

    assert failure_of(response, datetime(2026, 11, 24, 3, tzinfo=UTC)).retry_after == seconds


def _response(status: int, body: bytes) -> requests.Response:
    response = requests.Response()
    response.status_code, response._content = status, body
    return response


def failing(times: int, failure: Failure) -> tuple[Callable[[], str], list[int]]:
    calls: list[int] = []

    def once() -> str:
        calls.append(1)
        if len(calls) <= times:
            raise CallFailed(failure)
        return "done"

    return once, calls


@pytest.mark.parametrize("repeat", list(Repeat))
@pytest.mark.parametrize(
    "failure", [Failure(429), Failure(403, "rateLimitExceeded"), Failure(0, sent=False), Failure(503), Failure(0)]
)
def test_what_may_have_taken_effect_is_repeated_only_where_that_is_safe(repeat: Repeat, failure: Failure) -> None:
    clock = Clock()
    once, calls = failing(3, failure)
    retrier = Retrier(clock, clock.sleep, lambda: 1.0)
    if failure.outcome is Outcome.NOT_DONE or repeat is Repeat.SAFE:
        assert retrier.call(once, repeat) == "done"
        assert clock.slept == [1, 2, 4]
    else:
        with pytest.raises(CallFailed):
            retrier.call(once, repeat)
        assert len(calls) == 1


@pytest.mark.parametrize("failure", [Failure(400), Failure(404), Failure(403, "storageQuotaExceeded"), Failure(401)])
def test_a_refusal_is_never_repeated(failure: Failure) -> None:
    once, calls = failing(9, failure)
    with pytest.raises(CallFailed):
        Retrier(Clock(), Clock().sleep).call(once, Repeat.SAFE)
    assert len(calls) == 1


def test_the_deadline_ends_it_and_outlasts_a_minute() -> None:
    clock = Clock()
    once, calls = failing(99, Failure(503))
    with pytest.raises(CallFailed):
        Retrier(clock, clock.sleep, lambda: 1.0).call(once, Repeat.SAFE)

    assert 60 < sum(clock.slept) <= RetryRule().deadline
    assert len(calls) <= RetryRule().attempts


def test_google_is_asked_again_when_it_says_so_and_not_if_that_is_too_late() -> None:
    clock = Clock()
    once, _ = failing(1, Failure(429, retry_after=45))
    Retrier(clock, clock.sleep, lambda: 0.5).call(once, Repeat.UNLESS_DONE)
    assert clock.slept == [45.5]
    once, calls = failing(1, Failure(429, retry_after=3600))
    with pytest.raises(CallFailed):
        Retrier(clock, clock.sleep).call(once, Repeat.SAFE)
    assert len(calls) == 1


@given(st.lists(st.floats(0, 5), min_size=100, max_size=300))
def test_no_minute_has_more_calls_than_the_quota(gaps: list[float]) -> None:
    clock = Clock()
    pacer = Pacer(clock, clock.sleep)
    times = []
    for gap in gaps:
        clock.now += gap
        pacer.wait(Bucket.SHEETS_READ)
        times.append(clock.now)

    for start in times:
        assert sum(start <= at < start + 60 - 1e-6 for at in times) <= 60


def test_a_few_calls_are_not_held_up_and_then_they_are_even() -> None:
    clock = Clock()
    pacer = Pacer(clock, clock.sleep, {Bucket.DRIVE: Rate(burst=3, steady=30)})
    for _ in range(6):
        pacer.wait(Bucket.DRIVE)
    pacer.wait(Bucket.FORMS)

    assert clock.slept == pytest.approx([2, 2, 2])


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://sheets.googleapis.com/v4/spreadsheets/x:batchUpdate", "/v4/spreadsheets/x:batchUpdate"),
        (
            "https://www.googleapis.com/upload/drive/v3/files?uploadType=multipart",
            "/upload/drive/v3/files?uploadType=multipart",
        ),
        ("https://forms.googleapis.com/v1/forms/x", "/v1/forms/x"),
        ("https://oauth2.googleapis.com/token", "/token"),
        ("https://accounts.google.com/o/oauth2/auth", "/o/oauth2/auth"),
        (
            "https://iamcredentials.googleapis.com/v1/projects/-/x:generateAccessToken",
            "/v1/projects/-/x:generateAccessToken",
        ),
    ],
)
def test_every_google_host_is_mapped_with_path_and_query(url: str, target: str) -> None:
    assert mapped(url, "127.0.0.1:4000") == f"http://127.0.0.1:4000{target}"
    assert mapped(url, None) == url


def test_other_hosts_are_left_alone() -> None:
    for url in ("http://127.0.0.1:5000/token", "https://googleapis.com.example.org/", "https://example.org/a"):
        assert mapped(url, "127.0.0.1:4000") == url


@pytest.mark.parametrize("value", ["example.org:80", "10.0.0.1:80", "127.0.0.1", "http://127.0.0.1:80"])
def test_an_emulator_elsewhere_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(VARIABLE, value)
    with pytest.raises(EmulatorNotLocal):
        emulator_host()

"""The one way to Google over HTTP: identity, time-outs, pacing, retries and counting, for Sheets, Drive and Forms."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import requests
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import AuthorizedSession

from sync.workspace.google.failures import NOT_JSON, CallFailed, Failure, Outcome, failure_of, lost
from sync.workspace.google.hosts import TokenRequest, mapped
from sync.workspace.google.identity import Identity, is_temporary
from sync.workspace.google.pacing import Bucket, Pacer
from sync.workspace.google.retry import Repeat, Retrier
from sync.workspace.port import ApiCalls

Json = dict[str, Any]
Params = Mapping[str, str | Sequence[str]]

CONNECT_SECONDS = 10
READ_SECONDS = 180
"""A Sheets request is cut off by Google after 180 s: https://developers.google.com/workspace/sheets/api/limits"""


@dataclass(frozen=True, slots=True)
class Reply:
    """A successful reply; its JSON is parsed once."""

    status: int
    content: bytes
    data: Json = field(default_factory=dict)

    def json(self) -> Json:
        """Return the body, for gspread, which asks so."""
        return self.data


class Transport:
    """Sends calls. May be shared between threads: each has its own connections."""

    def __init__(self, identity: Identity, emulator: str | None, pacer: Pacer, retrier: Retrier) -> None:
        self._identity, self._emulator = identity, emulator
        self._pacer, self.retrier = pacer, retrier
        self._token_request = TokenRequest(emulator)
        self._threads = threading.local()
        self._lock = threading.Lock()
        self._counts: Counter[Bucket] = Counter()

    def send(
        self,
        bucket: Bucket,
        method: str,
        url: str,
        *,
        repeat: Repeat,
        params: Params | None = None,
        body: Json | None = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        is_json: bool = True,
    ) -> Reply:
        """Send one call and return its reply.

        Args:
            bucket: what its quota is counted in.
            repeat: whether it can be sent again after an unknown outcome.
            body: a JSON body; ``data`` a raw one.
            is_json: whether the reply has to be JSON.

        Raises:
            CallFailed: refused, or no good reply within the retries it may have.
            AccessRefused, ConfigurationError, TryLater: the job could not sign in.
        """
        if body is not None:
            data = json.dumps(body).encode()
            headers = {**(headers or {}), "Content-Type": "application/json"}
        target = mapped(url, self._emulator)

        def once() -> Reply:
            reply = self._once(bucket, method, target, params, data, headers)
            if not is_json:
                return Reply(reply.status_code, reply.content)
            try:
                answer = {} if reply.status_code == HTTPStatus.NO_CONTENT else reply.json()
            except requests.JSONDecodeError:
                answer = None
            if not isinstance(answer, dict):
                raise CallFailed(Failure(reply.status_code, NOT_JSON))
            return Reply(reply.status_code, b"", answer)

        return self.retrier.call(once, repeat)

    def counts(self) -> ApiCalls:
        """Return how many calls were sent so far, repeats too; asking for a token is not one."""
        with self._lock:
            return ApiCalls(
                sheets_read=self._counts[Bucket.SHEETS_READ],
                sheets_write=self._counts[Bucket.SHEETS_WRITE],
                drive=self._counts[Bucket.DRIVE],
                forms=self._counts[Bucket.FORMS],
            )

    def _once(
        self,
        bucket: Bucket,
        method: str,
        url: str,
        params: Params | None,
        data: bytes | None,
        headers: Mapping[str, str] | None,
    ) -> requests.Response:
        """Send once; after a 401 sign in anew and send once more (a token can die in mid-run)."""
        for last in (False, True):
            self._sign_in(anew=last)
            self._pacer.wait(bucket)
            with self._lock:
                self._counts[bucket] += 1
            response = self._exchange(method, url, params, data, headers)
            if response.ok:
                return response
            failure = failure_of(response)
            if failure.outcome is not Outcome.UNAUTHENTICATED or last:
                raise CallFailed(failure)
        raise AssertionError("the second round returns or raises")

    def _exchange(
        self, method: str, url: str, params: Params | None, data: bytes | None, headers: Mapping[str, str] | None
    ) -> requests.Response:
        try:
            response: requests.Response = self._session().request(  # type: ignore[no-untyped-call]  # google-auth
                method,
                url,
                params=params,
                data=data,
                headers=dict(headers or {}),
                timeout=(CONNECT_SECONDS, READ_SECONDS),
            )
        except requests.RequestException as error:
            raise CallFailed(lost(error)) from error
        except GoogleAuthError as error:
            # The token ran out between two looks at it, and a new one could not be had: the call never left.
            raise CallFailed(Failure(0, "noToken", sent=False)) from error
        return response

    def _sign_in(self, *, anew: bool) -> None:
        """Fetch a token where there is no good one: once, whatever the number of threads."""
        credentials = self._identity.credentials
        with self._lock:
            if credentials.valid and not anew:
                return
            try:
                credentials.refresh(self._token_request)
            except GoogleAuthError as error:
                if is_temporary(error):
                    raise CallFailed(Failure(0, "noToken", sent=False)) from error
                raise self._identity.refused(error, self._token_request.skew) from error

    def _session(self) -> AuthorizedSession:
        session: AuthorizedSession | None = getattr(self._threads, "session", None)
        if session is None:
            session = AuthorizedSession(  # type: ignore[no-untyped-call]  # google-auth
                self._identity.credentials, refresh_status_codes=(), auth_request=TokenRequest(self._emulator)
            )
            session.trust_env = self._emulator is None
            self._threads.session = session
        return session


def needed(answer: Json, key: str) -> Any:
    """Return what a good answer always has.

    Raises:
        CallFailed: it is not there, so whatever answered was not Google (a proxy that says ``{}``).
    """
    if not answer.get(key):
        raise CallFailed(Failure(HTTPStatus.OK, NOT_JSON))
    return answer[key]

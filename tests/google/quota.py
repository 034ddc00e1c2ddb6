"""Sheets' per-minute quotas.

60 reads and 60 writes a minute a user, 300 of each a project, in separate buckets; a batch counts as one request
(https://developers.google.com/workspace/sheets/api/limits). The stand-in is one project.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from tests.google.errors import ApiError

_MINUTE = timedelta(seconds=60)


class Quota:
    """Counts calls of the last minute. Off until ``enabled``: a test suite would use up real minutes."""

    def __init__(self) -> None:
        self.enabled = False
        self.per_user = 60
        self.per_project = 300
        self._buckets: dict[tuple[str, str], deque[datetime]] = {}

    def reset(self) -> None:
        """Forget all calls."""
        self._buckets.clear()

    def spend(self, kind: str, user: str, now: datetime) -> None:
        """Count one call of kind ``read`` or ``write``. Raises 429 when a bucket is empty."""
        if not self.enabled:
            return
        buckets = [
            (self._bucket(kind, user, now), self.per_user, f"{kind.capitalize()} requests per minute per user"),
            (self._bucket(kind, "", now), self.per_project, f"{kind.capitalize()} requests per minute"),
        ]
        for bucket, limit, name in buckets:
            if len(bucket) >= limit:
                raise exhausted(kind, name, limit)
        for bucket, _, _ in buckets:
            bucket.append(now)

    def _bucket(self, kind: str, user: str, now: datetime) -> deque[datetime]:
        bucket = self._buckets.setdefault((kind, user), deque())
        while bucket and bucket[0] <= now - _MINUTE:
            bucket.popleft()
        return bucket


def exhausted(kind: str, limit_name: str, limit: int) -> ApiError:
    """Google's 429, its wording as quoted in https://github.com/asweigart/ezsheets/issues/8."""
    noun = f"{kind.capitalize()} requests"
    message = (
        f"Quota exceeded for quota metric '{noun}' and limit '{limit_name}' of service 'sheets.googleapis.com' "
        "for consumer 'project_number:1234567890'."
    )
    detail = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": {
            "service": "sheets.googleapis.com",
            "consumer": "projects/1234567890",
            "quota_metric": f"sheets.googleapis.com/{kind}_requests",
            "quota_limit_value": str(limit),
            "quota_location": "global",
        },
    }
    return ApiError(429, message, "rateLimitExceeded", details=[detail])

"""The token endpoint: service-account assertions (jwt-bearer) and refresh tokens.

What it answers, and the errors, follow https://developers.google.com/identity/protocols/oauth2/service-account.
"""

from __future__ import annotations

import base64
import json
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from tests.google.calls import Principal
from tests.google.errors import denied, sheets_body

JsonObject = dict[str, Any]

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
IMPERSONATION = re.compile(r"^/v1/projects/-/serviceAccounts/([^/:]+):(generateAccessToken|signJwt)$")
CLOCK_SKEW = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)


@dataclass
class Tokens:
    """Tokens given out. Signatures are not checked: the stand-in holds no keys."""

    lifetime: int = 3600
    user: str = "user@example.com"
    """Whom a refresh token stands for."""
    clock_skew: float = 0.0
    """Seconds the token service's clock is ahead of the caller's; beyond 300 every assertion is refused."""
    disabled: set[str] = field(default_factory=set)
    """Accounts that were deleted, keys that were revoked, logins that were withdrawn."""
    issued: dict[str, tuple[Principal, float]] = field(default_factory=dict)
    _count: int = 0

    def principal(self, bearer: str) -> Principal | None:
        """Whose token it is; None for an unknown or expired one."""
        found = self.issued.get(bearer)
        if found is None or time.time() > found[1]:
            return None
        return found[0]

    def expire(self) -> None:
        """Every token given out so far stops working."""
        self.issued = {token: (principal, 0.0) for token, (principal, _) in self.issued.items()}

    def known(self, bearer: str) -> bool:
        """True for a token given out here, expired or not."""
        return bearer in self.issued

    def answer(self, body: bytes) -> tuple[int, JsonObject]:
        """POST /token"""
        form = {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        grant = form.get("grant_type", "")
        if grant == JWT_BEARER:
            return self._assertion(form.get("assertion", ""))
        if grant == "refresh_token":
            if not form.get("refresh_token") or not form.get("client_id"):
                return _refused("invalid_request", "Missing required parameter: refresh_token")
            if {form["refresh_token"], self.user} & self.disabled:
                return _refused("invalid_grant", "Token has been expired or revoked.")
            scopes = form.get("scope", "")
            return self._issue(Principal(self.user, False, tuple(scopes.split()) or None), scopes)
        return _refused("unsupported_grant_type", f"Invalid grant_type: {grant}")

    def _assertion(self, assertion: str) -> tuple[int, JsonObject]:
        try:
            head, payload, _ = assertion.split(".")
            claims = json.loads(_decoded(payload))
            algorithm = json.loads(_decoded(head))["alg"]
            issuer, issued, expires = str(claims["iss"]), float(claims["iat"]), float(claims["exp"])
        except (ValueError, KeyError, TypeError):
            return _refused("invalid_grant", "Invalid JWT: Failed to parse token.")
        if algorithm != "RS256":
            return _refused("invalid_grant", "Invalid JWT: unsupported algorithm.")
        if issuer in self.disabled:
            return _refused("invalid_grant", "Invalid grant: account not found")
        now = time.time() + self.clock_skew
        if issued > now + 300 or expires < now or expires - issued > 3600 + 300 or issued < now - 3600 - 300:
            return _refused("invalid_grant", CLOCK_SKEW)
        if self.clock_skew and abs(self.clock_skew) > 300:
            return _refused("invalid_grant", CLOCK_SKEW)
        scopes = str(claims.get("scope", ""))
        if not scopes:
            return _refused("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        subject = claims.get("sub")
        if subject and subject != issuer:
            return self._issue(Principal(str(subject), False, tuple(scopes.split())), scopes)
        return self._issue(Principal(issuer, True, tuple(scopes.split())), scopes)

    def _issue(self, principal: Principal, scopes: str) -> tuple[int, JsonObject]:
        self._count += 1
        token = f"ya29.stand-in-{self._count}"
        self.issued[token] = (principal, time.time() + self.lifetime)
        answer: JsonObject = {"access_token": token, "expires_in": self.lifetime, "token_type": "Bearer"}
        return 200, answer | ({"scope": scopes} if scopes else {})

    def impersonation(self, email: str, action: str, body: JsonObject) -> tuple[int, JsonObject]:
        """The IAM Credentials API: a token of another account, or its signature under an assertion.

        https://cloud.google.com/iam/docs/reference/credentials/rest; whoever asks may, unless the account is disabled.
        """
        if email in self.disabled:
            return 403, sheets_body(denied("Permission 'iam.serviceAccounts.getAccessToken' denied on resource."))
        if action == "signJwt":
            parts = [json.dumps({"alg": "RS256", "typ": "JWT"}), str(body["payload"]), "signature"]
            return 200, {"keyId": "1", "signedJwt": ".".join(_encoded(part) for part in parts)}
        scopes = " ".join(body.get("scope", []))
        _, given = self._issue(Principal(email, True, tuple(scopes.split())), scopes)
        expires = datetime.fromtimestamp(time.time() + self.lifetime, UTC)
        return 200, {"accessToken": given["access_token"], "expireTime": f"{expires:%Y-%m-%dT%H:%M:%SZ}"}


def _encoded(part: str) -> str:
    return base64.urlsafe_b64encode(part.encode()).decode().rstrip("=")


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _refused(error: str, description: str) -> tuple[int, JsonObject]:
    return 400, {"error": error, "error_description": description}

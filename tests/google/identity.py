"""A service account whose key was made on the spot, and the real gspread and google-auth sent to the stand-in."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlsplit

import gspread
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

JsonObject = dict[str, Any]

ROBOT = "agenda@stand-in.iam.gserviceaccount.com"
SCOPES = [
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive",
    "https://www.googleapis.com/auth/forms.body",
    "https://www.googleapis.com/auth/forms.responses.readonly",
]


@cache
def _private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def service_account_info(url: str, email: str = ROBOT) -> JsonObject:
    """The contents of a service-account key file whose token_uri is the stand-in's."""
    return {
        "type": "service_account",
        "project_id": "stand-in",
        "private_key_id": "1",
        "private_key": _private_key(),
        "client_email": email,
        "client_id": "1",
        "token_uri": f"{url}/token",
    }


def gspread_client(url: str, email: str = ROBOT, scopes: list[str] | None = None) -> gspread.Client:
    """gspread, unmodified but for the host its calls go to."""

    class Mapped(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, **more: Any) -> Any:  # type: ignore[override]
            return super().request(method, url + urlsplit(endpoint).path, **more)

    client = gspread.service_account_from_dict(
        service_account_info(url, email), scopes=scopes or SCOPES, http_client=Mapped
    )
    client.http_client.session.trust_env = False
    client.set_timeout((5, 20))
    return client

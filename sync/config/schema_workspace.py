"""The technical block of config.yaml: where the agenda book and the archive live (fixed by design)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from sync.config.scalars import Filled, FilledPath, OptionalPath, Section, Text


class LocalSection(Section):
    folder: FilledPath = "kantor"
    lama_terbuka: Annotated[int, Field(ge=1, le=1440)] = 15
    """Minutes that the book may be open in a spreadsheet program before a run says more than "try later"."""


class ShareSection(Section):
    """Whom ``agenda setup`` gives access to what it made. Readers and commenters get no access to the form's editor."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    role: Literal["reader", "commenter", "writer"]
    type: Literal["group", "user"] = "group"
    what: list[Literal["spreadsheet", "archive", "form"]] = []


class GoogleSection(Section):
    credentials: OptionalPath = "credentials/service-account.json"
    spreadsheet_id: Text = ""
    archive_folder_id: Text = ""
    form_id: Text = ""
    responses: Literal["sheet", "forms-api"] = "sheet"
    responses_tab: Filled = "Respons"
    identity: Literal["service-account", "impersonation", "application-default", "user"] = "service-account"
    impersonate: Text = ""
    subject: Text = ""
    client_secret: FilledPath = "credentials/client-secret.json"  # noqa: S105  # a path
    token: FilledPath = "credentials/token.json"  # noqa: S105  # a path
    lock: Literal["on-upload", "ensured", "off"] = "on-upload"
    parallel_uploads: Annotated[int, Field(ge=1, le=16)] = 4
    shared_drive_id: Text = ""
    responders: Literal["anyone", "shared"] = "anyone"
    share: list[ShareSection] = []


class WorkspaceSection(Section):
    backend: Literal["local", "google"] = "local"
    local: LocalSection = LocalSection()
    google: GoogleSection = GoogleSection()

"""The one place that names concrete classes: config → a workspace, the templates, an office to run in."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sync.config import Config, load_config
from sync.domain.compliance import Clock
from sync.domain.documents import DocumentKind
from sync.domain.fields import Fields
from sync.domain.layout import book_layout
from sync.domain.response_tab import looks_like_responses
from sync.office import Office, Progress, no_progress
from sync.workspace.local import LocalWorkspace
from sync.workspace.local.open_elsewhere import OpenElsewhere
from sync.workspace.port import Workspace

if TYPE_CHECKING:
    from sync.documents.templates import Templates


def open_config(path: Path) -> Config:
    """Return the configuration at ``path``."""
    return load_config(path)


def open_workspace(config: Config, *, looks_only: bool = False, everywhere: bool = False) -> Workspace:
    """Return the configured workspace; a backend's packages are loaded only when it is chosen.

    ``looks_only``: for commands that write nothing, not even a first book. ``everywhere``: for commands that compare
    everything, and may spend some calls on tabs that are not the job's.
    """
    if config.backend == "local":
        return open_local(config, looks_only=looks_only)
    from sync.workspace.google import open_google  # an office that is offline loads nothing of Google

    return open_google(config, others="everywhere" if everywhere else "between")


def open_local(config: Config, *, looks_only: bool = False) -> LocalWorkspace:
    """Return the local workspace, for commands that only it has."""
    columns = config.rules.columns.responses
    return LocalWorkspace(
        config.local_folder,
        book_layout(config.rules),
        makes_book=not looks_only,
        is_response_tab=lambda headers: looks_like_responses(headers, columns),
        open_elsewhere=OpenElsewhere(config.open_patience, config.zone),
    )


def open_office(config: Config, progress: Progress = no_progress, *, looks_only: bool = False) -> Office:
    """Return all that a run works with. The templates are read once there is a document to be made."""
    documents = TemplatesWhenNeeded(config)
    return Office(
        open_workspace(config, looks_only=looks_only), config.rules, clock_of(config), documents, time.sleep, progress
    )


class TemplatesWhenNeeded:
    """The office's templates, read and checked before the first document is planned: most runs make none."""

    def __init__(self, config: Config) -> None:
        self._config = config

    @cached_property
    def loaded(self) -> Templates:
        """Every template, checked.

        Raises:
            TemplateInvalid: with every fault of every template.
        """
        return open_templates(self._config)

    def digests(self) -> Mapping[DocumentKind, str]:
        return _Digests(self)

    def make(self, kind: DocumentKind, fields: Fields, **issue: Any) -> bytes:
        return self.loaded.make(kind, fields, **issue)

    def fields_of(self, content: bytes) -> Fields | None:
        return self.loaded.fields_of(content)


class _Digests(Mapping[DocumentKind, str]):
    """The digest of each kind's template, read with the first that is asked for."""

    def __init__(self, templates: TemplatesWhenNeeded) -> None:
        self._templates = templates

    def __getitem__(self, kind: DocumentKind) -> str:
        return self._templates.loaded.digests()[kind]

    def __iter__(self) -> Iterator[DocumentKind]:
        return iter(DocumentKind)

    def __len__(self) -> int:
        return len(DocumentKind)


def open_templates(config: Config) -> Templates:
    """Return the office's templates, every one checked.

    Raises:
        TemplateInvalid: with every fault of every template.
    """
    from sync.documents.templates import load_templates  # an idle run loads nothing of Word

    return load_templates(config.templates, config.rules, variants=config.papers)


def clock_of(config: Config) -> Clock:
    """Return how standard times are counted."""
    return Clock(config.rules.calendar, config.rules.wall_clock, config.utc_offset)

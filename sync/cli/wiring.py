"""The one place that names concrete classes: config → a workspace, the templates, an office to run in."""

from __future__ import annotations

import time
from pathlib import Path

from sync.config import Config, load_config
from sync.documents.templates import Templates, load_templates
from sync.domain.compliance import Clock
from sync.domain.layout import book_layout
from sync.domain.response_tab import looks_like_responses
from sync.office import Office, Progress, no_progress
from sync.workspace.local import LocalWorkspace
from sync.workspace.local.open_elsewhere import OpenElsewhere
from sync.workspace.port import Workspace


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
    """Return all that a run works with. The templates are checked before anything else happens."""
    documents = open_templates(config)
    return Office(
        open_workspace(config, looks_only=looks_only), config.rules, clock_of(config), documents, time.sleep, progress
    )


def open_templates(config: Config) -> Templates:
    """Return the office's templates, every one checked.

    Raises:
        TemplateInvalid: with every fault of every template.
    """
    return load_templates(config.templates, config.rules, variants=config.papers)


def clock_of(config: Config) -> Clock:
    """Return how standard times are counted."""
    return Clock(config.rules.calendar, config.rules.wall_clock, config.utc_offset)

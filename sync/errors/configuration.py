"""Exit 2: something in config.yaml, a template or the command line has to be mended."""

from __future__ import annotations

from collections.abc import Sequence

from sync.errors.base import EXIT_CONFIGURATION, AgendaError


class ConfigurationError(AgendaError):
    """Something in config.yaml, a template or the command line has to be mended (exit 2)."""

    exit_code = EXIT_CONFIGURATION


class ConfigMissing(ConfigurationError):
    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: no configuration here. Name one with --config, or copy config.yaml from the project."
        )


class ConfigInvalid(ConfigurationError):
    """Every fault of the configuration at once, each already a full line."""

    def __init__(self, path: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(f"{path}: {len(faults)} fault(s). Mend them and run again:\n{lines}")


class TemplateInvalid(ConfigurationError):
    """Every fault of the templates at once, each already a full line that names its file."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(
            f"the Word templates have {len(faults)} fault(s); nothing was written. Mend them in Word:\n{lines}"
        )


class PdfUnavailable(ConfigurationError):
    """The Word document is there; only its PDF cannot be made."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"{why}. The Word documents are made all the same; for PDF beside them install LibreOffice "
            "(libreoffice.org, or the package libreoffice-writer) and run again, or leave out --pdf."
        )


class PeriodUnreadable(ConfigurationError):
    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text[:60]!r} is no period. Write 2026-11 (month), 2026-Q4 (quarter), 2026-S2 (half-year) or 2026."
        )


class PeriodRefused(ConfigurationError):
    def __init__(self, period: str, kind: str, why: str) -> None:
        super().__init__(f"no {kind} of {period}: {why}. Ask for a period in which the office has visits.")


class ReissueUnknown(ConfigurationError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"--reissue {name}: neither a registration number with a filed document, nor a period with one, nor a kind "
            "of document. Write for example KONS-2026-0001, 2026-11 or telaahan; `agenda verify` lists what is filed."
        )


class MomentUnreadable(ConfigurationError):
    def __init__(self, option: str, text: str) -> None:
        super().__init__(f"{option}: {text!r} is no ISO 8601 moment. Write for example 2026-11-24T10:00.")


class ImportUnreadable(ConfigurationError):
    def __init__(self, path: str, why: str, next_step: str = "") -> None:
        step = next_step or "Export the responses again from the form (CSV) and import that file."
        super().__init__(f"{path}: {why}; nothing was imported. {step}")


class DateOrderMixed(ConfigurationError):
    def __init__(self, path: str, day_first: int, month_first: int) -> None:
        super().__init__(
            f"{path}: in line {day_first} the day comes first, in line {month_first} the month, so the file was put "
            "together from two; nothing was imported. Import each export by itself, as the form or the sheet gave it."
        )


class DateOrderUnsure(ConfigurationError):
    """``day_first`` and ``month_first`` are the span of days that each reading gives."""

    def __init__(self, path: str, count: int, day_first: str, month_first: str) -> None:
        super().__init__(
            f"{path}: nothing tells whether its {count} date(s) are written day or month first; nothing was imported. "
            f"Say so: --date-order dmy reads {day_first}, --date-order mdy reads {month_first} "
            "(--dry-run shows it without writing)."
        )


class ListRefused(ConfigurationError):
    """A list for the archivist that cannot be written where it was asked for."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}. Nothing was written.")


class NotSupported(ConfigurationError):
    """A command that the chosen workspace does not have."""

    def __init__(self, command: str, backend: str, instead: str) -> None:
        super().__init__(f"`{command}` does not exist for workspace.backend {backend}. {instead}")


class BookNotMade(ConfigurationError):
    """Only said by commands that look and do not make."""

    def __init__(self, book: str) -> None:
        super().__init__(
            f"{book}: no agenda book here yet. `agenda setup` makes it, and so does the first `agenda run`."
        )

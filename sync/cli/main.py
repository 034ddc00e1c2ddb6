"""``agenda``: the commands, and the outermost edge where an error becomes a sentence and an exit code."""

from __future__ import annotations

import gc
import sys

import typer

from sync.cli import check, demo, documents, intake, login, office, restore, retention, run, verify
from sync.errors import AgendaError
from sync.events import log_event

EXIT_INTERNAL = 1
EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="agenda",
    help="Keep the agenda book of a consultation desk: register, check against the SOP, file documents, recap.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (run, check, intake, verify, restore, retention, documents, office, login, demo):
    module.add_commands(app)


def main() -> None:
    """Run the command line and leave with its exit code: 0 done, 2 configuration, 3 access, 4 try later, 5 safety."""
    # A run makes hundreds of thousands of values that all live until it ends: collecting among them finds nothing.
    gc.disable()
    try:
        app(standalone_mode=True)
    except AgendaError as error:
        typer.echo(f"agenda: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except Exception as error:
        # The outermost edge. The message could hold what somebody typed, so only the kind and the place are told.
        place = _innermost(error)
        log_event("internal-error", level="error", kind=type(error).__name__, place=place)
        typer.echo(
            f"agenda: internal error {type(error).__name__} at {place}. Please report it; nothing is lost.", err=True
        )
        sys.exit(EXIT_INTERNAL)


def _innermost(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"

"""``agenda``: the commands, and the outermost edge where an error becomes a sentence and an exit code."""

from __future__ import annotations

import gc
import os
import sys

import typer

from sync import __version__
from sync.cli import check, demo, documents, intake, login, office, restore, retention, run, verify, watch
from sync.cli.terminal import prepare_streams
from sync.errors import AgendaError, BookOpenLong, Unreachable
from sync.events import log_event
from sync.workspace.disk import told

EXIT_INTERNAL = 1
EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="agenda",
    help="Keep the agenda book of a consultation desk: register, check against the SOP, file documents, recap.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (run, watch, check, intake, verify, restore, retention, documents, office, login, demo):
    module.add_commands(app)


def main() -> None:
    """Run the command line and leave with its exit code: 0 done, 2 configuration, 3 access, 4 try later, 5 safety.

    1 is left for a defect of ours.
    """
    prepare_streams()
    # A run makes hundreds of thousands of values that all live until it ends: collecting among them finds nothing.
    gc.disable()
    try:
        _run()
    except AgendaError as error:
        if isinstance(error, BookOpenLong):
            log_event("book-open-long", level="error", minutes=error.minutes, lock=error.lock)
        typer.echo(f"agenda: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except Exception as error:
        # The outermost edge. The message could hold what somebody typed, so only the kind and the place are told.
        place = _innermost(error)
        log_event("internal-error", level="error", kind=type(error).__name__, place=place)
        typer.echo(
            f"agenda: internal error {type(error).__name__} at {place} (version {__version__}). Please report it with "
            "this line, which names nobody, as an issue of the project; nothing is lost.",
            err=True,
        )
        sys.exit(EXIT_INTERNAL)


def _run() -> None:
    """Run the command, and turn what the system says no to into what the operator has to do.

    Raises:
        AgendaError, KeyboardInterrupt, SystemExit.
    """
    try:
        try:
            app(standalone_mode=True)
        finally:
            sys.stdout.flush()
    except SystemExit as leaving:
        if leaving.code == EXIT_INTERNAL:
            # Typer's own word for output or input that went away (`| head`, a question nobody is there to answer).
            raise Unreachable("standard input or output", "closed before the command was done") from None
        raise
    except BrokenPipeError:
        # The interpreter would try once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Unreachable("standard output", "closed before all was printed") from None
    except MemoryError:
        raise Unreachable("this machine", "it has not enough memory left") from None
    except OSError as error:
        with told(str(error.filename or "a file")):
            raise


def _innermost(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"

"""``agenda``: the commands, and the outermost edge where an error becomes a sentence and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import typer

from sync import __version__
from sync.cli.terminal import prepare_streams
from sync.errors import AgendaError, BookOpenLong, Unreachable
from sync.events import log_event
from sync.workspace.disk import told

EXIT_INTERNAL = 1
EXIT_INTERRUPTED = 130

COMMANDS = {
    "run": ("run", "Do the whole job once: register, check, file, record. Safe to repeat, at any time, from anywhere."),
    "watch": (
        "watch",
        "Run whenever workbook, config.yaml or a template changes, and now and then as time passes. Ctrl-C stops it.",
    ),
    "recap": ("run", "Do the job, and file the documents of one period as it stands now."),
    "check": ("check", "Check every entry against the SOP and print what was found. Writes nothing."),
    "import": (
        "intake",
        "Take the responses of FILE into the workbook, each visit once however often it is imported.",
    ),
    "verify": (
        "verify",
        "Compare workbook and archive, and name every difference with its next step. Exit 5 if they contradict.",
    ),
    "restore": (
        "restore",
        "Put back what people lost by accident: deleted rows, moved cells, a lost ledger.",
    ),
    "retensi": (
        "retention",
        "List what passed its active and inactive years by the JRA in config.yaml. Deletes, moves and files nothing.",
    ),
    "documents": (
        "documents",
        "List the templates and their fields, try them on invented visits, or check one that was edited.",
    ),
    "setup": (
        "office",
        "Make the workbook and the archive (on Google the form too), or complete them. Never touches what people made.",
    ),
    "doctor": (
        "office",
        "Check everything a run needs, and say what to do. The exit code is that of the first thing that stops a run.",
    ),
    "login": (
        "login",
        "Sign in to Google as a person (workspace.google.identity: user) and keep the login, readable by you alone.",
    ),
    "demo": (
        "demo",
        "Build a sample office of a month and a half, run the job on it, and say where to look. Safe to repeat.",
    ),
}
"""Each command: the module of this package that has it, and what it does. A command loads no other's modules."""


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """Return the program as far as ``arguments`` need it: their command, or of all commands the names."""
    app = typer.Typer(
        name="agenda",
        help="Keep the agenda book of a consultation desk: register, check against the SOP, file documents, recap.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    # With a callback of its own the program is one of many commands, even where only one is loaded.
    app.callback()(_nothing)
    if arguments and arguments[0] in COMMANDS:
        import_module(f"sync.cli.{COMMANDS[arguments[0]][0]}").add_commands(app)
    else:
        for name, (_, what) in COMMANDS.items():
            app.command(name, help=what)(_nothing)
    return app


def _nothing() -> None:
    pass


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
            app_for(sys.argv[1:])(standalone_mode=True)
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

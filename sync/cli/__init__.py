"""The command line: where a person (or a scheduler) stands. The only place that reads the clock and prints."""

from sync.cli.main import main

__all__ = ["main"]

"""The command line: `summarizer` or `python -m summarizer`. Everything heavy is imported when a command needs it."""

from summarizer.cli.main import main

__all__ = ["main"]

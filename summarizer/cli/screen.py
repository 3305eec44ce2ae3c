"""How wide the terminal is and what it can show."""

import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from summarizer.rendering.terminal import Styling

_USUAL_WIDTH = 80


def width() -> int:
    """Cells of a line: what COLUMNS says, else the terminal, also when only standard input or error is one."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    for stream in (sys.__stdin__, sys.__stderr__, sys.__stdout__):
        try:
            found = os.get_terminal_size(stream.fileno()).columns if stream else 0
        except (OSError, ValueError):  # no terminal, or closed
            continue
        if found:
            return found
    return _USUAL_WIDTH


def styling(stream: TextIO, no_color: bool) -> "Styling":
    """What may be used on this stream: nothing where it is no terminal, no colour where none is wanted."""
    shows = stream.isatty() or bool(os.environ.get("FORCE_COLOR"))
    if not shows or os.environ.get("TERM", "").lower() in ("dumb", "unknown"):
        return "none"
    return "weight" if no_color else "colour"

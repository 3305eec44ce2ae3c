"""Standard output and standard error: UTF-8 everywhere, one-line messages, a reader that has left is no error."""

import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from pathlib import Path

from summarizer.errors import StoreError


class ReaderGoneError(Exception):
    """Standard output was closed by the program that reads it (`| head`)."""


def prepare() -> None:
    """Make both streams UTF-8, also where the code page of the terminal is another."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(message: str) -> None:
    """Write one line to standard error; whatever could move the cursor or end the line is spelled out."""
    say_lines(f"summarizer: {one_line(message)}")


def say_lines(text: str) -> None:
    """Write several lines to standard error, each made safe by itself."""
    with suppress(OSError, ValueError):  # standard error is closed: nobody left to tell
        print("\n".join(one_line(line) for line in text.splitlines()), file=sys.stderr, flush=True)


def one_line(message: str) -> str:
    r"""Spell out control and formatting characters.

    >>> one_line("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    return "".join(_shown(char) for char in message)


def _shown(char: str) -> str:
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return char.encode("unicode_escape", "surrogatepass").decode()
    return char


def refuse_bad_target(target: "Path | None", inputs: "tuple[str, ...]") -> None:
    """Refuse an output file in a folder that is missing, or that is one of the inputs. Raises: UsageError."""
    if target is None:
        return
    with suppress(OSError):  # a name that cannot be looked at is told when it is written
        if not target.parent.is_dir():
            raise click.UsageError(f"-o {target}: no such folder {target.parent}.")
    if any(one != "-" and _same_file(target, one) for one in inputs):
        raise click.UsageError(f"-o {target}: is a report to be read; name another file.")


def _same_file(one: "Path", other: str) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _on_terminal() -> bool:
    return sys.stdout.isatty()


def refuse_binary(format: str, target: "Path | None") -> None:
    """Refuse what cannot be done with a binary format, before anything is read. Raises: UsageError, OptionError."""
    if target is None and _on_terminal():
        raise click.UsageError(f"{format} is no text for a terminal; use -o FILE.{format}.")
    if format == "parquet":
        from summarizer.rendering.parquet import require

        require()


def write(data: bytes) -> None:
    """Write bytes to standard output. Raises: ReaderGoneError; StoreError when it takes no more."""
    with flushed() as stream:
        buffer = getattr(stream, "buffer", None)
        if buffer is None:
            stream.write(data.decode())
        else:
            stream.flush()
            buffer.write(data)


@contextmanager
def flushed() -> Iterator[TextIO]:
    """Standard output, flushed at the end. Raises: ReaderGoneError; StoreError when it takes no more."""
    stream = sys.stdout
    try:
        yield stream
        stream.flush()
    except BrokenPipeError as error:
        silence(stream)
        raise ReaderGoneError from error
    except OSError as error:
        silence(stream)
        raise StoreError(f"standard output: {error.strerror or error}; nothing was kept, write elsewhere") from error


def silence(stream: TextIO) -> None:
    """Point a stream whose reader has left at nothing, so that closing it at exit does not complain."""
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)

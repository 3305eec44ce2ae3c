"""`summarizer summarize`: briefs on standard output or in one file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.cli import options, output
from summarizer.cli.exits import Exit
from summarizer.cli.running import Tally

if TYPE_CHECKING:
    from summarizer.result import Brief

_Write = Callable[[bytes], object]
_BINARY = ("xlsx", "parquet")  # one file holds all reports and is written at the end


@click.command(short_help="Brief reports: terminal view, JSON, CSV, Markdown or HTML.")
@options.reports
@click.option(
    "-f",
    "--format",
    "format",
    type=click.Choice(["text", "json", "csv", "xlsx", "parquet", "md", "html"]),
    help="text: terminal view (default). json: one object; several reports give JSON Lines in input order. "
    "csv, xlsx, parquet: one table. md, html: one report.",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File instead of standard output, replaced at once; its suffix chooses the format when --format is left out.",
)
@options.engine
@options.strict
@options.manner
def summarize(
    reports: tuple[str, ...],
    format: str | None,
    target: Path | None,
    asked: options.Asked,
    strict: bool,
    quiet: bool,
    verbose: bool,
) -> Exit:
    """Brief one report or several.

    Every figure of a report appears with its place and its sentence; findings say what should make a careful reader
    pause.
    """
    format = format or _format_of(target)
    if format in ("md", "html") and len(reports) > 1:
        raise click.UsageError(f"one {format} brief holds one report; use `summarizer brief --format {format} -o DIR`.")
    output.refuse_bad_target(target, reports)
    if format in _BINARY:
        output.refuse_binary(format, target)
    with options.means(asked) as means:
        tally = Tally(reports, means, quiet=quiet, verbose=verbose, strict=strict)
        with _sink(target, lambda: tally.kept > 0) as write:
            whole: list[Brief] = []
            for position, brief in tally.briefs():
                if format in _BINARY:
                    whole.append(brief)
                elif format == "text" and target is None:
                    _show(brief, means.no_color, first=position == 0)
                else:
                    write(_encoded(brief, format, single=len(reports) == 1, first=tally.kept == 1))
            if whole:
                write(_table(whole, format))
        return tally.end()


def _format_of(target: Path | None) -> str:
    if target is None:
        return "text"
    suffixes = {
        **{".json": "json", ".jsonl": "json", ".csv": "csv", ".md": "md", ".html": "html", ".htm": "html"},
        **{".xlsx": "xlsx", ".parquet": "parquet", ".txt": "text", "": "text"},
    }
    found = suffixes.get(target.suffix.lower())
    if found is None:
        raise click.UsageError(f"-o {target}: {target.suffix} names no format; add --format.")
    return found


@contextmanager
def _sink(target: Path | None, keep: Callable[[], bool]) -> Iterator[_Write]:
    """Where results go; a file takes its place at the end, and only when something was made."""
    if target is None:
        yield output.write
        return
    from summarizer import writing

    with writing.replacing(target, keep) as file:
        yield file.write


def _encoded(brief: "Brief", format: str, *, single: bool, first: bool) -> bytes:
    match format:
        case "json":
            return (brief.to_json() if single else brief.to_json_line()).encode()
        case "csv":
            content = brief.encoded("csv")
            # One table: the header and the byte order mark stand at its top only.
            return content if first else content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[1]
        case "md" | "html":
            return brief.encoded(format)
        case _:
            return brief.to_text().encode()


def _table(briefs: "list[Brief]", format: str) -> bytes:
    from summarizer.rendering.parquet import to_parquet
    from summarizer.rendering.xlsx import to_xlsx

    return (to_xlsx if format == "xlsx" else to_parquet)(*(brief.data for brief in briefs))


def _show(brief: "Brief", no_color: bool, *, first: bool) -> None:
    """Show the brief in the terminal."""
    from summarizer.cli import screen

    with output.flushed() as stream:
        page = brief.to_text(screen.width(), screen.styling(stream, no_color))
        click.echo(page if first else f"\n{page}", file=stream, nl=False, color="\x1b" in page)

"""`summarizer brief`: one file for each report."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.cli import options, output
from summarizer.cli.exits import Exit
from summarizer.cli.running import Tally

if TYPE_CHECKING:
    from summarizer.result import Format


@click.command(short_help="Write a brief for each report into a folder.")
@options.reports
@click.option(
    "-f",
    "--format",
    "formats",
    type=click.Choice(["md", "html", "json"]),
    multiple=True,
    default=("md",),
    show_default=True,
    help="Repeat it for several files a report.",
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("briefs"),
    show_default=True,
    help="Folder for the briefs; made when it is missing.",
)
@options.engine
@options.strict
@options.manner
def brief(
    reports: tuple[str, ...],
    formats: "tuple[Format, ...]",
    folder: Path,
    asked: options.Asked,
    strict: bool,
    quiet: bool,
    verbose: bool,
) -> Exit:
    """Write a brief for each report and print the path of every file written.

    A brief is named after its report; reports of the same name get -2, -3 ... in input order. A report is never
    overwritten.
    """
    from summarizer import writing

    with options.means(asked) as means:
        _make(folder)
        formats = tuple(dict.fromkeys(formats))
        names = ["report" if report == options.STDIN else Path(report).name for report in reports]
        inputs = [Path(report) for report in reports if report != options.STDIN]
        stems = writing.file_names(names, [f".{format}" for format in formats], folder, inputs)
        tally = Tally(reports, means, quiet=quiet, verbose=verbose, strict=strict)
        for position, made in tally.briefs():
            for format in formats:
                path = folder / f"{stems[position]}.{format}"
                writing.write(path, made.encoded(format))
                output.write(f"{output.one_line(str(path))}\n".encode(errors="backslashreplace"))
        return tally.end()


def _make(folder: Path) -> None:
    from summarizer.errors import StoreError

    if folder.suffix in (".md", ".html", ".json") and not folder.exists():
        raise click.UsageError(f"-o {folder}: looks like a file; name a folder, or use `summarizer summarize -o`.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise click.UsageError(f"-o {folder}: is a file; name a folder.") from error
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made ({error.strerror or error})") from error

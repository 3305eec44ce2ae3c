"""`summarizer compare`: canonical metrics of several reports in one table."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.cli import options, output
from summarizer.cli.errors import tell
from summarizer.cli.exits import Exit, gravest

if TYPE_CHECKING:
    from summarizer.compared import ComparisonFormat
    from summarizer.result import Brief

_SUFFIXES: "dict[str, ComparisonFormat]" = {
    **{".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"},
    **{".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet"},
}


@click.command(short_help="Compare reports: metrics in rows, bodies and years in columns.")
@click.argument("inputs", metavar="BRIEF_OR_REPORT...", nargs=-1, required=True, callback=options.one_stdin)
@click.option(
    "-f",
    "--format",
    "format",
    type=click.Choice(["md", "html", "csv", "xlsx", "parquet"]),
    help="md (default), html with trend charts; csv, parquet: a row for each figure; xlsx: both tables.",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File instead of standard output, replaced at once; its suffix chooses the format when --format is left out.",
)
@click.option(
    "--at-least",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    metavar="N",
    help="Show a metric when so many reports state it.",
)
@options.engine
@options.manner
def compare(
    inputs: tuple[str, ...],
    format: "ComparisonFormat | None",
    target: Path | None,
    at_least: int,
    asked: options.Asked,
    quiet: bool,
    verbose: bool,
) -> Exit:
    """Compare saved briefs (JSON, JSON Lines) and reports, which are briefed first.

    A cell tells a stated zero, a figure that could not be matched for sure (?) and an absent one (–) apart, and every
    figure leads to its sentence. The change between two years is computed and held against the one the report states.
    """
    from summarizer import api, writing

    format = format or (_SUFFIXES.get(target.suffix.lower()) if target else "md")
    if format is None:
        raise click.UsageError(f"-o {target}: the suffix names no format; add --format.")
    output.refuse_bad_target(target, inputs)
    if format in ("xlsx", "parquet"):
        output.refuse_binary(format, target)
    briefs: list[Brief] = []
    exits: list[Exit] = []
    given = [options.source(one) for one in inputs]
    for outcome in api.gather(given, engine=asked.engine, report_type=asked.type_id, home=asked.home):
        if outcome.brief is None:
            code = tell(outcome.error or RuntimeError("no brief"), debug=options.debugging(), about=str(outcome.source))
            exits.append(Exit.PARTIAL if code is Exit.UNREADABLE and len(inputs) > 1 else code)
            continue
        briefs.append(outcome.brief)
        if verbose and not quiet:
            output.say(f"{outcome.brief.source.name}: {len(outcome.brief.metrics)} figures")
    if exits and len(briefs) < 2:
        return gravest(exits)
    comparison = api.compare_briefs(briefs, home=asked.home, at_least=at_least)
    data = comparison.encoded(format)
    if target is None:
        output.write(data)
    else:
        writing.write(target, data)
    if not quiet:
        warnings = sum(note.severity == "warning" for note in comparison.notes)
        output.say(
            f"{len(comparison.columns)} reports, {len(comparison.rows)} rows"
            + (f", {warnings} warnings among the notes" if warnings else "")
        )
    return gravest(exits)

"""`summarizer outline` and `summarizer check`: look into a report, and hold a saved brief against it."""

from collections import Counter
from typing import TYPE_CHECKING

import click

from summarizer.cli import options, output
from summarizer.cli.exits import Exit

if TYPE_CHECKING:
    from summarizer.dialogue import Estimate
    from summarizer.engines.protocol import Reading


@click.command(short_help="Show the sections of a report and how many numbers each holds.")
@click.argument("report")
@click.option("-f", "--format", "format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--model", metavar="NAME", help="Language model to estimate the cost for (or OPENAI_MODEL).")
@options.debug_only
def outline(report: str, format: str, model: str | None) -> Exit:
    """Show title, issuer, year and the heading tree of a report, with the numbers of each section, and what reading it
    with a language model would take.

    A section counts its own numbers, not those of the sections inside it. No engine runs, no call is made. Tokens are
    estimates; money stands only for models with a price in schemas/prices.
    """
    from summarizer.api import estimate, inspect

    reading = inspect(options.source(report))
    plan = estimate(reading, model=model)
    output.write(_as_json(reading, plan) if format == "json" else _as_text(reading, plan))
    return Exit.DONE


@click.command(short_help="Verify a saved brief against its report.")
@click.argument("brief")
@click.argument("report")
@options.debug_only
def check(brief: str, report: str) -> Exit:
    """Verify a brief saved as JSON against its report: offsets, quotes, values and displays. No network.

    Prints one line for each mismatch and exits with 6 when there is any.
    """
    from summarizer import api
    from summarizer.result import Brief

    if brief == report == options.STDIN:
        raise click.UsageError("`-` stands for standard input and can be named only once.")
    saved = Brief.read(options.source(brief))
    faults = api.check(saved, options.source(report))
    for fault in faults:
        where = fault.where
        place = "".join(
            f" {name} {value}"
            for name, value in (("section", where.section), ("metric", where.metric))
            if value is not None
        )
        span = f" [{where.start}, {where.end})" if where.start is not None else ""
        line = f"{fault.severity}: {fault.code}{place}{span}: {fault.message}"
        output.write(f"{output.one_line(line)}\n".encode(errors="backslashreplace"))
    if faults:
        output.say(f"{brief}: {len(faults)} mismatches with {report}")
        return Exit.FINDINGS
    output.write(f"{output.one_line(brief)}: all {len(saved.metrics)} figures hold\n".encode(errors="backslashreplace"))
    return Exit.DONE


def _counts(reading: "Reading") -> Counter[str]:
    """Quantities by the innermost section around each."""
    from summarizer.merging import sections_of

    return Counter(sections_of(reading.sections, [quantity.number.start for quantity in reading.numbers.quantities]))


def _as_json(reading: "Reading", plan: "Estimate") -> bytes:
    import json

    document, masthead, counts = reading.document, reading.masthead, _counts(reading)
    content = {
        "source": {
            "name": document.name,
            "sha256": document.sha256,
            "encoding": document.encoding,
            "characters": len(document.text),
            "body": {"start": document.body.start, "end": document.body.end},
        },
        "report": {
            "title": masthead.title,
            "issuer": masthead.issuer,
            "year": masthead.year,
            "issued": masthead.issued,
        },
        "sections": [
            {
                "id": s.id,
                "level": s.level,
                "number": s.number,
                "title": s.title,
                "start": s.start,
                "end": s.end,
                "quantities": counts[s.id],
            }
            for s in reading.sections
        ],
        "numbers": {"quantities": len(reading.numbers.quantities), "dismissed": len(reading.numbers.dismissed)},
        "with_a_model": {
            "calls": plan.calls,
            "prompt_tokens": plan.prompt,
            "completion_tokens": plan.completion,
            "cost": None if plan.cost is None else f"{plan.cost:f}",
            "currency": plan.currency,
        },
        "warnings": list(document.warnings),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _as_text(reading: "Reading", plan: "Estimate") -> bytes:
    document, masthead, numbers, counts = reading.document, reading.masthead, reading.numbers, _counts(reading)
    cost = "" if plan.cost is None else f", about {plan.currency} {plan.cost:.4f}"
    lines = [
        f"{document.name}  ({document.encoding}, {len(document.text)} characters)",
        f"title   {masthead.title or '-'}",
        f"issuer  {masthead.issuer or '-'}",
        f"year    {masthead.year or '-'}    issued  {masthead.issued or '-'}",
        f"numbers {len(numbers.quantities)} quantities, {len(numbers.dismissed)} dismissed (dates, names, markers ...)",
        f"model   {plan.calls} calls, about {plan.prompt:,} + {plan.completion:,} tokens{cost}",
        "",
    ]
    lines += [f"note    {warning}" for warning in document.warnings]
    for section in reading.sections:
        count = counts[section.id]
        title = f"{section.number}{section.title}" or "(before the first heading)"
        lines.append(f"{count or '':>4}  {'  ' * (section.level - 1)}{section.id}  {title}")
    return ("\n".join(output.one_line(line) for line in lines) + "\n").encode(errors="backslashreplace")

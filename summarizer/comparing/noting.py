"""What a careful reader of a comparison should know: of its reports, and of single cells."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from summarizer.brief import BriefData, Severity
from summarizer.canonical import Catalogue
from summarizer.comparing.bodies import nameless
from summarizer.comparing.changes import step
from summarizer.comparison import Column, Note, Placed, Row


def about_reports(columns: Sequence[Column], briefs: Sequence[BriefData], catalogue: Catalogue) -> Iterator[Note]:
    """Reports that are hard to compare: of several types, without figures, keys, year or issuer, two for one year."""
    types = sorted({column.type for column in columns})
    if len(types) > 1:
        yield Note(
            Severity.WARNING,
            "mixed_types",
            f"reports of different types ({', '.join(types)}): a metric of one may be another's by name only",
        )
    engines = sorted({brief.run.engine for brief in briefs})
    if len(engines) > 1:
        yield Note(Severity.INFO, "mixed_engines", f"briefs by different engines ({', '.join(engines)})")
    for column, brief in zip(columns, briefs, strict=True):
        keyed = sum(catalogue.get(m.key) is not None for m in brief.metrics)
        if not brief.metrics:
            yield Note(Severity.WARNING, "no_figures", "the report states no figure", column=column.id)
        elif not keyed:
            message = (
                f"none of its {len(brief.metrics)} figures has a canonical key: an old brief, or another report type"
            )
            yield Note(Severity.WARNING, "no_keys", message, column=column.id)
        if column.year is None:
            message = "the report does not say which year it is about: it stands in no trend and no change"
            yield Note(Severity.WARNING, "no_year", message, column=column.id)
        issuer = column.issuer.zh
        if not issuer or nameless(issuer):
            named = f"its issuer is called {issuer} only" if issuer else "the report does not name its issuer"
            yield Note(Severity.WARNING, "no_issuer", f"{named}: it is not joined with other years", column=column.id)
    for (body, year), count in Counter((c.body, c.year) for c in columns).items():
        if count > 1 and year is not None:
            message = f"{count} reports of {body} about {year}: no change from the year before is computed"
            yield Note(Severity.WARNING, "same_year", message)


def about_rows(columns: Sequence[Column], kept: Iterable[Row]) -> Iterator[Note]:
    """Cells with several figures, changes that differ from the stated ones, figures that a later report revises."""
    for row in kept:
        for column, cell in zip(columns, row.cells, strict=True):
            if len(cell.figures) > 1:
                told = f"{len(cell.figures)} different figures: which one is meant is for the reader to see"
                yield Note(Severity.INFO, "several_figures", told, row.id, column.id)
            change = cell.change
            if change is not None and change.agrees is False and change.stated is not None:
                told = (
                    f"computed {_signed(change.computed)}{_en(change.unit)}, the report states "
                    f"{_signed(change.stated.value)}{_en(change.unit)}: constant prices, another scope or a revised "
                    "figure of the year before may explain it"
                )
                yield Note(Severity.INFO, "change_differs", told, row.id, column.id)
            single = cell.single
            for later in (f for f in cell.others if single is not None and f.column != column.id):
                if single is not None and not _same(single, later):
                    told = f"a later report gives {later.metric.display.en or later.metric.raw} for this year"
                    yield Note(Severity.INFO, "restated", told, row.id, column.id)


def _same(one: Placed, other: Placed) -> bool:
    slack = max(step(f.metric, f.value) or Decimal(0) for f in (one, other)) / 2
    return abs(one.value - other.value) <= slack


def _signed(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1')) if value != value.to_integral_value() else value.to_integral_value():+f}"


def _en(unit: str) -> str:
    return " points" if unit == "百分点" else unit

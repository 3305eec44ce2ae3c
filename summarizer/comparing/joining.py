"""From briefs to a comparison: columns, rows, cells, and what a careful reader should know of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from summarizer.brief import Bilingual, BriefData, Severity
from summarizer.canonical import Catalogue
from summarizer.comparing import measures
from summarizer.comparing.bodies import bodies
from summarizer.comparing.changes import with_changes
from summarizer.comparing.noting import about_reports, about_rows
from summarizer.comparing.placing import Found, found, plans_as_plans, rows, shown_and_others
from summarizer.comparing.scopes import Scopes
from summarizer.comparing.unmatched import Names
from summarizer.comparison import Cell, CellState, Column, ComparisonData, Part, Placed, Row, Scope
from summarizer.document import Kind
from summarizer.errors import OptionError

_PARTS = tuple(Part)
_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def refuse(briefs: Sequence[BriefData]) -> None:
    """Refuse what cannot be compared. Raises: OptionError for one report, or the same report twice."""
    if len(briefs) < 2:
        raise OptionError("a comparison needs two reports or more; name another report, or its saved brief")
    first: dict[str, str] = {}
    for brief in briefs:
        name, digest = brief.source.name, brief.source.sha256
        if digest in first:
            raise OptionError(f"{name} and {first[digest]} are the same report (SHA-256); name it once")
        first[digest] = name


def compare(briefs: Sequence[BriefData], catalogue: Catalogue, *, at_least: int = 2) -> ComparisonData:
    """Compare briefs of two reports or more.

    Args:
        catalogue: the canonical metrics of their report types, joined by the caller.
        at_least: how many reports must fill a row for it to be shown.

    Raises: OptionError for one report, or the same report twice.
    """
    refuse(briefs)
    columns, ordered = _columns(briefs)
    figures = rows(_found(columns, ordered, catalogue))
    candidates = _Candidates(columns, ordered, catalogue)
    made = [
        _row(key, part, kind, group, columns, catalogue, candidates)
        for key in catalogue.metrics
        for part in _PARTS
        for kind, group in _kinds(key, part, figures)
    ]
    made = _with_changes(columns, made)
    kept = [row for row in made if row.filled >= at_least]
    notes = sorted(
        (*about_reports(columns, ordered, catalogue), *about_rows(columns, kept)),
        key=lambda note: _SEVERITIES.index(note.severity),
    )
    return ComparisonData(columns, tuple(kept), tuple(notes), len(made) - len(kept))


# -- columns


def _columns(briefs: Sequence[BriefData]) -> tuple[tuple[Column, ...], list[BriefData]]:
    named = sorted(
        zip(bodies(briefs), briefs, strict=True),
        key=lambda pair: (pair[0], pair[1].report.year is None, pair[1].report.year or 0, pair[1].source.name),
    )
    columns = tuple(
        Column(
            f"r{number}",
            body,
            brief.report.issuer,
            brief.report.year,
            brief.report.title,
            brief.source.name,
            brief.source.sha256,
            brief.report.type,
        )
        for number, (body, brief) in enumerate(named, 1)
    )
    return columns, [brief for _, brief in named]


# -- rows


def _found(columns: Sequence[Column], briefs: Sequence[BriefData], catalogue: Catalogue) -> Iterator[Found]:
    for column, brief in zip(columns, briefs, strict=True):
        scopes = Scopes(brief)
        told = (
            figure
            for metric in brief.metrics
            if (canonical := catalogue.get(metric.key)) is not None
            and (figure := found(column, scopes, metric, canonical)) is not None
        )
        yield from plans_as_plans(tuple(told))


def _kinds(
    key: str, part: Part, figures: Mapping[tuple[str, Part, str], list[Found]]
) -> Iterator[tuple[str, list[Found]]]:
    """The kinds of unit of one metric and part, bare numbers joined to the only other kind."""
    here = {kind: found for (k, p, kind), found in figures.items() if k == key and p is part}
    groups: dict[str, list[Found]] = {}
    for kind, target in measures.joined(here).items():
        groups.setdefault(target, []).extend(here[kind])
    # The commoner kind first; by name where they are equally common, since sets have no order.
    yield from sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _row(
    key: str,
    part: Part,
    kind: str,
    figures: Sequence[Found],
    columns: Sequence[Column],
    catalogue: Catalogue,
    candidates: "_Candidates",
) -> Row:
    canonical = catalogue.metrics[key]
    unit, factor = measures.common_unit((f.metric.unit.zh or "" for f in figures), kind)
    if part is Part.RANK:
        unit = Bilingual("名", "rank")
    theme = catalogue.themes[canonical.theme]
    cells = []
    for column in columns:
        cell = _cell(column, [f.placed(factor) for f in _due(figures, column)])
        if cell.state is CellState.ABSENT and (may_be := candidates.of(column.id, key, part, kind)):
            cell = Cell(column.id, CellState.UNMATCHED, others=tuple(f.placed(factor) for f in may_be))
        cells.append(cell)
    values = [placed.value for cell in cells for placed in cell.figures]
    scale = 0 if kind in ("percent", "points") or part is Part.RANK else measures.scale_of(values)
    name = Bilingual(canonical.zh, canonical.en)
    return Row(f"{key}.{part.value}.{kind}", key, name, Bilingual(theme.zh, theme.en), part, unit, scale, tuple(cells))


def _due(figures: Sequence[Found], column: Column) -> Iterator[Found]:
    """The figures a column may show: its own report's about its own year, and what a later report says of that year."""
    for figure in figures:
        if figure.column.id == column.id:
            planned = figure.part in (Part.TARGET, Part.TARGET_CHANGE)
            if planned or figure.year is None or column.year is None or figure.year == column.year:
                yield figure
        elif (
            figure.column.body == column.body
            and figure.part is Part.LEVEL
            and figure.scope is Scope.YEAR
            and figure.year is not None
            and figure.year == column.year
            and figure.column.year != column.year
        ):
            yield figure


def _cell(column: Column, figures: Sequence[Placed]) -> Cell:
    own = [f for f in figures if f.column == column.id]
    later = tuple(f for f in figures if f.column != column.id)
    shown, others = shown_and_others(_of_first_target_year(own))
    others = (*others, *(f for f in own if f not in shown and f not in others))
    if not shown:
        shown, rest = shown_and_others(later)
        others = (*others, *rest)
    else:
        others = (*others, *later)
    if not shown:
        return Cell(column.id, CellState.ABSENT)
    zero = all(not f.value and f.metric.qualifier is None for f in shown)
    return Cell(column.id, CellState.ZERO if zero else CellState.STATED, shown, others)


def _of_first_target_year(figures: Sequence[Placed]) -> Sequence[Placed]:
    # Next year's plan and the five-year plan stand in one report: a cell shows the nearer.
    years = [f.year for f in figures if f.metric.kind is Kind.TARGET and f.year is not None]
    return [f for f in figures if f.year == min(years)] if years else figures


class _Candidates:
    """Figures without a key, by report and by the metric that their clause names."""

    def __init__(self, columns: Sequence[Column], briefs: Sequence[BriefData], catalogue: Catalogue) -> None:
        names = Names(catalogue)
        self._beside: dict[tuple[str, str, Part], list[Found]] = defaultdict(list)
        self._before: dict[tuple[str, str, Part], list[Found]] = defaultdict(list)
        for column, brief in zip(columns, briefs, strict=True):
            scopes = Scopes(brief)
            for metric in brief.metrics:
                if metric.key is not None:
                    continue
                beside = names.keys_beside(metric)
                kept, keys = (self._beside, beside) if beside else (self._before, names.keys_before(metric))
                for key in sorted(keys):
                    figure = found(column, scopes, metric, catalogue.metrics[key])
                    if figure is not None:
                        kept[column.id, key, figure.part].append(figure)

    def of(self, column: str, key: str, part: Part, kind: str) -> Sequence[Found]:
        """Figures right beside the name; for want of them, those that it stands before in their sentence."""
        for figures in (self._beside, self._before):
            if alike := [f for f in figures.get((column, key, part), ()) if measures.alike(f.kind, kind)]:
                return alike
        return ()


def _with_changes(columns: Sequence[Column], made: Sequence[Row]) -> list[Row]:
    changes: dict[str, list[Sequence[Cell]]] = defaultdict(list)
    for row in made:
        if row.part is Part.CHANGE:
            changes[row.key].append(row.cells)
    return [
        replace(row, cells=with_changes(columns, row.cells, changes[row.key], row.unit.zh == "%"))
        if row.part is Part.LEVEL
        else row
        for row in made
    ]

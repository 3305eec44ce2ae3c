"""Comparison records: canonical metrics in rows, reports in columns, every cell with the figures it rests on.

Nothing is rounded and nothing is guessed: a cell says whether its figure is stated, a stated zero, spoken of without
being matched, or absent; and a figure that covers another stretch of time than its column is kept apart.
"""

from decimal import Decimal
from enum import StrEnum

from summarizer.brief import Bilingual, Metric, Severity
from summarizer.records import record


class Part(StrEnum):
    """What a row says about its metric."""

    LEVEL = "level"
    CHANGE = "change"
    RANK = "rank"
    TARGET = "target"
    TARGET_CHANGE = "target_change"


class CellState(StrEnum):
    """What a report says about a row.

    `stated`: a figure. `zero`: the report states that there was none, or no change. `unmatched`: no figure was matched,
    but a figure without a canonical key, of a unit that would fit, stands right beside the metric's name.
    `absent`: neither.
    """

    STATED = "stated"
    ZERO = "zero"
    UNMATCHED = "unmatched"
    ABSENT = "absent"


class Scope(StrEnum):
    """Which time a figure covers, seen from the column it stands in."""

    YEAR = "year"
    PART_OF_YEAR = "part_of_year"
    SEVERAL_YEARS = "several_years"


@record
class Column:
    """One report.

    Attributes:
        id: `r1`, `r2` ... in order of the columns.
        body: what the reports of one body have in common; the issuer's fullest name, or the file name of a report that
            does not name its issuer so that it can be told from others.
        year: the year the report is about.
        sha256: digest of the report.
    """

    id: str
    body: str
    issuer: Bilingual
    year: int | None
    title: Bilingual
    source: str
    sha256: str
    type: str


@record
class Placed:
    """A figure of a report in a cell.

    Attributes:
        column: the report that states it; another one than the cell's for a figure told a year later.
        metric: the figure, with its sentence and its place.
        value: in the row's unit, not scaled; negative for a decrease.
        scope: the time it covers.
        year: the year it is about; of a target, the year it is to be reached in. None when unknown.
    """

    column: str
    metric: Metric
    value: Decimal
    scope: Scope
    year: int | None


@record
class Change:
    """The change from the year before, computed from two reports, and what the report itself states.

    Attributes:
        computed: percent of the year before, or percentage points where the level is itself a percentage; exact to
            six decimals.
        unit: `%` or `百分点`.
        stated: the report's own figure, None when it states none.
        agrees: whether both are the same but for rounding; None when that cannot be told.
    """

    computed: Decimal
    unit: str
    stated: Placed | None
    agrees: bool | None


@record
class Cell:
    """What one report says in one row.

    Attributes:
        state: see `CellState`.
        figures: what is shown; several when the report states several different values for its year.
        others: what it states besides: the same again, a threshold passed, a part of the year, several years; in a cell
            that is `unmatched`, the figures that may be meant.
        change: from the year before, for a level with one exact figure in both years.
    """

    column: str
    state: CellState
    figures: tuple[Placed, ...] = ()
    others: tuple[Placed, ...] = ()
    change: Change | None = None

    @property
    def single(self) -> Placed | None:
        """The one figure for the whole year of this column, by its own report; None when there is no such one."""
        if len(self.figures) != 1:
            return None
        (figure,) = self.figures
        return figure if figure.scope is Scope.YEAR and figure.column == self.column else None


@record
class Row:
    """One canonical metric, one part of it, one unit.

    Attributes:
        id: `gdp.level.money:CNY`, unique in the comparison.
        unit: the unit all values of the row are given in.
        scale: power of ten the values are divided by for display: 0, 4 (万) or 8 (亿).
        cells: one for each column, in their order.
    """

    id: str
    key: str
    name: Bilingual
    theme: Bilingual
    part: Part
    unit: Bilingual
    scale: int
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> int:
        """How many reports state a figure in this row."""
        return sum(bool(cell.figures) for cell in self.cells)


@record
class Note:
    """Something a careful reader of the table should know.

    Attributes:
        row, column: ids of what it is about; None where it does not apply.
    """

    severity: Severity
    code: str
    message: str
    row: str | None = None
    column: str | None = None


@record
class ComparisonData:
    """A whole comparison; `summarizer.compared.Comparison` adds the ways to show and save it.

    Attributes:
        columns: sorted by body, then year.
        rows: in the order of the catalogue; only rows that enough reports fill.
        notes: graver ones first.
        left_out: how many rows had figures, but in too few reports.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    left_out: int = 0

    def column(self, id: str) -> Column:
        """The column of that id. Raises: KeyError."""
        for column in self.columns:
            if column.id == id:
                return column
        raise KeyError(id)

"""How a comparison is put into words, the same in every format: cells, units, headings, legend, the plain table."""

from collections.abc import Iterator
from decimal import Decimal

from summarizer.brief import Evidence, MetricStatus
from summarizer.comparison import Cell, CellState, Column, ComparisonData, Part, Placed, Row, Scope
from summarizer.display import plain
from summarizer.document import Qualifier
from summarizer.records import record
from summarizer.rendering.table import Cell as TableCell
from summarizer.units import COUNTS, CURRENCIES

PARTS = {
    Part.LEVEL: ("", ""),
    Part.CHANGE: ("change on the year before", "比上年变化"),
    Part.RANK: ("rank", "排名"),
    Part.TARGET: ("target", "目标"),
    Part.TARGET_CHANGE: ("target for the change", "增长目标"),
}
_SIGNS = {
    Qualifier.OVER: "> ",
    Qualifier.NEARLY: "≲ ",
    Qualifier.ABOUT: "≈ ",
    Qualifier.AT_LEAST: "≥ ",
    Qualifier.AT_MOST: "≤ ",
}
_SCALES = {0: ("", ""), 4: ("万", "10,000 "), 8: ("亿", "100 million ")}
ABSENT = "–"
UNMATCHED = "?"
LEGEND = (
    (ABSENT, "the report states no such figure, as far as it can be matched · 未找到报告中的该项数字"),
    ("0", "the report states a zero, or no change · 报告写明为零或持平"),
    (
        UNMATCHED,
        "a figure that may be meant stands beside the metric's name or after it, but could not be matched for sure"
        " · 附近有可能相关的数字，未能确认",
    ),
    (
        "> ≥ ≈ ≤ ≲",
        "more than, at least, about, at most, nearly: as the report says · 超过、不少于、约、不超过、近，均为报告用语",
    ),
    ("a / b", "the report states different figures; see their sentences · 报告前后数字不同，见原句"),
    (
        "calc.",
        "the change from the year before, computed from the figures of two reports · 由两份报告数字算出的较上年变化",
    ),
    (
        "≠",
        "the change the report states differs from the computed one; see the notes"
        " · 报告自述的变化与计算结果不符，见提示",
    ),
    (
        "(unverified)",
        "a check raised doubt about what the figure counts; read its sentence · 数字所指存疑，请看原句",
    ),
)


@record
class Shown:
    """One figure of a cell in words: `8,624` with `remarks` such as `several years`, and the sentence it rests on."""

    text: str
    remarks: tuple[str, ...]
    figure: Placed


def figures(row: Row, cell: Cell, data: ComparisonData) -> Iterator[Shown]:
    """What a cell shows, figure by figure; of an unmatched cell, the figures that may be meant."""
    for figure in cell.figures or (cell.others if cell.state is CellState.UNMATCHED else ()):
        yield Shown(figure_text(row, figure), tuple(_remarks(row, cell, figure, data)), figure)


def figure_text(row: Row, figure: Placed) -> str:
    """A value in the scale of its row, with sign and qualifier: `≥ +8`, `2,422.198`."""
    sign = ""
    if row.part in (Part.CHANGE, Part.TARGET_CHANGE) and figure.value:
        sign = "+" if figure.value > 0 else "−"
    value = figure.value.scaleb(-row.scale)
    qualifier = figure.metric.qualifier
    return f"{_SIGNS[qualifier] if qualifier else ''}{sign}{number(abs(value))}"


def _remarks(row: Row, cell: Cell, figure: Placed, data: ComparisonData) -> Iterator[str]:
    if row.part in (Part.TARGET, Part.TARGET_CHANGE) and figure.year is not None and figure.scope is Scope.YEAR:
        yield f"for {figure.year}"
    if figure.scope is Scope.SEVERAL_YEARS:
        yield "several years"
    elif figure.scope is Scope.PART_OF_YEAR:
        yield f"part of the year: {figure.metric.period}"
    if figure.column != cell.column:
        told = data.column(figure.column)
        yield f"told in the report about {told.year}"
    if figure.metric.stated_in_words and not figure.value:
        yield "stated in words"
    if figure.metric.status is not MetricStatus.VERIFIED:
        yield figure.metric.status.value


def change_text(cell: Cell) -> str:
    """`calc. +9.3%, stated +7.0%`; "" without a change."""
    change = cell.change
    if change is None:
        return ""
    unit = " points" if change.unit == "百分点" else "%"
    text = f"calc. {signed(change.computed)}{unit}"
    if change.stated is None:
        return text
    qualifier = change.stated.metric.qualifier
    text += f", stated {_SIGNS[qualifier] if qualifier else ''}{signed(change.stated.value)}{unit}"
    return f"{text} ≠" if change.agrees is False else text


def signed(value: Decimal) -> str:
    """A change to one decimal at least: `+9.3`, `−0.45`; two where one would show nothing."""
    places = Decimal("0.1") if abs(value) >= 1 else Decimal("0.01")
    rounded = value.quantize(places) if -value.as_tuple().exponent > -places.as_tuple().exponent else value  # type: ignore[operator]
    if not rounded:
        return "0"
    return ("+" if rounded > 0 else "−") + number(abs(rounded))


def number(value: Decimal) -> str:
    """A decimal with thousands commas and no trailing zeros: `28,000`, `2,422.198`."""
    whole, point, rest = plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}"


def unit_zh(row: Row) -> str:
    """`亿元`, `万人次`, `%`."""
    return _SCALES[row.scale][0] + (row.unit.zh or "")


def unit_en(row: Row) -> str:
    """`CNY 100 million`, `10,000 person-times`, `%`, `count`."""
    scale, unit = _SCALES[row.scale][1], row.unit.zh or ""
    money, slash, _ = unit.partition("/")
    if unit in CURRENCIES:
        return f"{CURRENCIES[unit]} {scale}".strip()
    if slash and money in CURRENCIES:
        return f"{CURRENCIES[money]} {scale}{row.unit.en or ''}".strip()
    if unit in COUNTS or not unit:
        return f"{scale}(count)" if scale else "count"
    return f"{scale}{row.unit.en or unit}"


def unit(row: Row) -> str:
    """`亿元 · CNY 100 million`; one of them where both are the same."""
    zh, en = unit_zh(row), unit_en(row)
    return en if zh == en or not zh else f"{zh} · {en}"


def name_en(row: Row) -> str:
    """`gross domestic product (GDP), change on the year before`."""
    part = PARTS[row.part][0]
    return f"{row.name.en}, {part}" if part else row.name.en or row.key


def name_zh(row: Row) -> str:
    """`地区生产总值，比上年变化`."""
    part = PARTS[row.part][1]
    return f"{row.name.zh}，{part}" if part else row.name.zh or row.key


def bodies(data: ComparisonData) -> dict[str, list[Column]]:
    """The columns by body, in order."""
    found: dict[str, list[Column]] = {}
    for column in data.columns:
        found.setdefault(column.body, []).append(column)
    return found


def heading(column: Column, several_bodies: bool) -> str:
    """What stands above a column: the year, and the body when there are several."""
    year = str(column.year) if column.year is not None else "year ?"
    return f"{column.body} {year}" if several_bodies else year


def title(data: ComparisonData) -> tuple[str, str]:
    """Title in English and Chinese: `Shenzhen Municipal People's Government, 2000–2019`."""
    years = sorted({c.year for c in data.columns if c.year is not None})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]) if years else ""
    found = bodies(data)
    if len(found) == 1:
        column = data.columns[-1]
        en, zh = column.issuer.en or column.issuer.zh or column.source, column.body
    else:
        en, zh = f"{len(found)} bodies", f"{len(found)}个单位"
    return ", ".join(part for part in (f"Comparison: {en}", span) if part), "，".join(
        part for part in (f"对比：{zh}", span) if part
    )


def summary(data: ComparisonData) -> tuple[str, ...]:
    """What was compared and how much of it was found, a sentence each."""
    filled = sum(row.filled for row in data.rows)
    cells = len(data.rows) * len(data.columns)
    metrics = len({row.key for row in data.rows})
    lines = [
        f"{len(data.columns)} reports, {len(bodies(data))} {'body' if len(bodies(data)) == 1 else 'bodies'}; "
        f"{metrics} metrics in {len(data.rows)} rows, {filled} of {cells} cells filled",
    ]
    if data.left_out:
        lines.append(f"{data.left_out} more rows are filled by fewer reports and left out")
    return tuple(lines)


# -- the plain table

COLUMNS = (
    *("key", "name_en", "name_zh", "theme_en", "theme_zh", "part", "report", "body", "issuer_en", "issuer_zh"),
    *("report_year", "state", "shown", "value", "unit_zh", "unit_en", "qualifier", "scope", "year", "told_by"),
    *("computed_change_value", "change_unit", "stated_change_value", "changes_agree"),
    *("metric", "figure_zh", "figure_en", "raw", "status", "section"),
    *("evidence", "evidence_start", "evidence_end", "number_start", "number_end"),
)
INTEGERS = frozenset({"report_year", "year", "evidence_start", "evidence_end", "number_start", "number_end"})
BOOLEANS = frozenset({"shown", "changes_agree"})


def plain_rows(data: ComparisonData) -> Iterator[dict[str, TableCell]]:
    """A row for each figure and for each cell without one; `shown` is false for what a cell holds besides.

    `value` is in the row's unit, not scaled; `told_by` is the report that states the figure.
    """
    for row in data.rows:
        for column, cell in zip(data.columns, row.cells, strict=True):
            fixed = _fixed(row, column, cell)
            if not cell.figures and not cell.others:
                yield {**dict.fromkeys(COLUMNS), **fixed, "shown": True}
            for shown, several in ((True, cell.figures), (False, cell.others)):
                for figure in several:
                    yield {**fixed, "shown": shown, **_figure(row, figure, data)}


def _fixed(row: Row, column: Column, cell: Cell) -> dict[str, TableCell]:
    change = cell.change
    stated = change.stated if change else None
    return {
        "key": row.key,
        "name_en": row.name.en,
        "name_zh": row.name.zh,
        "theme_en": row.theme.en,
        "theme_zh": row.theme.zh,
        "part": row.part.value,
        "report": column.source,
        "body": column.body,
        "issuer_en": column.issuer.en,
        "issuer_zh": column.issuer.zh,
        "report_year": column.year,
        "state": cell.state.value,
        "unit_zh": row.unit.zh,
        "unit_en": row.unit.en,
        "computed_change_value": change.computed if change else None,
        "change_unit": change.unit if change else None,
        "stated_change_value": stated.value if stated else None,
        "changes_agree": change.agrees if change else None,
    }


def _figure(row: Row, figure: Placed, data: ComparisonData) -> dict[str, TableCell]:
    m = figure.metric
    return {
        "value": figure.value,
        "qualifier": m.qualifier.value if m.qualifier else None,
        "scope": figure.scope.value,
        "year": figure.year,
        "told_by": data.column(figure.column).source,
        "metric": m.id,
        "figure_zh": m.display.zh,
        "figure_en": m.display.en,
        "raw": m.raw,
        "status": m.status.value,
        "section": m.section,
        "evidence": m.evidence.quote,
        "evidence_start": m.evidence.start,
        "evidence_end": m.evidence.end,
        "number_start": m.number.start,
        "number_end": m.number.end,
    }


class Sources:
    """Numbers of the sentences that a table rests on, in order of their first use."""

    def __init__(self, data: ComparisonData) -> None:
        self._data = data
        self.numbers: dict[tuple[str, int, int], int] = {}
        self._quotes: dict[tuple[str, int, int], tuple[Column, Evidence, list[Placed]]] = {}

    def number(self, figure: Placed) -> int:
        """The number of a figure's sentence."""
        evidence = figure.metric.evidence
        place = (figure.column, evidence.start, evidence.end)
        *_, placed = self._quotes.setdefault(place, (self._data.column(figure.column), evidence, []))
        if figure not in placed:
            placed.append(figure)
        return self.numbers.setdefault(place, len(self.numbers) + 1)

    def __iter__(self) -> Iterator[tuple[int, Column, Evidence, list[Placed]]]:
        for place, number in self.numbers.items():
            yield number, *self._quotes[place]

"""The table of figures as HTML, a part of the page: a row for each metric, in groups, and the filters above it."""

from collections.abc import Iterable, Iterator, Mapping

from summarizer.brief import Bilingual, BriefData, Metric, MetricStatus, SectionBrief
from summarizer.display import plain
from summarizer.document import Kind
from summarizer.rendering.bilingual import joined, of, said
from summarizer.rendering.grouping import MetricGroup
from summarizer.rendering.safe import html as safe
from summarizer.rendering.wording import BOUNDS, DIRECTIONS, KINDS, STATUSES

_COLUMNS = (
    ("number", "#", ""),
    ("what", "What", "指标"),
    ("figure", "Figure", "数字"),
    ("kind", "Kind, period", "类别、时期"),
    ("section", "Section", "章节"),
    ("status", "Checked", "核对"),
)
_ARROWS = {"up": "▲", "down": "▼", "flat": "＝"}
NOTED = "noted"  # the status filter's word for rows with a finding


def table(brief: BriefData, groups: tuple[MetricGroup, ...], noted: Mapping[str, str], told: set[str]) -> Iterator[str]:
    """The filters and the table.

    `noted` gives the id of the first finding about a metric, `told` the sections that have a place on the page.
    """
    yield _filters(brief, groups, noted)
    heads = "".join(
        f'<th role="columnheader" scope="col" class="{key}" data-key="{key}">'
        f'<span class="label">{said(en, zh)}</span></th>'
        for key, en, zh in _COLUMNS
    )
    caption = said("Figures of the report with their places in it", "报告中的数字及其出处")
    yield f'<table id="table" role="table"><caption class="hidden">{caption}</caption>'
    yield f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
    sections = {s.id: _section(s, told) for s in brief.sections}
    usual = str(brief.report.year)
    for group in groups:
        head = f'<th role="rowheader" scope="rowgroup" colspan="{len(_COLUMNS)}">{of(group.name)}</th>'
        yield f'<tbody role="rowgroup"><tr role="row" class="group">{head}</tr>'
        for m in group.metrics:
            yield _row(m, sections.get(m.section) or safe(m.section), noted.get(m.id), usual)
        yield "</tbody>"
    yield "</table>"


def _section(section: SectionBrief, told: set[str]) -> str:
    """A section's id as a link to where the page tells of it, or else of the section above it."""
    id = section.id
    while id not in told and "." in id:
        id = id.rpartition(".")[0]
    return f'<a href="#s-{safe(id)}">{safe(section.id)}</a>' if id in told else safe(section.id)


def _row(m: Metric, where: str, finding: str | None, usual: str) -> str:
    id = safe(m.id)
    status = m.status.value + (f" {NOTED}" if finding else "")
    verified = m.status is MetricStatus.VERIFIED
    state = "✓" if verified else f'<span class="{m.status.value}">{of(STATUSES[m.status])}</span>'
    note = f' <a class="flag" href="#{finding}">{said("finding", "提示")}</a>' if finding else ""
    return (
        f'<tr role="row" id="{id}" data-kind="{m.kind.value}" data-status="{status}" data-value="{plain(m.value)}" '
        f'data-unit="{safe(m.unit.zh or "")}"><td role="cell" class="number">{id[1:]}</td>'
        f'<th role="rowheader" scope="row"><div>{of(m.label) or "—"}</div></th>'
        f'<td role="cell" class="figure"><a href="#{id}-source">{figure(m)}</a></td>'
        f'<td role="cell" class="kind">{_kind(m, usual)}</td><td role="cell" class="section">{where}</td>'
        f'<td role="cell" class="status{"" if verified and not finding else " noted"}">{state}{note}</td></tr>'
    )


def figure(m: Metric) -> str:
    """A figure as the report writes it and as it reads in English."""
    return joined(safe(m.display.en or ""), safe(m.display.zh or ""))


def arrow(m: Metric) -> str:
    """▲ or ▼ before a change; an arrow is no text, so what it means is said by `_kind` or beside it."""
    return _ARROWS[m.direction.value] if m.direction else ""


def _kind(m: Metric, usual: str) -> str:
    parts: list[Bilingual] = []
    if m.kind is not Kind.ACTUAL:
        name, way = KINDS[m.kind], DIRECTIONS.get(m.direction) if m.direction else None
        english = f"{name.en} {arrow(m)} {way.en}" if way else name.en
        parts.append(Bilingual(f"{name.zh}{arrow(m)}{way.zh}" if way else name.zh, english))
    if m.bound:
        parts.append(BOUNDS[m.bound])
    if m.stated_in_words:
        parts.append(Bilingual("文字表述", "in words"))
    told = joined(", ".join(safe(p.en or "") for p in parts), "，".join(safe(p.zh or "") for p in parts))
    # A dash that a line may break behind: 2021-01–2021-12.
    period = safe(m.period or "").replace("..", "–<wbr>")
    css = "period usual" if m.period in (usual, f"{usual}-01..{usual}-12") else "period"
    return f'{told} <span class="{css}">{period}</span>' if period else told


def _filters(brief: BriefData, groups: tuple[MetricGroup, ...], noted: Mapping[str, str]) -> str:
    kinds = [(kind.value, KINDS[kind]) for kind in Kind if any(m.kind is kind for m in brief.metrics)]
    states = [(s.value, STATUSES[s]) for s in MetricStatus if any(m.status is s for m in brief.metrics)]
    if noted:
        states.append((NOTED, Bilingual("有提示", "with a finding")))
    return (
        '<div id="filters" class="filters" role="search" hidden>'
        f'<label><span>{said("Find", "查找")}</span><input type="search" id="find" autocomplete="off"></label>'
        + _select("group", said("Theme or section", "主题或章节"), [(str(n), g.name) for n, g in enumerate(groups)])
        + _select("kind", said("Kind", "类别"), kinds)
        + _select("status", said("Checked", "核对"), states)
        + f'<button type="button" id="clear">{said("Clear", "清除")}</button>'
        f'<output id="shown" aria-live="polite">{len(brief.metrics)} / {len(brief.metrics)}</output></div>'
    )


def _select(name: str, label: str, options: Iterable[tuple[str, Bilingual]]) -> str:
    listed = "".join(
        f'<option value="{value}">{safe(" · ".join(filter(None, (text.en, text.zh))))}</option>'
        for value, text in options
    )
    choice = f'<select name="{name}"><option value="">All · 全部</option>{listed}</select>'
    return f"<label><span>{label}</span>{choice}</label>"

"""A brief as Markdown (CommonMark with tables and footnotes): verdict first, every figure footnoted to its sentence.

Nothing in a report can break its structure: see `safe.markdown`. Nothing of `run` appears that differs between equal
runs.
"""

from collections.abc import Iterable, Iterator

from summarizer.brief import BriefData, Evidence, Finding, Metric, Prose, SectionBrief, SectionStatus
from summarizer.document import Kind
from summarizer.rendering.grouping import MetricGroup, Themes, grouped, section_name
from summarizer.rendering.safe import inline_markdown, line_start
from summarizer.rendering.safe import markdown as safe
from summarizer.rendering.verdict import finding_name, graver_first, groups, limits, title, verdict
from summarizer.rendering.wording import SEVERITIES

_DEEPEST = 2  # sections below this level have no summary and are listed, not headed
_HEAD = "| # | What | 指标 | Figure | 数字 | Kind, period | § | Source |"
# Pandoc takes the widths of wide columns from the dashes.
_RULE = "|---|" + "|".join("-" * width for width in (24, 18, 12, 12, 12, 5)) + "|----|"


def to_markdown(brief: BriefData, themes: Themes | None = None) -> str:
    """The brief as one Markdown text, ending in a line feed."""
    sources = _Sources(brief)
    body = [
        *_head(brief),
        *_overview(brief, sources),
        *_metrics(grouped(brief, themes), sources),
        *_findings(brief, sources),
        *_sections(brief, sources),
        *sources.footnotes(),
    ]
    return "\n".join(body).rstrip() + "\n"


class _Sources:
    """Footnotes: one for each sentence a figure or a prose rests on, numbered in order of place."""

    def __init__(self, brief: BriefData) -> None:
        told = [m.evidence for m in brief.metrics]
        for prose in _every_prose(brief):
            told += prose.evidence
        places = sorted({(e.start, e.end): e for e in told}.items())
        self._numbers = {place: n for n, (place, _) in enumerate(places, 1)}
        self._quotes = [e for _, e in places]
        self._metrics = {m.id: m for m in brief.metrics}
        self._used: set[int] = set()

    def note(self, evidence: Evidence) -> str:
        number = self._numbers[evidence.start, evidence.end]
        self._used.add(number)
        return f"[^{number}]"

    def note_of(self, metric: str | None) -> str:
        known = self._metrics.get(metric or "")
        return self.note(known.evidence) if known else ""

    def prose(self, prose: Prose, lang: str) -> str:
        """The text with a footnote behind each figure, or one for the whole when it tells none."""
        text = prose.zh if lang == "zh" else prose.en
        inserts: list[tuple[int, str]] = []
        for figure in prose.figures:
            span = figure.zh if lang == "zh" else figure.en
            if span is not None:
                inserts.append((span.end, self.note_of(figure.metric)))
        told = bool(inserts)
        inserts += [(m.end, " ⚠") for m in prose.marks if m.lang == lang and m.code != "untranslated"]
        out, here = [], 0
        for at, insert in sorted(inserts):
            out.append(inline_markdown(text[here:at]) + insert)
            here = at
        out.append(inline_markdown(text[here:]))
        whole = "".join(out)
        if not told:
            whole += "".join(dict.fromkeys(self.note(e) for e in prose.evidence))
        return line_start(whole)

    def footnotes(self) -> list[str]:
        if not self._used:
            return []
        lines = ["## Sources · 出处", ""]
        for number, e in enumerate(self._quotes, 1):
            if number in self._used:
                # Not in brackets: `[^1]: word (more)` is a link where footnotes are not known.
                lines.append(f"[^{number}]: “{safe(e.quote)}” — characters {e.start}–{e.end}")
        return [*lines, ""]


def _head(brief: BriefData) -> list[str]:
    heading = " · ".join(safe(part) for part in title(brief) if part)
    lines = [f"# {heading}", ""]
    for line in verdict(brief):
        lines.append(f"- **{line.name} · {line.name_zh}:** {safe(line.text)}\\\n  {safe(line.text_zh)}")
    return [*lines, ""]


def _overview(brief: BriefData, sources: _Sources) -> list[str]:
    overview = brief.overview
    lines = ["## Overview · 概览", "", *_told(overview.text, sources)]
    for group in groups(overview):
        lines += [f"### {_both(group.name.en, group.name.zh)}", "", *_items(group.texts, sources), ""]
    if not overview.problems:
        lines += [
            "### What went wrong · 问题",
            "",
            "The brief finds no problem that the report names. 未见报告自陈问题。",
            "",
        ]
    return lines


def _told(prose: Prose, sources: _Sources) -> list[str]:
    """A paragraph in English, one in Chinese."""
    texts = (sources.prose(prose, lang) for lang in ("en", "zh"))
    return [line for text in texts if text for line in (text, "")]


def _items(several: Iterable[Prose], sources: _Sources) -> list[str]:
    lines = []
    for prose in several:
        english, chinese = sources.prose(prose, "en"), sources.prose(prose, "zh")
        lines.append("- " + "\\\n  ".join(part for part in (english, chinese) if part))
    return lines


def _metrics(several: tuple[MetricGroup, ...], sources: _Sources) -> list[str]:
    lines = ["## Figures · 数字", ""]
    if not several:
        return [*lines, "The report states no figure. 报告中没有数字。", ""]
    for group in several:
        lines += [f"### {_both(group.name.en, group.name.zh)}", "", _HEAD, _RULE]
        lines += [_row(m, sources) for m in group.metrics]
        lines.append("")
    return lines


def _row(m: Metric, sources: _Sources) -> str:
    flag = "" if m.status == "verified" else f" ({m.status})"
    cells = (
        m.id + flag,
        safe(m.label.en or "—"),
        safe(m.label.zh or "—"),
        safe(m.display.en or ""),
        safe(m.display.zh or ""),
        safe(kind_and_period(m)),
        safe(m.section),
        sources.note(m.evidence),
    )
    return f"| {' | '.join(cells)} |"


def kind_and_period(m: Metric) -> str:
    """`change down, 2023`, `target, 2024`, `2023`."""
    kind = "" if m.kind is Kind.ACTUAL else m.kind.value
    if m.direction:
        kind += f" {m.direction.value}"
    return ", ".join(part for part in (kind, m.period or "") if part)


def _findings(brief: BriefData, sources: _Sources) -> list[str]:
    lines = ["## What this brief could not verify · 本简报未能核实之处", ""]
    lines += [_finding(f, sources) for f in graver_first(brief.findings)]
    lines += ["", "### Never verified · 一概未核实", ""] if brief.findings else []
    return [*lines, *(f"- {safe(limit.en or '')}\\\n  {safe(limit.zh or '')}" for limit in limits(brief)), ""]


def _finding(f: Finding, sources: _Sources) -> str:
    level, name = SEVERITIES[f.severity], finding_name(f.code)
    section = f"section {safe(f.where.section)}" if f.where.section else ""
    where = ", ".join(part for part in (section, safe(f.where.metric or "")) if part)
    named = f"**{level.en} · {level.zh}:** {_both(name.en, name.zh)}{f' ({where})' if where else ''}"
    return f"- {named}: {safe(f.message)}{sources.note_of(f.where.metric)}"


def _sections(brief: BriefData, sources: _Sources) -> Iterator[str]:
    yield from ("## Sections · 章节", "")
    listing = False
    for s in brief.sections:
        name = section_name(s)
        heading = _both(name.en, name.zh)
        told = s.summary is not None or s.key_points or s.fields
        if not told and not s.title.zh:
            continue  # what stands before the first heading
        if s.level > _DEEPEST and not told:
            yield "  " * (s.level - _DEEPEST - 1) + f"- {heading}"
            listing = True
            continue
        if listing:
            yield ""
            listing = False
        state = "" if s.status is SectionStatus.OK else f" — {s.status.value}"
        yield from (f"{'#' * min(6, 2 + s.level)} {heading}{state}", "")
        yield from _section(s, sources)
    if listing:
        yield ""


def _section(section: SectionBrief, sources: _Sources) -> Iterator[str]:
    if section.summary is not None:
        yield from _told(section.summary, sources)
    if section.key_points:
        yield from (*_items(section.key_points, sources), "")
    for name, prose in section.fields.items():
        yield from (f"**{safe(name)}**", "", *_items((prose,), sources), "")


def _both(en: str | None, zh: str | None) -> str:
    return " · ".join(safe(part) for part in (en, zh) if part)


def _every_prose(brief: BriefData) -> Iterable[Prose]:
    o = brief.overview
    yield from (o.text, *o.achievements, *o.problems, *o.plans, *o.fields.values())
    for s in brief.sections:
        yield from (p for p in (s.summary, *s.key_points, *s.fields.values()) if p is not None)

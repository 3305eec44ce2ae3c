"""A brief as Markdown (CommonMark with tables and footnotes): verdict first, every figure footnoted to its sentence.

Nothing in a report can break its structure: see `safe.markdown`. Nothing of `run` appears that differs between equal
runs.
"""

from collections.abc import Iterable

from summarizer.brief import Bilingual, BriefData, Evidence, Finding, Metric, Prose, SectionBrief, SectionStatus
from summarizer.document import Kind
from summarizer.rendering.safe import inline_markdown, line_start
from summarizer.rendering.safe import markdown as safe
from summarizer.rendering.verdict import graver_first, overview_groups, title, verdict

_DEEPEST = 2  # sections below this level have no summary and are listed, not headed


def to_markdown(brief: BriefData) -> str:
    """The brief as one Markdown text, ending in a line feed."""
    sources = _Sources(brief)
    body = [
        *_head(brief),
        *_overview(brief, sources),
        *_metrics(brief, sources),
        *_sections(brief, sources),
        *_findings(brief.findings),
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

    def note_of(self, metric: str) -> str:
        known = self._metrics.get(metric)
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
                lines.append(f"[^{number}]: “{safe(e.quote)}” — characters {e.start}–{e.end}")
        return [*lines, ""]


def _head(brief: BriefData) -> list[str]:
    english, chinese = title(brief)
    heading = " · ".join(safe(part) for part in (english, chinese) if part)
    return [
        f"# {heading}",
        "",
        *(f"- **{line.name}:** {safe(line.text)}" for line in verdict(brief)),
        "",
    ]


def _overview(brief: BriefData, sources: _Sources) -> list[str]:
    overview = brief.overview
    lines = ["## Overview · 概览", ""]
    for lang in ("en", "zh"):
        text = sources.prose(overview.text, lang)
        if text:
            lines += [text, ""]
    for heading, several in overview_groups(overview):
        lines += [f"### {safe(heading)}", "", *_items(several, sources), ""]
    return lines


def _items(several: Iterable[Prose], sources: _Sources) -> list[str]:
    lines = []
    for prose in several:
        english, chinese = sources.prose(prose, "en"), sources.prose(prose, "zh")
        lines.append("- " + "\\\n  ".join(part for part in (english, chinese) if part))
    return lines


def _metrics(brief: BriefData, sources: _Sources) -> list[str]:
    if not brief.metrics:
        return ["## Figures · 数据", "", "The report states no figure.", ""]
    lines = [
        "## Figures · 数据",
        "",
        "| # | What | 指标 | Figure | 原文 | Kind, period | Section | Source |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for m in brief.metrics:
        cells = (
            m.id,
            safe(m.label.en or "—"),
            safe(m.label.zh or "—"),
            safe(m.display.en or ""),
            safe(m.display.zh or ""),
            safe(kind_and_period(m)),
            safe(m.section),
            sources.note(m.evidence),
        )
        flag = "" if m.status == "verified" else f" ({m.status})"
        lines.append(f"| {cells[0]}{flag} | " + " | ".join(cells[1:]) + " |")
    return [*lines, ""]


def kind_and_period(m: Metric) -> str:
    """`change down, 2023`, `target, 2024`, `2023`."""
    kind = "" if m.kind is Kind.ACTUAL else m.kind.value
    if m.direction:
        kind += f" {m.direction.value}"
    return ", ".join(part for part in (kind, m.period or "") if part)


def _sections(brief: BriefData, sources: _Sources) -> list[str]:
    lines = ["## Sections · 章节", ""]
    listing = False
    for s in brief.sections:
        heading = f"{safe(s.number)}{' ' if s.number else ''}{_both(s.title) or '(before the first heading)'}"
        told = s.summary is not None or s.key_points or s.fields
        if s.level > _DEEPEST and not told:
            lines.append("  " * (s.level - _DEEPEST - 1) + f"- {heading}")
            listing = True
            continue
        if listing:
            lines.append("")
            listing = False
        state = "" if s.status is SectionStatus.OK else f" — {s.status.value}"
        lines += [f"{'#' * min(6, 2 + s.level)} {heading}{state}", ""]
        lines += _told(s, sources)
    return [*lines, ""] if listing else lines


def _told(section: SectionBrief, sources: _Sources) -> list[str]:
    lines: list[str] = []
    if section.summary is not None:
        for lang in ("en", "zh"):
            text = sources.prose(section.summary, lang)
            if text:
                lines += [text, ""]
    if section.key_points:
        lines += [*_items(section.key_points, sources), ""]
    for name, prose in section.fields.items():
        lines += [f"**{safe(name)}**", "", *_items((prose,), sources), ""]
    return lines


def _both(text: Bilingual) -> str:
    return " · ".join(safe(part) for part in (text.zh, text.en) if part)


def _findings(findings: tuple[Finding, ...]) -> list[str]:
    lines = ["## Findings · 提示", ""]
    if not findings:
        return [*lines, "None.", ""]
    for f in graver_first(findings):
        section = f"section {safe(f.where.section)}" if f.where.section else ""
        where = ", ".join(part for part in (section, safe(f.where.metric or "")) if part)
        lines.append(f"- **{f.severity}** {safe(f.code)}{f' ({where})' if where else ''}: {safe(f.message)}")
    return [*lines, ""]


def _every_prose(brief: BriefData) -> Iterable[Prose]:
    o = brief.overview
    yield from (o.text, *o.achievements, *o.problems, *o.plans, *o.fields.values())
    for s in brief.sections:
        yield from (p for p in (s.summary, *s.key_points, *s.fields.values()) if p is not None)

"""A brief as one self-contained HTML page: what the report says on one side, the text it rests on on the other.

The report is escaped, nothing is loaded from elsewhere, and the policy allows the page's own script and style alone,
each by its digest. Without script everything can be read and followed; script adds sorting and filtering. Nothing of
`run` shows that differs between equal runs.
"""

import base64
import hashlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from summarizer.brief import BriefData, Evidence, Finding, Prose, SectionBrief, SectionStatus, Severity
from summarizer.rendering.bilingual import heading, joined, of, said
from summarizer.rendering.grouping import Themes, grouped, section_name
from summarizer.rendering.html_charts import charts
from summarizer.rendering.html_source import SourceText
from summarizer.rendering.html_source import title as source_title
from summarizer.rendering.html_table import table
from summarizer.rendering.safe import html as safe
from summarizer.rendering.verdict import count, finding_name, graver_first, groups, limits, title, verdict
from summarizer.rendering.wording import SECTION_STATUSES, SEVERITIES

_FEW_SENTENCES = 6
_DEEPEST = 2  # sections below this level have no summary


def to_html(brief: BriefData, text: str | None = None, themes: Themes | None = None) -> str:
    """The brief as one page; every figure leads to its place in the text of the report and back.

    `text` is the text of the report, to which all offsets refer; without it the page shows the quoted sentences alone.
    """
    page = _Page(brief, SourceText(brief, text), themes)
    english, chinese = title(brief)
    policy = (
        f"default-src 'none'; script-src '{_digest('page.js')}'; style-src '{_digest('page.css')}'; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{safe(' · '.join(filter(None, (english, chinese))))}</title>",
        f"<style>{_part('page.css')}</style></head>",
        "<body>",
        *page.bar(),
        '<main id="brief">',
        *page.head(english, chinese),
        *page.overview(),
        *page.charts(),
        *page.figures(),
        *page.findings(),
        *page.sections(),
        "</main>",
        *page.source(),
        page.footer(),
        f"<script>{_part('page.js')}</script>",
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


@cache
def _part(name: str) -> str:
    # Script and style are files of their own kind, so that editors and checkers know them; they are code, not data
    # that a user might replace.
    content = pkgutil.get_data(__package__, name)
    assert content is not None
    return content.decode()


@cache
def _digest(name: str) -> str:
    digest = hashlib.sha256(_part(name).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


class _Page:
    """The parts of the page, top to bottom."""

    def __init__(self, brief: BriefData, source: SourceText, themes: Themes | None) -> None:
        self._brief = brief
        self._source = source
        self._groups = grouped(brief, themes)
        self._known = {m.id for m in brief.metrics}
        self._told = [s for s in brief.sections if _texts(s) or (s.title.zh and s.level <= _DEEPEST)]
        self._findings = [(f"f{n}", f) for n, f in enumerate(graver_first(brief.findings), 1)]
        self._charts = list(charts(brief))
        self._noted: dict[str, str] = {}
        for id, f in self._findings:
            if f.where.metric:
                self._noted.setdefault(f.where.metric, id)

    def bar(self) -> Iterable[str]:
        parts = [
            ("overview", "Overview", "概览"),
            ("problems", "Problems", "问题"),
            *([("charts", "Charts", "图表")] if self._charts else []),
            ("figures", "Figures", "数字"),
            ("findings", "Not verified", "未核实"),
        ]
        parts += [("sections", "Sections", "章节"), ("source", "Source", "原文")]
        links = "".join(f'<a href="#{id}">{said(en, zh)}</a>' for id, en, zh in parts)
        chinese = '<span lang="zh-Hans">中文</span>'
        choices = "".join(
            f'<label><input type="radio" name="language" id="{id}"{state}><span>{name}</span></label>'
            for id, name, state in (
                ("both", f"English + {chinese}", " checked"),
                ("only-en", "English", ""),
                ("only-zh", chinese, ""),
            )
        )
        yield f'<a class="skip" href="#brief">{said("Skip to the brief", "跳到正文")}</a>'
        yield f'<header class="bar"><nav aria-label="Parts of the brief">{links}</nav>'
        legend = '<legend class="hidden">Language · 语言</legend>'
        yield f'<fieldset class="languages">{legend}{choices}</fieldset></header>'

    def head(self, english: str, chinese: str) -> Iterable[str]:
        report = self._brief.report
        when = [(f"{report.year}", f"{report.year}年") if report.year else ("year not stated", "未写明年份")]
        if report.issued:
            when.append((f"dated {report.issued}", f"落款日期{report.issued}"))
        issuer = said(
            " · ".join([report.issuer.en or report.issuer.zh or "issuer not stated", *(en for en, _ in when)]),
            " · ".join([report.issuer.zh or report.issuer.en or "未写明发文机关", *(zh for _, zh in when)]),
        )
        yield f"<h1>{said(english, chinese)}</h1>"
        if report.title.en or report.title.zh or report.issued:  # else the heading says it already
            yield f'<p class="issuer">{issuer}</p>'
        yield f'<ul class="tiles">{"".join(self._tiles())}</ul>'

    def _tiles(self) -> Iterator[str]:
        metrics, problems = self._brief.metrics, len(self._brief.overview.problems)
        verified = sum(m.status == "verified" for m in metrics)
        grave = [f for _, f in self._findings if f.severity is not Severity.INFO]
        remarks = len(self._findings) - len(grave)
        worst = grave[0].severity.value if grave else ""
        yield _tile("figures", str(len(metrics)), "figures, each with its sentence", "个数字，均附原句")
        named = "problem the report itself names" if problems == 1 else "problems the report itself names"
        yield _tile("problems", str(problems), named, "条问题，报告自陈")
        yield _tile(
            "figures", f"{verified} / {len(metrics)}", "labels passed every check", "个指标名称通过全部核对",
            "" if verified == len(metrics) else "warning",
        )  # fmt: skip
        heed = "warning to heed" if len(grave) == 1 else "warnings to heed"
        yield _tile(
            "findings",
            str(len(grave)),
            f"{heed}, {count(remarks, 'remark')}",
            f"条警告须留意，{remarks}条提示",
            worst,
        )

    def overview(self) -> Iterable[str]:
        overview = self._brief.overview
        yield f'<section id="overview">{heading("Overview", "概览", 2)}'
        yield f'<div class="lead">{self._prose(overview.text)}</div>'
        parts = groups(overview)
        for group in parts:
            items = "".join(f"<li>{self._prose(prose)}</li>" for prose in group.texts)
            yield f'<div class="part" id="{safe(group.id)}">{heading(group.name.en or "", group.name.zh or "", 3)}'
            yield f"<ul>{items}</ul></div>"
            if group.id == "achievements":
                yield from self._no_problems()
        if not overview.achievements:
            yield from self._no_problems()
        yield "</section>"

    def _no_problems(self) -> Iterable[str]:
        if not self._brief.overview.problems:
            yield f'<div class="part" id="problems">{heading("What went wrong", "问题", 3)}<p class="none">'
            yield said("The brief finds no problem that the report names.", "未见报告自陈问题。") + "</p></div>"

    def charts(self) -> Iterable[str]:
        if self._charts:
            yield f'<section id="charts">{heading("Charts", "图表", 2)}<div class="charts">'
            yield from self._charts
            yield "</div></section>"

    def figures(self) -> Iterable[str]:
        yield f'<section id="figures">{heading("Figures", "数字", 2)}'
        if self._brief.metrics:
            yield from table(self._brief, self._groups, self._noted, {s.id for s in self._told})
        else:
            yield f"<p>{said('The report states no figure.', '报告中没有数字。')}</p>"
        yield "</section>"

    def findings(self) -> Iterable[str]:
        yield f'<section id="findings">{heading("What this brief could not verify", "本简报未能核实之处", 2)}'
        lines = [line for line in verdict(self._brief) if line.name in ("Figures", "Checked", "Careful")]
        rows = (
            f"<div><dt>{said(line.name, line.name_zh)}</dt>"
            f'<dd class="pair">{said(line.text, line.text_zh, "div")}</dd></div>'
            for line in lines
        )
        yield f'<dl class="checked">{"".join(rows)}</dl>'
        by_code: dict[tuple[Severity, str], list[tuple[str, Finding]]] = {}
        for id, f in self._findings:
            by_code.setdefault((f.severity, f.code), []).append((id, f))
        if by_code:
            yield '<ul class="findings">'
            for (severity, code), several in by_code.items():
                level = f'<span class="level">{of(SEVERITIES[severity])}</span>'
                yield f'<li class="{severity.value}"><h3>{of(finding_name(code))} {level}</h3><ul>'
                yield from (f'<li id="{id}">{safe(f.message)}{self._where(f)}</li>' for id, f in several)
                yield "</ul></li>"
            yield "</ul>"
        yield f'<div class="limits">{heading("Never verified", "一概未核实", 3)}<ul>'
        yield from (f'<li class="pair">{of(limit, "div")}</li>' for limit in limits(self._brief))
        yield "</ul></div></section>"

    def _where(self, finding: Finding) -> str:
        where, links = finding.where, []
        if where.metric in self._known and where.metric:
            links.append(f'<a href="#{safe(where.metric)}-source">{said("source", "原文")}</a>')
            links.append(f'<a href="#{safe(where.metric)}">{said("row", "表中")} {safe(where.metric[1:])}</a>')
        elif where.section in {s.id for s in self._told} and where.section:
            links.append(f'<a href="#s-{safe(where.section)}">{said("section", "章节")} {safe(where.section)}</a>')
        return f" ({', '.join(links)})" if links else ""

    def sections(self) -> Iterable[str]:
        yield f'<section id="sections">{heading("Sections", "章节", 2)}'
        for s in self._told:
            place = self._source.section(s.id)
            tag = f"h{min(4, 2 + s.level)}"
            state = ""
            if s.status is not SectionStatus.OK:
                state = f' <span class="quiet {s.status.value}">{of(SECTION_STATUSES[s.status])}</span>'
            link = f' <a class="quiet" href="#{safe(place)}">{said("source", "原文")}</a>' if place else ""
            yield f'<div class="told" id="s-{safe(s.id)}"><{tag}>{of(section_name(s))}{state}{link}</{tag}>'
            if s.summary is not None:
                yield self._prose(s.summary)
            if s.key_points:
                yield f"<ul>{''.join(f'<li>{self._prose(p)}</li>' for p in s.key_points)}</ul>"
            for name, prose in s.fields.items():
                yield f"<h4>{safe(name.replace('_', ' ').capitalize())}</h4>{self._prose(prose)}"
            yield "</div>"
        yield "</section>"

    def source(self) -> Iterable[str]:
        back = f'<a class="back" id="back" href="#-">{said("Back", "返回")}</a>'
        yield '<aside id="source" aria-label="Source text · 原文">'
        yield f"<header>{source_title(self._source.whole)}{back}</header>"
        yield f'<div class="text" lang="zh-Hans">{self._source.html()}</div></aside>'

    def footer(self) -> str:
        source, run = self._brief.source, self._brief.run
        model = f" ({run.model})" if run.model else ""
        return (
            f"<footer><p>{safe(source.name)} · {source.characters:,} characters · SHA-256 {safe(source.sha256)} · "
            f"summarizer, {safe(run.engine + model)}</p></footer>"
        )

    def _prose(self, prose: Prose) -> str:
        """Both texts, a column each, and links to the sentences they rest on."""
        texts = joined(self._filled(prose, "en"), self._filled(prose, "zh"), "p")
        return f'<div class="pair">{texts}</div>{self._origin(prose.evidence)}'

    def _filled(self, prose: Prose, lang: str) -> str:
        text = prose.zh if lang == "zh" else prose.en
        figures = [(span, f.metric) for f in prose.figures if (span := f.zh if lang == "zh" else f.en)]
        marks = [m for m in prose.marks if m.lang == lang]
        cuts = {0, len(text)}.union(*(span for span, _ in figures), *((m.start, m.end) for m in marks))
        out = []
        for start, end in pairwise(sorted(cuts)):
            piece = safe(text[start:end])
            code = next((m.code for m in marks if m.start <= start < m.end), "")
            metric = next((name for span, name in figures if span.start <= start < span.end), "")
            if code:
                name = finding_name(code)
                piece = (
                    f'<span class="doubt" title="{safe((name.zh if lang == "zh" else name.en) or code)}">{piece}</span>'
                )
            if metric in self._known:
                piece = f'<a class="figure" href="#{safe(metric)}-source">{piece}</a>'
            out.append(piece)
        return "".join(out)

    def _origin(self, evidence: tuple[Evidence, ...]) -> str:
        if not evidence:
            return ""
        places = dict.fromkeys(self._source.sentence(e) for e in evidence)
        links = " ".join(f'<a href="#{place}">{n}</a>' for n, place in enumerate(places, 1))
        if len(places) <= _FEW_SENTENCES:
            name = said("Source sentence" if len(places) == 1 else "Source sentences", "原句")
            return f'<div class="origin">{name} {links}</div>'
        name = said(f"{len(places)} source sentences", f"原句{len(places)}处")
        return f'<details class="origin"><summary>{name}</summary>{links}</details>'


def _tile(target: str, number: str, en: str, zh: str, kind: str = "") -> str:
    css = f' class="{kind}"' if kind else ""
    return f'<li{css}><a href="#{target}"><b>{number}</b>{said(en, zh)}</a></li>'


def _texts(section: SectionBrief) -> list[Prose]:
    return [p for p in (section.summary, *section.key_points, *section.fields.values()) if p is not None]

"""A brief as one self-contained HTML page: no script, nothing loaded from elsewhere, the report escaped."""

from collections.abc import Iterable
from itertools import pairwise

from summarizer.brief import BriefData, Evidence, Metric, Prose
from summarizer.rendering.markdown import kind_and_period
from summarizer.rendering.safe import html as safe
from summarizer.rendering.verdict import graver_first, overview_groups, title, verdict

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
.brief{font:15px/1.55 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:64rem;margin:1rem auto;padding:0 1rem}
.brief h1{font-size:1.4rem;line-height:1.3}.brief h2{font-size:1.15rem;margin-top:1.6rem;border-bottom:1px solid #8884}
.brief h3{font-size:1rem;margin-bottom:.2rem}.brief table{border-collapse:collapse;width:100%;font-size:.9rem}
.brief th,.brief td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid #8883}
.brief td.n{white-space:nowrap;font-variant-numeric:tabular-nums}.brief .scroll{overflow-x:auto}
.brief a{color:inherit;text-decoration:underline dotted}.brief .fig{font-weight:600}
.brief mark{background:#ffe08a;color:#000}.brief .doubt{outline:1px dashed #c60}.brief :target{background:#ffe08a55}
.brief .error{color:#b00020}.brief .warning{color:#a15c00}.brief dt{font-weight:600;float:left;width:5.5rem}
.brief dd{margin:0 0 .2rem 5.5rem}.brief ol.src li{margin:.3rem 0;overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){.brief mark{background:#7a5c00;color:#fff}.brief .error{color:#ff8a80}.brief .warning{color:#ffc26b}}
""".strip()  # noqa: E501


def to_html(brief: BriefData) -> str:
    """The brief as one page; every figure links to its highlighted sentence."""
    english, chinese = title(brief)
    heading = "<br>".join(_lang(part, lang) for part, lang in ((english, "en"), (chinese, "zh-Hans")) if part)
    sources = _Sources(brief)
    lines = "".join(f"<dt>{safe(line.name)}</dt><dd>{safe(line.text)}</dd>" for line in verdict(brief))
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{safe(english or chinese)}</title><style>{_STYLE}</style></head><body>",
        f'<article class="brief"><h1>{heading}</h1><dl>{lines}</dl>',
        *_overview(brief, sources),
        *_metrics(brief),
        *_sections(brief, sources),
        *_findings(brief),
        *_sources(brief),
        "</article></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _lang(text: str, lang: str) -> str:
    return f'<span lang="{lang}">{safe(text)}</span>'


class _Sources:
    """Ids of the metrics, so that a prose links only to what exists."""

    def __init__(self, brief: BriefData) -> None:
        self._known = {m.id for m in brief.metrics}

    def paragraphs(self, prose: Prose, tag: str = "p") -> str:
        both = (self._filled(prose, "en"), self._filled(prose, "zh"))
        return "".join(
            f'<{tag} lang="{lang}">{text}</{tag}>' for lang, text in zip(("en", "zh-Hans"), both, strict=True) if text
        )

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
                piece = f'<span class="doubt" title="{safe(code)}">{piece}</span>'
            if metric in self._known:
                piece = f'<a class="fig" href="#{safe(metric)}-source">{piece}</a>'
            out.append(piece)
        return "".join(out)


def _overview(brief: BriefData, sources: _Sources) -> Iterable[str]:
    overview = brief.overview
    yield f"<h2>Overview · 概览</h2>{sources.paragraphs(overview.text)}"
    for heading, several in overview_groups(overview):
        items = "".join(f"<li>{sources.paragraphs(p, 'div')}</li>" for p in several)
        yield f"<h3>{safe(heading)}</h3><ul>{items}</ul>"


def _metrics(brief: BriefData) -> Iterable[str]:
    yield '<h2>Figures · 数据</h2><div class="scroll"><table><thead><tr>'
    yield "".join(f"<th>{name}</th>" for name in ("#", "What", "指标", "Figure", "原文", "Kind, period", "Section"))
    yield "</tr></thead><tbody>"
    for m in brief.metrics:
        doubt = "" if m.status == "verified" else f' <span class="warning">({safe(m.status)})</span>'
        yield (
            f'<tr id="{safe(m.id)}"><td class="n"><a href="#{safe(m.id)}-source">{safe(m.id)}</a>{doubt}</td>'
            f'<td>{safe(m.label.en or "—")}</td><td lang="zh-Hans">{safe(m.label.zh or "—")}</td>'
            f'<td class="n">{safe(m.display.en or "")}</td><td class="n" lang="zh-Hans">{safe(m.display.zh or "")}</td>'
            f"<td>{safe(kind_and_period(m))}</td><td>{safe(m.section)}</td></tr>"
        )
    yield "</tbody></table></div>"


def _sections(brief: BriefData, sources: _Sources) -> Iterable[str]:
    yield "<h2>Sections · 章节</h2>"
    for s in brief.sections:
        told = [p for p in (s.summary, *s.key_points, *s.fields.values()) if p is not None]
        if not told and s.level > 1:
            continue
        heading = " · ".join(safe(part) for part in (f"{s.number}{s.title.zh or ''}", s.title.en) if part)
        state = "" if s.status == "ok" else f' <span class="warning">({safe(s.status)})</span>'
        yield f"<h3>{heading or '(before the first heading)'}{state}</h3>"
        yield from (sources.paragraphs(p) for p in told)


def _findings(brief: BriefData) -> Iterable[str]:
    yield "<h2>Findings · 提示</h2>"
    if not brief.findings:
        yield "<p>None.</p>"
        return
    known = {m.id for m in brief.metrics}
    yield "<ul>"
    for f in graver_first(brief.findings):
        metric = f.where.metric
        where = f' (<a href="#{safe(metric)}">{safe(metric)}</a>)' if metric in known and metric else ""
        yield f'<li><b class="{safe(f.severity)}">{safe(f.severity)}</b> {safe(f.code)}{where}: {safe(f.message)}</li>'
    yield "</ul>"


def _sources(brief: BriefData) -> Iterable[str]:
    by_sentence: dict[tuple[int, int], tuple[Evidence, list[Metric]]] = {}
    for m in brief.metrics:
        by_sentence.setdefault((m.evidence.start, m.evidence.end), (m.evidence, []))[1].append(m)
    yield '<h2>Sources · 出处</h2><ol class="src">'
    for (start, end), (evidence, metrics) in sorted(by_sentence.items(), key=lambda item: item[0]):
        anchors = "".join(f'<span id="{safe(m.id)}-source"></span>' for m in metrics)
        yield f'<li lang="zh-Hans">{anchors}{_marked(evidence, metrics)} <small>{start}–{end}</small></li>'
    yield "</ol>"


def _marked(evidence: Evidence, metrics: list[Metric]) -> str:
    quote, out, here = evidence.quote, [], 0
    for m in sorted(metrics, key=lambda m: m.number.start):
        start, end = m.number.start - evidence.start, m.number.end - evidence.start
        if start < here:
            continue
        back = f'<a href="#{safe(m.id)}"><mark>{safe(quote[start:end])}</mark></a>'
        out.append(safe(quote[here:start]) + back)
        here = end
    return "".join(out) + safe(quote[here:])

"""A saved brief against its report: everything that can be read again is read again.

Errors only: a brief that does not fit its report is worth nothing as a source.
"""

from collections.abc import Iterator

from summarizer.accounting import uncovered
from summarizer.brief import BriefData, Evidence, Finding, Metric, Prose, Severity, Where
from summarizer.display import display, plain
from summarizer.document import Document, Quantity, Span
from summarizer.masthead import identify
from summarizer.quantities import scan
from summarizer.sections import heading_spans, plan_sections, split
from summarizer.verification.finding import around

_SHOWN = 60


def check_brief(brief: BriefData, text: str) -> tuple[Finding, ...]:
    """Re-verify a saved brief against the text it was made from.

    Checks lengths, sections, quotes, numbers and their values read anew, and that each figure of the prose is exactly
    the display of its metric. Returns: error findings, none when all is well.
    """
    problems = list(_length(brief, text))
    if problems:
        # Every offset would be reported once more.
        return tuple(problems)
    for check in (_sections, _metrics, _accounted, _prose):
        problems += check(brief, text)
    return tuple(problems)


def _error(code: str, message: str, **where: str | int | None) -> Finding:
    return Finding(Severity.ERROR, code, Where(**where), message)  # type: ignore[arg-type]


def _length(brief: BriefData, text: str) -> Iterator[Finding]:
    source = brief.source
    if source.characters != len(text):
        yield _error(
            "other_text",
            f"the brief was made from {source.characters} characters, this report has {len(text)}; it is another text",
        )
    elif not 0 <= source.body.start <= source.body.end <= len(text):
        yield _error("out_of_bounds", f"the body {source.body.start}-{source.body.end} lies outside of the text")


def _sections(brief: BriefData, text: str) -> Iterator[Finding]:
    body = brief.source.body
    seen: set[str] = set()
    spans = {s.id: (s.start, s.end) for s in brief.sections}
    for s in brief.sections:
        where = f"section {s.id}"
        if s.id in seen:
            yield _error("section", f"{where} is there twice", section=s.id)
        seen.add(s.id)
        if not body.start <= s.start <= s.end <= body.end:
            yield _error("out_of_bounds", f"{where} ({s.start}-{s.end}) lies outside of the body", section=s.id)
            continue
        parent = spans.get(s.id.rpartition(".")[0])
        if parent and not (parent[0] <= s.start and s.end <= parent[1]):
            yield _error("section", f"{where} lies outside of its parent", section=s.id)
        if s.number and not text.startswith(s.number, s.start):
            yield _error(
                "section",
                f"{where} should start with {s.number!r}, the text has {text[s.start : s.start + 12]!r}",
                section=s.id,
            )


def _quote(evidence: Evidence, text: str, what: str, metric: str | None, section: str | None) -> Iterator[Finding]:
    if text[evidence.start : evidence.end] != evidence.quote:
        yield _error(
            "quote",
            f"the quote of {what} is not what the text has at {evidence.start}-{evidence.end}: "
            f"{evidence.quote[:_SHOWN]!r}, text {text[evidence.start : evidence.end][:_SHOWN]!r}",
            metric=metric,
            section=section,
            start=evidence.start,
            end=evidence.end,
        )


def _metrics(brief: BriefData, text: str) -> Iterator[Finding]:
    anew = {tuple(q.number): q for q in _scan(brief, text)}
    sections = {s.id: s for s in brief.sections}
    seen: set[str] = set()
    for m in brief.metrics:
        if m.id in seen:
            yield _error("metric", f"{m.id} is there twice", metric=m.id)
        seen.add(m.id)
        yield from _quote(m.evidence, text, m.id, m.id, None)
        if not m.evidence.start <= m.number.start < m.number.end <= m.evidence.end:
            yield _error("metric", f"the number of {m.id} lies outside of its sentence", metric=m.id)
        home = sections.get(m.section)
        if home is None or not home.start <= m.number.start < home.end:
            yield _error("metric", f"{m.id} does not lie in section {m.section}", metric=m.id)
        q = anew.pop((m.number.start, m.number.end), None)
        if q is None:
            shown = text[m.number.start : m.number.end]
            yield _error(
                "metric",
                f"{m.id}: no figure stands at {m.number.start}-{m.number.end} ({shown[:_SHOWN]!r}, brief {m.raw!r})",
                metric=m.id,
                start=m.number.start,
                end=m.number.end,
            )
            continue
        yield from _figure(m, q, text)
    for q in anew.values():
        yield _error(
            "metric_missing",
            f"the figure {text[q.start : q.end]} in “{around(text, q.start, q.end)}” is not in the brief",
            start=q.number.start,
            end=q.number.end,
        )


def _figure(m: Metric, q: Quantity, text: str) -> Iterator[Finding]:
    shown = display(q, text)
    pairs: tuple[tuple[str, object, object], ...] = (
        ("value", plain(m.value), plain(q.value)),
        ("unit", m.unit.zh, q.unit),
        ("raw", m.raw, text[q.start : q.end]),
        ("kind", m.kind, q.kind),
        ("direction", m.direction, q.direction),
        ("qualifier", m.qualifier, q.qualifier),
        ("bound", m.bound, q.bound),
        ("Chinese display", m.display.zh, shown.zh),
        ("English display", m.display.en, shown.en),
    )
    for name, saved, read in pairs:
        if saved != read:
            yield _error(
                "figure",
                f"{name} of {m.id} is {saved!r}, read anew it is {read!r} (“{around(text, q.start, q.end)}”)",
                metric=m.id,
                start=q.number.start,
                end=q.number.end,
            )


def _scan(brief: BriefData, text: str) -> tuple[Quantity, ...]:
    body = Span(brief.source.body.start, brief.source.body.end)
    source = brief.source
    document = Document(source.name, text, source.sha256, source.media_type, source.encoding, body)
    sections = split(document)
    masthead = identify(document, sections)
    return scan(
        text, body, year=masthead.year, plans=plan_sections(sections), headings=heading_spans(sections)
    ).quantities


def _accounted(brief: BriefData, text: str) -> Iterator[Finding]:
    body = Span(brief.source.body.start, brief.source.body.end)
    spans = [_raw_span(m, text) for m in brief.metrics]
    for d in brief.numbers.dismissed:
        spans.append((d.start, d.end))
        if text[d.start : d.end] != d.raw:
            yield _error(
                "dismissed", f"{d.raw!r} is not what the text has at {d.start}-{d.end}", start=d.start, end=d.end
            )
    told = {(r.start, r.end) for r in brief.numbers.unaccounted}
    for run in uncovered(text, body, spans):
        if tuple(run) not in told:
            yield _error(
                "number_unaccounted",
                f"the number {text[run.start : run.end]} in “{around(text, run.start, run.end)}” is not accounted for",
                start=run.start,
                end=run.end,
            )


def _raw_span(m: Metric, text: str) -> tuple[int, int]:
    # `raw` stands around the number; where exactly is found by laying it over the text.
    for offset in range(len(m.raw)):
        start = m.number.start - offset
        if text.startswith(m.raw, start) and m.number.end <= start + len(m.raw):
            return start, start + len(m.raw)
    return m.number.start, m.number.end


def _prose(brief: BriefData, text: str) -> Iterator[Finding]:
    metrics = {m.id: m for m in brief.metrics}
    for what, section, prose in _every_prose(brief):
        for evidence in prose.evidence:
            yield from _quote(evidence, text, what, None, section)
        for figure in prose.figures:
            metric = metrics.get(figure.metric)
            if metric is None:
                yield _error("prose", f"{what} tells {figure.metric}, which is no metric", section=section)
                continue
            for lang, span, string, shown in (
                ("zh", figure.zh, prose.zh, metric.display.zh),
                ("en", figure.en, prose.en, metric.display.en),
            ):
                if span is not None and string[span.start : span.end] != shown:
                    yield _error(
                        "prose",
                        f"{what} ({lang}) has {string[span.start : span.end]!r} where {metric.id} is {shown!r}",
                        section=section,
                        metric=metric.id,
                    )


def _every_prose(brief: BriefData) -> Iterator[tuple[str, str | None, Prose]]:
    overview = brief.overview
    yield "the overview", None, overview.text
    for name in ("achievements", "problems", "plans"):
        for prose in getattr(overview, name):
            yield f"the overview ({name})", None, prose
    for prose in overview.fields.values():
        yield "the overview (fields)", None, prose
    for s in brief.sections:
        for one in (s.summary, *s.key_points, *s.fields.values()):
            if one is not None:
                yield f"section {s.id}", s.id, one

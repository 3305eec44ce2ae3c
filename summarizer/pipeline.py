"""One report through all stages. The caller supplies engine and clock; nothing here touches the outside."""

from collections.abc import Callable, Iterator, Sequence

from summarizer.brief import BriefData, Finding, Run, Severity, Tokens, Where
from summarizer.document import Document, Span
from summarizer.engines.protocol import Engine, Reading
from summarizer.masthead import identify
from summarizer.merging import merge
from summarizer.quantities import scan
from summarizer.report_type import ReportType
from summarizer.sections import heading_spans, plan_sections, problems_told, split
from summarizer.text import sentences
from summarizer.verification import verify

Clock = Callable[[], float]


def read_report(document: Document, problem_words: Sequence[str] = ()) -> Reading:
    """Find what code can know of a report before anyone says what it means.

    `problem_words` open paragraphs about shortcomings in reports that give these no heading of their own.
    Returns: sections, masthead, every number and every sentence, and the stretches about plans and problems.
    """
    sections = split(document)
    masthead = identify(document, sections)
    headings = heading_spans(sections)
    plans = plan_sections(sections)
    body = Span(*document.body)
    return Reading(
        document=document,
        sections=sections,
        masthead=masthead,
        numbers=scan(document.text, body, year=masthead.year, plans=plans, headings=headings),
        # Reports printed on one line have no line end before a heading, so headings end sentences too.
        sentences=tuple(sentences(document.text, body.start, body.end, [heading.start for heading in headings])),
        plans=plans,
        problems=problems_told(document.text, body, sections, problem_words),
    )


def run(document: Document, engine: Engine, report_type: ReportType, clock: Clock) -> BriefData:
    """Read, draft, check and merge one report.

    `clock` gives seconds from any fixed moment; of the result only `run` depends on it.
    Raises: EngineError when the engine cannot deliver.
    """
    began = clock()
    reading = read_report(document, report_type.problem_words)
    draft = engine.draft(reading, report_type)
    findings = (*_remarks(document), *verify(reading, draft))
    return merge(
        reading,
        draft,
        report_type,
        findings,
        Run(
            engine=engine.name,
            model=draft.usage.model,
            endpoint_host=draft.usage.endpoint_host,
            prompt_sha256=draft.usage.prompt_sha256,
            schema_sha256=report_type.sha256,
            requests=draft.usage.requests,
            retries=draft.usage.retries,
            tokens=Tokens(draft.usage.prompt, draft.usage.cached, draft.usage.completion),
            cost=draft.usage.cost,
            seconds=round(clock() - began, 3),
            reused_sections=draft.usage.reused,
        ),
    )


def _remarks(document: Document) -> Iterator[Finding]:
    """What the reader of the file had to say, as findings."""
    for warning in document.warnings:
        yield Finding(Severity.WARNING, "reading", Where(), warning)

"""What Python users call: one report or many to briefs. Wires reading, engine, report type and pipeline."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summarizer import reading
from summarizer.errors import SummarizerError
from summarizer.records import record
from summarizer.result import Brief

if TYPE_CHECKING:
    from logging import Logger

    from summarizer.brief import Finding
    from summarizer.compared import Comparison
    from summarizer.dialogue import Estimate
    from summarizer.document import Document
    from summarizer.engines.opening import EngineOptions
    from summarizer.engines.protocol import Engine, Reading
    from summarizer.report_type import ReportType
    from summarizer.resources import ReportTypes

_LONGEST_PATH = 1000
_REPORTS_AT_ONCE = 8


@record
class Outcome:
    """What became of one of many reports: either a brief or an error.

    Attributes:
        source: as it was given.
        brief: the finished brief, None when it failed.
        error: why it failed, None when it did not.
    """

    source: str | Path
    brief: Brief | None = None
    error: Exception | None = None


def summarize(
    source: str | Path,
    *,
    engine: "Engine | EngineOptions | Literal['offline', 'llm'] | None" = None,
    model: str | None = None,
    report_type: "ReportType | str | None" = None,
    home: Path | None = None,
) -> Brief:
    """Brief one report.

    Args:
        source: a `Path` is a file. A `str` is the path of a file (`-` is standard input), unless it holds a line break
            or more than 1000 characters: then it is the text of the report itself. `summarize_text` takes any text.
        engine: `offline`, `llm`, an `EngineOptions`, or any object that meets `Engine`; by default llm when a model is
            named, here or by OPENAI_MODEL, else offline.
        model: the language model, short for `EngineOptions(model=...)`.
        report_type: id of a definition in `schemas/`, or one that is loaded already; by default what the report shows
            itself to be.
        home: folder with `schemas/` and `prompts/` of your own; None takes SUMMARIZER_HOME.

    Raises: InputError, DefinitionError, EngineError; all are SummarizerError.
    """
    if isinstance(source, str) and ("\n" in source or "\r" in source or len(source) > _LONGEST_PATH):
        return summarize_text(source, engine=engine, model=model, report_type=report_type, home=home)
    document = reading.read(source)
    with _means(engine, model, report_type, home) as means:
        return _brief(document, *means)


def summarize_text(
    text: str,
    *,
    name: str = "text",
    engine: "Engine | EngineOptions | Literal['offline', 'llm'] | None" = None,
    model: str | None = None,
    report_type: "ReportType | str | None" = None,
    home: Path | None = None,
) -> Brief:
    """Brief a report that is a string already; `name` is what the brief calls it. Otherwise as `summarize`."""
    document = reading.read_text(text, name)
    with _means(engine, model, report_type, home) as means:
        return _brief(document, *means)


def summarize_many(
    sources: Iterable[str | Path],
    *,
    engine: "Engine | EngineOptions | Literal['offline', 'llm'] | None" = None,
    model: str | None = None,
    report_type: "ReportType | str | None" = None,
    home: Path | None = None,
) -> Iterator[Outcome]:
    """Brief several reports, in their order; one that fails does not sink the rest. With a model, several at a time.

    Yields: an `Outcome` for each as soon as it is done. Raises, before the first: DefinitionError, EngineError.
    """
    stack = ExitStack()
    # Opened at once, so that a wrong model or type is told before the first report is read.
    means = stack.enter_context(_means(engine, model, report_type, home))

    def outcomes() -> Iterator[Outcome]:
        with stack:
            yield from _outcomes(sources, *means)

    return outcomes()


def compare(
    sources: "Iterable[Brief | str | Path]",
    *,
    engine: "Engine | EngineOptions | Literal['offline', 'llm'] | None" = None,
    model: str | None = None,
    report_type: "ReportType | str | None" = None,
    home: Path | None = None,
    at_least: int = 2,
) -> "Comparison":
    """Put the figures of two reports or more into one table, canonical metrics by reports.

    Args:
        sources: briefs, files of saved briefs (JSON or JSON Lines), or reports, which are briefed first.
        engine, model, report_type: how reports are briefed, as in `summarize`.
        home: folder with `schemas/` of your own; None takes SUMMARIZER_HOME.
        at_least: how many reports must state a figure for a row to be shown.

    Raises: InputError, DefinitionError, EngineError, and OptionError for one report or the same report twice.
    """
    briefs = []
    for outcome in gather(sources, engine=engine, model=model, report_type=report_type, home=home):
        if outcome.brief is None:
            raise outcome.error or SummarizerError(f"{outcome.source}: no brief")
        briefs.append(outcome.brief)
    return compare_briefs(briefs, home=home, at_least=at_least)


def compare_briefs(briefs: Sequence[Brief], *, home: Path | None = None, at_least: int = 2) -> "Comparison":
    """As `compare`, for briefs that are there. Raises: OptionError."""
    from summarizer import resources, settings
    from summarizer.canonical import Catalogue
    from summarizer.compared import Comparison
    from summarizer.comparing import compare

    home = home or settings.load().home
    catalogue = Catalogue()
    for type_id in dict.fromkeys(brief.report.type for brief in briefs):
        # A brief may be of a type that is not there any more: its figures then stay without a row, and a note says so.
        catalogue = catalogue.joined(resources.load_metrics(type_id, home))
    return Comparison.of(compare(briefs, catalogue, at_least=at_least))


def gather(
    sources: "Iterable[Brief | str | Path]",
    *,
    engine: "Engine | EngineOptions | Literal['offline', 'llm'] | None" = None,
    model: str | None = None,
    report_type: "ReportType | str | None" = None,
    home: Path | None = None,
) -> Iterator[Outcome]:
    """Briefs of whatever is named: briefs as they are, saved ones loaded, reports briefed; in input order.

    Yields: an `Outcome` for each; a file of JSON Lines gives several. Raises: DefinitionError, EngineError.
    """
    found: list[Outcome | Document] = []
    for source in sources:
        found += _gathered(source)
    documents = [one for one in found if not isinstance(one, Outcome)]
    briefed: Iterator[Outcome] = iter(())
    with ExitStack() as stack:
        if documents:
            means = stack.enter_context(_means(engine, model, report_type, home))
            briefed = _outcomes(documents, *means)
        for one in found:
            yield one if isinstance(one, Outcome) else next(briefed)


def _gathered(source: "Brief | str | Path") -> "list[Outcome | Document]":
    if isinstance(source, Brief):
        return [Outcome(source.source.name, source)]
    try:
        data, name = reading.given(source)
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return [Outcome(source, brief) for brief in Brief.all_from_json(data, name)]
        return [reading.read_bytes(data, name)]
    except SummarizerError as error:
        return [Outcome(source, error=error)]


def inspect(source: str | Path) -> "Reading":
    """Read a report without briefing it: sections, masthead, numbers and sentences. Raises: InputError."""
    from summarizer import pipeline

    return pipeline.read_report(reading.read(source))


def estimate(read: "Reading", *, model: str | None = None, home: Path | None = None) -> "Estimate":
    """What reading a report with a model will take, nothing being stored yet; nothing is asked.

    Returns: calls, tokens, and the cost when the model has a price. Raises: DefinitionError.
    """
    from summarizer import resources, settings
    from summarizer.costs import price_of
    from summarizer.dialogue import Terms, planned

    surroundings = settings.load()
    home = home or surroundings.home
    report_type = resources.ReportTypes(home).of(read.document)
    terms = Terms(report_type, resources.load_prompts(home), "")
    found = planned(read, terms)
    price = price_of(model or surroundings.model, resources.load_prices(home))
    return replace(found, cost=price.of(found.prompt, 0, found.completion), currency=price.currency) if price else found


def check(brief: Brief, source: str | Path) -> "tuple[Finding, ...]":
    """Verify a saved brief against its report again: every offset, quote, value and display, and the
    digest of the file.

    Returns: what does not hold, nothing when all does. Raises: InputError.
    """
    from summarizer.brief import Finding, Severity, Where
    from summarizer.verification import check_brief

    document = reading.read(source)
    faults = check_brief(brief.data, document.text)
    if document.sha256 != brief.source.sha256:
        # Also when every quote still stands: what changed may lie between them.
        message = "the report is not the file the brief was made from: its SHA-256 differs"
        return (Finding(Severity.ERROR, "other_file", Where(), message), *faults)
    return faults


@contextmanager
def _means(
    engine: "Engine | EngineOptions | str | None",
    model: str | None,
    report_type: "ReportType | str | None",
    home: Path | None,
) -> "Iterator[tuple[Engine, ReportTypes]]":
    from summarizer import resources, settings
    from summarizer.engines.opening import EngineOptions, opened

    surroundings = settings.load()
    home = home or surroundings.home
    if home is not None:
        resources.check_home(home)
    types = resources.ReportTypes(home, report_type)
    if engine is None or isinstance(engine, str):
        engine = EngineOptions(engine=engine, model=model)
    if isinstance(engine, EngineOptions):
        if engine.watch is None and _in_a_notebook():
            from summarizer.notebook import Progress

            engine = replace(engine, watch=Progress())
        with opened(engine, surroundings, home) as ready:
            yield ready, types
    else:
        yield engine, types


def _outcomes(sources: "Iterable[str | Path | Document]", engine: "Engine", types: "ReportTypes") -> Iterator[Outcome]:
    if _in_a_notebook():
        from summarizer.notebook import counted

        sources = list(sources)
        if len(sources) > 1:
            yield from counted(_side_by_side(sources, engine, types), len(sources), "reports")
            return
    yield from _side_by_side(sources, engine, types)


def _side_by_side(
    sources: "Iterable[str | Path | Document]", engine: "Engine", types: "ReportTypes"
) -> Iterator[Outcome]:
    if engine.name != "llm":
        for source in sources:
            yield _outcome(source, engine, types)
        return
    from summarizer.engines.side_by_side import side_by_side

    # Reports that wait for an endpoint wait together.
    yield from side_by_side(lambda source: _outcome(source, engine, types), sources, most=_REPORTS_AT_ONCE)


def _outcome(source: "str | Path | Document", engine: "Engine", types: "ReportTypes") -> Outcome:
    name = source if isinstance(source, str | Path) else source.name
    try:
        document = reading.read(source) if isinstance(source, str | Path) else source
        return Outcome(name, _brief(document, engine, types))
    except SummarizerError as error:
        return Outcome(name, error=error)
    except Exception as error:  # a defect that one report brings out must not cost the others their briefs
        _log().debug("defect while briefing", exc_info=True)
        return Outcome(name, error=error)


def _in_a_notebook() -> bool:
    if "IPython" not in sys.modules:
        return False
    from summarizer.notebook import running

    return running()


def _log() -> "Logger":
    import logging  # seldom needed, and among the slower modules to load

    return logging.getLogger("summarizer")


def _brief(document: "Document", engine: "Engine", types: "ReportTypes") -> Brief:
    from summarizer import pipeline

    reading.refuse_saved_brief(document.text, reading.one_line(document.name))
    report_type = types.of(document)
    data = pipeline.run(document, engine, report_type, time.perf_counter)
    return Brief.of(data, document.text, report_type.metrics.theme_names())

"""Chunk by chunk, then the overview."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from summarizer.chunks import Chunk, chunks
from summarizer.dialogue.model import Model, total
from summarizer.dialogue.overview import read_overview
from summarizer.dialogue.sections import ChunkResult, read_chunk
from summarizer.engines.protocol import Draft, DraftLabel, Reading
from summarizer.prompting import Prompts
from summarizer.report_type import ReportType


class SideBySide(Protocol):
    """Runs one function over many chunks and gives the results in order, like `map`."""

    def __call__(self, read: Callable[[Chunk], ChunkResult], plan: Iterable[Chunk], /) -> Iterable[ChunkResult]:
        """Run `read` over the plan."""
        ...


def converse(
    reading: Reading,
    report_type: ReportType,
    prompts: Prompts,
    model: Model,
    offline: Draft,
    side_by_side: SideBySide = map,
) -> Draft:
    """Have a model label and tell a report. `offline` stands in for what stays faulty, and is the second reader.

    Raises: EngineUnavailableError. A chunk without a usable answer keeps its offline labels and is told as a fault.
    """
    results = list(side_by_side(lambda chunk: read_chunk(reading, report_type, prompts, model, chunk), chunks(reading)))
    labels = dict(offline.labels)
    sections = dict(offline.sections)
    for result in results:
        labels.update(result.labels)
        for id_, title in result.titles.items():
            sections[id_] = replace(sections[id_], title_en=title)
        for id_, summary in result.summaries.items():
            sections[id_] = replace(sections[id_], summary=summary)
    for result in results:
        for position, why in result.disputes.items():
            labels[position] = replace(labels.get(position, DraftLabel("", "")), dispute=why)
    whole = read_overview(reading, report_type, prompts, model, sections, labels, offline)
    return Draft(
        labels=labels,
        sections=sections,
        overview=whole.overview,
        title_en=offline.title_en,
        issuer_en=offline.issuer_en,
        faults=tuple(f for r in results for f in r.faults) + whole.faults,
        second=offline.labels,
        usage=total([*(r.spent for r in results), whole.spent], prompts.sha256),
    )

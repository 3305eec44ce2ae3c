"""One chunk: labels, titles and summaries."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from summarizer.checking import Context, Fault
from summarizer.chunks import Chunk, Unit
from summarizer.dialogue.asking import Outcome, ask
from summarizer.dialogue.items import Item, Text
from summarizer.dialogue.model import Model, Spent
from summarizer.dialogue.references import marks_of
from summarizer.document import DismissalReason, Dismissed, Section, Span
from summarizer.engines.protocol import DraftFault, DraftLabel, DraftProse, Reading
from summarizer.prompting import Prompts, section_messages
from summarizer.replies import SectionRepair, SectionReply
from summarizer.report_type import ReportType

_WHY = {
    "not_a_metric": "the model reads this number as no statistic",
    "target": "the model reads this figure as a target",
    "actual": "the model reads this figure as done, not planned",
    "direction": "the model reads this change as going the other way",
}


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """What a chunk gave, by position of the quantity and id of the section; faulty labels and titles are left out."""

    labels: Mapping[int, DraftLabel]
    disputes: Mapping[int, str]
    titles: Mapping[str, str]
    summaries: Mapping[str, DraftProse]
    faults: tuple[DraftFault, ...]
    spent: Spent


def read_chunk(reading: Reading, report_type: ReportType, prompts: Prompts, model: Model, chunk: Chunk) -> ChunkResult:
    """Have one chunk labelled and told. Raises: EngineUnavailableError."""
    items = _items(reading, report_type, chunk)
    if not items:
        return ChunkResult({}, {}, {}, {}, (), Spent())
    disputes: dict[int, str] = {}

    def excused(reply: BaseModel) -> set[str]:
        for dispute in getattr(reply, "disputes", ()):
            if 1 <= dispute.id <= len(chunk.quantities):
                note = f" ({dispute.note.strip()})" if dispute.note.strip() else ""
                disputes[chunk.quantities[dispute.id - 1]] = _WHY[dispute.why] + note
        # What is no statistic needs no label; the other disputes are about a statistic all the same.
        return {f"label {d.id}" for d in getattr(reply, "disputes", ()) if d.why == "not_a_metric"}

    outcome = ask(
        model,
        prompts,
        section_messages(prompts, reading.masthead, chunk),
        SectionReply,
        SectionRepair,
        items,
        _texts,
        name=f"section {chunk.name}",
        excused=excused,
    )
    return _result(reading, chunk, items, outcome, disputes)


def _texts(reply: BaseModel) -> dict[str, Text]:
    assert isinstance(reply, SectionReply | SectionRepair)
    found: dict[str, Text] = {}
    # The first answer for an id counts: a second one cannot overwrite what was checked.
    for label in reply.labels:
        found.setdefault(f"label {label.id}", Text(label.zh.strip(), label.en.strip()))
    for title in reply.titles:
        found.setdefault(f"title {title.section}", Text("", title.en.strip()))
    for said in reply.summaries:
        found.setdefault(f"summary {said.section}", Text(said.zh.strip(), said.en.strip(), said.sentences))
    return found


def _items(reading: Reading, report_type: ReportType, chunk: Chunk) -> dict[str, Item]:
    contexts = {id(u): _context(reading, report_type, chunk, u) for u in chunk.units}
    items: dict[str, Item] = {}
    for n in chunk.asked:
        unit = next(u for u in chunk.units if chunk.quantities[n - 1] in u.quantities)
        items[f"label {n}"] = Item(f"label {n}", "label", contexts[id(unit)])
    for n, section in enumerate(chunk.sections, 1):
        unit = next(u for u in chunk.units if section in u.sections)
        items[f"title {n}"] = Item(f"title {n}", "title", contexts[id(unit)], heading=section.title)
        if section in chunk.told:
            items[f"summary {n}"] = Item(f"summary {n}", "prose", contexts[id(unit)])
    return items


def _context(reading: Reading, report_type: ReportType, chunk: Chunk, unit: Unit) -> Context:
    mine = set(unit.quantities)
    ids = {n: i for n, i in enumerate(chunk.quantities, 1) if i in mine}
    # 四、2025年主要安排: what the headings above say holds for the sections below.
    above = [
        Span(s.start, s.content) for s in reading.sections if s.start < unit.span.start < s.end and s.content > s.start
    ]
    return Context(
        text=reading.document.text,
        stretch=(unit.span, *above),
        quantities={n: reading.numbers.quantities[i] for n, i in ids.items()},
        foreign=frozenset(range(1, len(chunk.quantities) + 1)) - frozenset(ids),
        dismissed=tuple(d for span in (unit.span, *above) for d in _dismissed(reading, span)) + year_of(reading),
        glossary=report_type.glossary,
    )


def _dismissed(reading: Reading, span: Span) -> Sequence[Dismissed]:
    dismissed = reading.numbers.dismissed
    return dismissed[
        bisect_left(dismissed, span.start, key=lambda d: d.start) : bisect_left(
            dismissed, span.end, key=lambda d: d.start
        )
    ]


def year_of(reading: Reading) -> tuple[Dismissed, ...]:
    """The year the report is about, which every call is told, where the report writes it first."""
    written = f"{reading.masthead.year}年"
    at = reading.document.text.find(written) if reading.masthead.year else -1
    return (Dismissed(at, at + len(written), DismissalReason.DATE),) if at >= 0 else ()


def _result(
    reading: Reading, chunk: Chunk, items: Mapping[str, Item], outcome: Outcome, disputes: Mapping[int, str]
) -> ChunkResult:
    labels: dict[int, DraftLabel] = {}
    titles: dict[str, str] = {}
    summaries: dict[str, DraftProse] = {}
    faults: list[DraftFault] = []
    if outcome.failure:
        for unit in chunk.units:
            message = f"no usable answer, its offline labels and text are kept: {outcome.failure}"
            faults.append(DraftFault("no_answer", message, unit.sections[0].id, failed=True))
        return ChunkResult({}, {}, {}, {}, tuple(faults), outcome.spent)
    for name in items:
        kind, _, number = name.partition(" ")
        n = int(number)
        said, wrong = outcome.answers.get(name), outcome.faults.get(name, ())
        if kind == "label":
            position = chunk.quantities[n - 1]
            if wrong:
                faults.append(_fault(name, wrong, _section_of(chunk, position), position))
            elif said is not None:
                labels[position] = DraftLabel(said.zh, said.en)
        elif kind == "title":
            if said is not None and not wrong:
                titles[chunk.sections[n - 1].id] = said.en
            elif wrong:
                faults.append(_fault(name, wrong, chunk.sections[n - 1].id))
        else:
            section = chunk.sections[n - 1]
            if wrong:
                faults.append(_fault(name, wrong, section.id))
            if said is not None:
                summaries[section.id] = _prose(reading, chunk, said, wrong)
    return ChunkResult(labels, disputes, titles, summaries, tuple(faults), outcome.spent)


def _prose(reading: Reading, chunk: Chunk, said: Text, wrong: Sequence[str | Fault]) -> DraftProse:
    ids = dict(enumerate(chunk.quantities, 1))
    zh, en, marks = marks_of(said.zh, said.en, [f for f in wrong if isinstance(f, Fault)], ids)
    places = [chunk.sentences[n - 1] for n in dict.fromkeys(said.places) if 1 <= n <= len(chunk.sentences)]
    return DraftProse(zh, en, tuple(sorted(places)) or _around(reading, chunk), marks)


def _around(reading: Reading, chunk: Chunk) -> tuple[Span, ...]:
    # A model that names no sentence is taken to speak of the whole stretch; its first sentence stands for it.
    return chunk.sentences[:1]


def _section_of(chunk: Chunk, position: int) -> str:
    return next(u.sections[0].id for u in chunk.units if position in u.quantities)


def _fault(name: str, wrong: Sequence[str | Fault], section: str, quantity: int | None = None) -> DraftFault:
    first = wrong[0]
    if isinstance(first, str):
        kept = "its offline label is kept" if quantity is not None else "the offline text is kept"
        return DraftFault("missing_item", f"the model left out {name}; {kept}", section, quantity)
    kept = "its offline label is kept" if quantity is not None else "kept and marked"
    return DraftFault(str(first.code), f"{first.message}; {kept}", section, quantity)


def told_sections(sections: Sequence[Section]) -> list[Section]:
    """Sections that have a summary, in order: level 2, and level 1 without children."""
    parents = {s.id.rpartition(".")[0] for s in sections}
    return [s for s in sections if s.number and (s.level == 2 or (s.level == 1 and s.id not in parents))]

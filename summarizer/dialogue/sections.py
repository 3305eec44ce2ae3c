"""One chunk: labels, titles and summaries."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from summarizer.checking import Context, Fault
from summarizer.chunks import Chunk, Piece, Unit
from summarizer.dialogue.asking import Outcome, ask
from summarizer.dialogue.findings import PieceResult
from summarizer.dialogue.items import Item, Text
from summarizer.dialogue.model import Model, Spent
from summarizer.dialogue.references import marks_of
from summarizer.document import DismissalReason, Dismissed, Section, Span
from summarizer.engines.protocol import DraftFault, DraftLabel, DraftProse, Reading
from summarizer.prompting import Prompts, section_messages
from summarizer.records import record
from summarizer.replies import SectionRepair, SectionReply
from summarizer.report_type import ReportType

_WHY = {
    "not_a_metric": "the model reads this number as no statistic",
    "target": "the model reads this figure as a target",
    "actual": "the model reads this figure as done, not planned",
    "direction": "the model reads this change as going the other way",
}


@record
class ChunkResult:
    """What a chunk gave, piece by piece in its order.

    Attributes:
        failed: there was no usable answer at all.
        too_much: because it was too much for one answer.
    """

    pieces: tuple[PieceResult, ...]
    spent: Spent
    failed: bool = False
    too_much: bool = False


def read_chunk(reading: Reading, report_type: ReportType, prompts: Prompts, model: Model, chunk: Chunk) -> ChunkResult:
    """Have one chunk labelled and told. Raises: EngineUnavailableError."""
    items = _items(reading, report_type, chunk)
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
    contexts = {id(p.unit): _context(reading, report_type, chunk, p.unit) for p in chunk.pieces}
    items: dict[str, Item] = {}
    for n in chunk.asked:
        unit = next(p.unit for p in chunk.pieces if chunk.quantities[n - 1] in p.asked)
        items[f"label {n}"] = Item(f"label {n}", "label", contexts[id(unit)])
    for n, section in enumerate(chunk.sections, 1):
        unit = next(p.unit for p in chunk.pieces if section in p.unit.sections)
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
    if outcome.failure:
        message = f"no usable answer, its offline labels and text are kept: {outcome.failure}"
        faults = [DraftFault("no_answer", message, p.unit.sections[0].id, failed=True) for p in chunk.pieces]
        empty = tuple(PieceResult({}, {}, {}, None, (f,)) for f in faults)
        return ChunkResult(empty, outcome.spent, failed=True, too_much=outcome.too_much)
    return ChunkResult(
        tuple(_of_piece(reading, chunk, piece, items, outcome, disputes) for piece in chunk.pieces), outcome.spent
    )


def _of_piece(
    reading: Reading,
    chunk: Chunk,
    piece: Piece,
    items: Mapping[str, Item],
    outcome: Outcome,
    disputes: Mapping[int, str],
) -> PieceResult:
    home = piece.unit.sections[0].id
    labels: dict[int, DraftLabel] = {}
    titles: dict[str, str] = {}
    summary: DraftProse | None = None
    faults: list[DraftFault] = []
    for name in items:
        kind, _, number = name.partition(" ")
        said, wrong = outcome.answers.get(name), outcome.faults.get(name, ())
        if kind == "label":
            position = chunk.quantities[int(number) - 1]
            if position not in piece.asked:
                continue
            if wrong:
                faults.append(_fault(name, wrong, home, position))
            elif said is not None:
                labels[position] = DraftLabel(said.zh, said.en)
            continue
        section = chunk.sections[int(number) - 1]
        if piece.part > 1 or section not in piece.unit.sections:
            continue
        if wrong:
            faults.append(_fault(name, wrong, section.id))
        if kind == "summary" and said is not None:
            summary = _prose(chunk, piece, said, wrong)
        elif kind == "title" and said is not None and not wrong:
            titles[section.id] = said.en
    return PieceResult(
        labels, {i: why for i, why in disputes.items() if i in piece.asked}, titles, summary, tuple(faults)
    )


def _prose(chunk: Chunk, piece: Piece, said: Text, wrong: Sequence[str | Fault]) -> DraftProse:
    ids = dict(enumerate(chunk.quantities, 1))
    zh, en, marks = marks_of(said.zh, said.en, [f for f in wrong if isinstance(f, Fault)], ids)
    places = {chunk.sentences[n - 1] for n in said.places if 1 <= n <= len(chunk.sentences)}
    mine = sorted(places.intersection(piece.unit.sentences))
    # A model that names no sentence is taken to speak of the whole section; its first sentence stands for it.
    return DraftProse(zh, en, tuple(mine) or piece.unit.sentences[:1], marks)


def _fault(name: str, wrong: Sequence[str | Fault], section: str, quantity: int | None = None) -> DraftFault:
    first = wrong[0]
    if isinstance(first, str):
        kept = "its offline label is kept" if quantity is not None else "the offline text is kept"
        return DraftFault("missing_item", f"the model left out {name}; {kept}", section, quantity)
    kept = "its offline label is kept" if quantity is not None else "kept and marked"
    return DraftFault(str(first.code), f"{first.finding}; {kept}", section, quantity)


def told_sections(sections: Sequence[Section]) -> list[Section]:
    """Sections that have a summary, in order: level 2, and level 1 without children."""
    parents = {s.id.rpartition(".")[0] for s in sections}
    return [s for s in sections if s.number and (s.level == 2 or (s.level == 1 and s.id not in parents))]

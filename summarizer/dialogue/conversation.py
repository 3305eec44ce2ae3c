"""Chunk by chunk, then the overview."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from summarizer.chunks import TOKENS_PER_SUMMARY, Chunk, Piece, halves, pack, pieces
from summarizer.chunks import chunk as chunk_of
from summarizer.dialogue.budget import Estimate
from summarizer.dialogue.findings import PieceResult, joined, kept, restored
from summarizer.dialogue.model import Model, Spent, together, total
from summarizer.dialogue.overview import read_overview
from summarizer.dialogue.sections import ChunkResult, read_chunk
from summarizer.dialogue.shelf import Shelf, key_of
from summarizer.engines.protocol import Draft, DraftLabel, Reading
from summarizer.prompting import Prompts, section_messages
from summarizer.records import record
from summarizer.report_type import ReportType
from summarizer.tokens import estimate

_OVERVIEW = 900  # tokens of an overview in both languages


class Watch(Protocol):
    """Someone who looks on while a report is read."""

    def planned(self, estimate: Estimate) -> None:
        """What is about to be asked. Raises: LimitError to refuse it."""
        ...

    def done(self, name: str, spent: Spent) -> None:
        """One chunk is answered; called from any thread."""
        ...

    def waiting(self, seconds: float, why: str) -> None:
        """All calls wait; called from any thread."""
        ...


class _NoWatch:
    def planned(self, estimate: Estimate) -> None: ...

    def done(self, name: str, spent: Spent) -> None: ...

    def waiting(self, seconds: float, why: str) -> None: ...


NO_WATCH: Watch = _NoWatch()


class SideBySide(Protocol):
    """Runs one function over many chunks and gives the results in order, like `map`."""

    def __call__(self, read: Callable[[Chunk], ChunkResult], plan: Iterable[Chunk], /) -> Iterable[ChunkResult]:
        """Run `read` over the plan."""
        ...


@record
class Terms:
    """What every answer of a conversation depends on, besides the text asked about.

    Attributes:
        identity: model, endpoint and parameters.
    """

    report_type: ReportType
    prompts: Prompts
    identity: str


def converse(
    reading: Reading,
    terms: Terms,
    model: Model,
    offline: Draft,
    shelf: Shelf,
    side_by_side: SideBySide = map,
    watch: Watch = NO_WATCH,
) -> Draft:
    """Have a model label and tell a report. `offline` stands in for what stays faulty, and is the second reader.

    A finished piece is put on the shelf at once, and one that is found there is not asked for again. `watch` is told
    what is planned, and may refuse it, and what is done. A chunk without a usable answer keeps its offline labels and
    is told as a fault. Raises: EngineUnavailableError, StoreError, LimitError.
    """
    wanted = pieces(reading)
    keys = {id(p): _key(reading, terms, p) for p in wanted}
    found: dict[int, PieceResult] = {}
    for piece in wanted:
        known = _taken(shelf, keys[id(piece)], piece)
        if known is not None:
            found[id(piece)] = known

    def read(chunk: Chunk) -> ChunkResult:
        result = _read(reading, terms, model, chunk)
        watch.done(chunk.name, result.spent)
        for piece, one in zip(chunk.pieces, result.pieces, strict=True):
            # What failed is not finished: it is asked for again next time.
            if not any(f.failed for f in one.faults):
                shelf.put(keys[id(piece)], kept(piece, one), f"{reading.document.name} {piece.unit.sections[0].id}")
        return result

    plan = pack(reading, [p for p in wanted if id(p) not in found])
    watch.planned(estimate_of(reading, terms, plan))
    spent: list[Spent] = []
    for chunk, result in zip(plan, side_by_side(read, plan), strict=True):
        found.update({id(piece): one for piece, one in zip(chunk.pieces, result.pieces, strict=True)})
        spent.append(result.spent)
    return _draft(
        reading, terms, model, offline, shelf, [found[id(p)] for p in wanted], spent, len(wanted) - _asked(plan)
    )


def _read(reading: Reading, terms: Terms, model: Model, chunk: Chunk) -> ChunkResult:
    """One chunk; where it was too much for one answer, its pieces, and a piece that is still too much in halves."""

    def ask(*several: Piece) -> ChunkResult:
        return read_chunk(reading, terms.report_type, terms.prompts, model, chunk_of(reading, several))

    result = read_chunk(reading, terms.report_type, terms.prompts, model, chunk)
    if not result.too_much:
        return result
    spent = [result.spent]
    told: list[PieceResult] = []
    for piece in chunk.pieces:
        one = result
        if len(chunk.pieces) > 1:
            one = ask(piece)
            spent.append(one.spent)
        if one.too_much and len(halves(piece)) > 1:
            parts = [ask(half) for half in halves(piece)]
            spent += [part.spent for part in parts]
            told.append(joined([p for part in parts for p in part.pieces]))
        else:
            told.append(one.pieces[0])
    return ChunkResult(tuple(told), together(spent))


def planned(reading: Reading, terms: Terms) -> Estimate:
    """What reading a report from nothing will take; nothing is asked."""
    return estimate_of(reading, terms, pack(reading, pieces(reading)))


def estimate_of(reading: Reading, terms: Terms, plan: Sequence[Chunk]) -> Estimate:
    """What the calls of a plan and the overview will take."""
    prompt = sum(estimate(m["content"]) for c in plan for m in section_messages(terms.prompts, reading.masthead, c))
    completion = sum(p.reply_tokens for c in plan for p in c.pieces)
    if not plan:
        return Estimate(0, 0, 0)
    rules = estimate(terms.prompts.templates["overview.md"])
    # The overview is shown the summaries, about as long as they were to write, and a line for each other figure.
    summaries = sum(TOKENS_PER_SUMMARY // 2 for p in pieces(reading) if p.part == 1 and p.unit.summarised)
    return Estimate(
        len(plan) + 1, prompt + rules + summaries + 12 * len(reading.numbers.quantities), completion + _OVERVIEW
    )


def _asked(plan: Sequence[Chunk]) -> int:
    return sum(len(c.pieces) for c in plan)


def _draft(
    reading: Reading,
    terms: Terms,
    model: Model,
    offline: Draft,
    shelf: Shelf,
    results: Sequence[PieceResult],
    spent: Sequence[Spent],
    reused: int,
) -> Draft:
    labels = dict(offline.labels)
    sections = dict(offline.sections)
    for piece, result in zip(pieces(reading), results, strict=True):
        labels.update(result.labels)
        for id_, title in result.titles.items():
            sections[id_] = replace(sections[id_], title_en=title)
        if result.summary is not None:
            id_ = piece.unit.sections[0].id
            sections[id_] = replace(sections[id_], summary=result.summary)
        for position, why in result.disputes.items():
            labels[position] = replace(labels.get(position, DraftLabel("", "")), dispute=why)
    whole = read_overview(
        reading, terms.report_type, terms.prompts, model, sections, labels, offline, shelf, terms.identity
    )
    return Draft(
        labels=labels,
        sections=sections,
        overview=whole.overview,
        title_en=offline.title_en,
        issuer_en=offline.issuer_en,
        faults=tuple(f for r in results for f in r.faults) + whole.faults,
        second=offline.labels,
        usage=replace(total([*spent, whole.spent], terms.prompts.sha256), reused=reused),
    )


def _taken(shelf: Shelf, key: str, piece: Piece) -> PieceResult | None:
    value = shelf.get(key)
    if value is None:
        return None
    try:
        return restored(piece, value)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return None  # kept by another version: asked for again


def _key(reading: Reading, terms: Terms, piece: Piece) -> str:
    mast = reading.masthead
    return key_of(
        "section",
        identity=terms.identity,
        prompts=terms.prompts.sha256,
        report_type=terms.report_type.asked_sha256,
        report=[mast.title, mast.issuer, mast.year],
        text=chunk_of(reading, (piece,)).text,
        part=piece.part,
        asked=[i - piece.unit.quantities[0] for i in piece.asked],
    )

"""Chunk by chunk, and the overview as soon as the last summary is in."""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from summarizer.chunks import OVERVIEW_TOKENS, Chunk, Piece, halves, pack, pieces
from summarizer.chunks import chunk as chunk_of
from summarizer.dialogue.budget import Estimate
from summarizer.dialogue.findings import PieceResult, joined, kept, restored
from summarizer.dialogue.model import Model, Spent, together, total
from summarizer.dialogue.overview import OverviewResult, read_overview
from summarizer.dialogue.sections import ChunkResult, read_chunk
from summarizer.dialogue.shelf import Shelf, key_of
from summarizer.engines.protocol import Draft, DraftLabel, DraftSection, Reading, Usage
from summarizer.prompting import Prompts, section_messages
from summarizer.records import record
from summarizer.report_type import ReportType
from summarizer.tokens import estimate


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
    offline: Callable[[], Draft],
    shelf: Shelf,
    side_by_side: SideBySide = map,
    watch: Watch = NO_WATCH,
) -> Draft:
    """Have a model label and tell a report.

    A finished piece is put on the shelf at once, and one that is found there is not asked for again. The overview needs
    the summaries only, so it does not wait for calls that ask for nothing but labels. `watch` is told what is planned,
    and may refuse it, and what is done. A chunk without a usable answer keeps its offline labels, with a fault.

    Args:
        offline: gives the offline draft, which stands in for what stays faulty and is the second reader; called from
            any thread, and not before the first answer is there, so that working it out keeps no call waiting.

    Raises: EngineUnavailableError, StoreError, LimitError.
    """
    wanted = pieces(reading)
    keys = {id(p): _key(reading, terms, p) for p in wanted}
    found: dict[int, PieceResult] = {}
    for piece in wanted:
        known = _taken(shelf, keys[id(piece)], piece)
        if known is not None:
            found[id(piece)] = known
    # What the overview waits for goes first.
    plan = sorted(pack(reading, [p for p in wanted if id(p) not in found]), key=lambda c: not c.told)
    watch.planned(estimate_of(reading, terms, plan, wanted))
    untold = _Countdown(sum(bool(c.told) for c in plan))
    whole: list[OverviewResult] = []

    def tell() -> None:
        second = offline()
        sections = _sections(second, [(p, found[id(p)]) for p in wanted if id(p) in found])
        whole.append(
            read_overview(reading, terms.report_type, terms.prompts, model, sections, second, shelf, terms.identity)
        )

    def read(chunk: Chunk) -> ChunkResult:
        result = _read(reading, terms, model, chunk)
        watch.done(chunk.name, result.spent)
        for piece, one in zip(chunk.pieces, result.pieces, strict=True):
            found[id(piece)] = one
            # What failed is not finished: it is asked for again next time.
            if not any(f.failed for f in one.faults):
                shelf.put(keys[id(piece)], kept(piece, one), f"{reading.document.name} {piece.unit.sections[0].id}")
        offline()
        if chunk.told and untold.is_over():
            tell()
        return result

    spent: list[Spent] = []
    for chunk, result in zip(plan, side_by_side(read, plan), strict=True):
        found.update({id(piece): one for piece, one in zip(chunk.pieces, result.pieces, strict=True)})
        spent.append(result.spent)
    if not whole:
        tell()
    usage = replace(total([*spent, whole[0].spent], terms.prompts.sha256), reused=len(wanted) - _asked(plan))
    return _draft(offline(), [(p, found[id(p)]) for p in wanted], whole[0], usage)


class _Countdown:
    """Tells the last of several threads that it is the last."""

    def __init__(self, left: int) -> None:
        self._left = left
        self._lock = threading.Lock()

    def is_over(self) -> bool:
        """Count one. Returns: whether it was the last."""
        with self._lock:
            self._left -= 1
            return self._left == 0


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
    wanted = pieces(reading)
    return estimate_of(reading, terms, pack(reading, wanted), wanted)


def estimate_of(reading: Reading, terms: Terms, plan: Sequence[Chunk], wanted: Sequence[Piece]) -> Estimate:
    """What the calls of a plan and the overview will take; `wanted` are all pieces of the report."""
    prompt = sum(estimate(m["content"]) for c in plan for m in section_messages(terms.prompts, reading.masthead, c))
    completion = sum(p.reply_tokens for c in plan for p in c.pieces)
    if not plan:
        return Estimate(0, 0, 0)
    rules = estimate(terms.prompts.templates["overview.md"]) + 20 * len(terms.report_type.overview)
    # The overview is shown the Chinese of the summaries, with their figures.
    summaries = sum(p.summary_tokens for p in wanted) // 2 + 5 * len(reading.numbers.quantities)
    return Estimate(
        calls=len(plan) + 1,
        prompt=prompt + rules + summaries,
        completion=completion + OVERVIEW_TOKENS,
    )


def _asked(plan: Sequence[Chunk]) -> int:
    return sum(len(c.pieces) for c in plan)


def _sections(offline: Draft, results: Iterable[tuple[Piece, PieceResult]]) -> dict[str, DraftSection]:
    """The offline engine's sections with what the model said of them."""
    sections = dict(offline.sections)
    for piece, result in results:
        for id_, title in result.titles.items():
            sections[id_] = replace(sections[id_], title_en=title)
        if result.summary is not None:
            id_ = piece.unit.sections[0].id
            sections[id_] = replace(sections[id_], summary=result.summary)
    return sections


def _draft(offline: Draft, results: Sequence[tuple[Piece, PieceResult]], whole: OverviewResult, usage: Usage) -> Draft:
    labels = dict(offline.labels)
    for _, result in results:
        labels.update(result.labels)
        for position, why in result.disputes.items():
            labels[position] = replace(labels.get(position, DraftLabel("", "")), dispute=why)
    return Draft(
        labels=labels,
        sections=_sections(offline, results),
        overview=whole.overview,
        title_en=offline.title_en,
        issuer_en=offline.issuer_en,
        faults=tuple(f for _, r in results for f in r.faults) + whole.faults,
        second=offline.labels,
        usage=usage,
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

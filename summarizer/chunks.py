"""What one call shows the model: whole sections with their figures marked, packed by the reply they will need.

A figure is shown in place as `[5|15件]`, a sentence begins with `§3 `, a heading with `#2 `. Ids, sentence and heading
numbers count from 1 within the chunk. Where a report itself holds such marks a backslash goes before them; nothing
else of its text is changed.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from summarizer.display import written_span
from summarizer.document import Section, Span
from summarizer.engines.protocol import Reading
from summarizer.records import record

# Averages of the replies written by hand.
TOKENS_PER_LABEL = 29
TOKENS_PER_TITLE = 14
OVERVIEW_TOKENS = 250
_SHORTEST_SUMMARY, _LONGEST_SUMMARY = 73, 175
# Decoding takes the time of a call, so at most about this much is asked for at once. What the overview waits for is
# kept shorter: labels may take as long as a summary and the overview after it.
REPLY_TOKENS = 580
LABELS_TOKENS = REPLY_TOKENS + OVERVIEW_TOKENS
_GRAIN = 4  # labels of a dense unit that move from one call to another together

_OWN_MARKS = re.compile(r"\[(?=\d+\|)|[§#](?=\d)")


@record
class Unit:
    """A stretch of the body that is told as a whole: a section of level 2, one of level 1 without children, or what
    stands before and between them (`summarised` False).

    Attributes:
        sections: the sections that begin in it, the told one first.
        quantities: positions of its quantities in the report.
        sentences: its sentences.
    """

    span: Span
    sections: tuple[Section, ...]
    summarised: bool
    quantities: tuple[int, ...]
    sentences: tuple[Span, ...]


@record
class Piece:
    """What is asked for together of one unit: all of it, or of a dense unit a part of its labels.

    Attributes:
        asked: positions of the quantities whose labels are asked for.
        part: 1 asks for titles and summary as well, and shows the whole unit.
    """

    unit: Unit
    asked: tuple[int, ...]
    part: int = 1

    @property
    def reply_tokens(self) -> int:
        """Expected length of the answer."""
        labels = len(self.asked) * TOKENS_PER_LABEL
        if self.part > 1:
            return labels
        return labels + sum(bool(s.title) for s in self.unit.sections) * TOKENS_PER_TITLE + self.summary_tokens

    @property
    def summary_tokens(self) -> int:
        """Expected length of the summary; a short section needs few words."""
        if self.part > 1 or not self.unit.summarised:
            return 0
        return min(_LONGEST_SUMMARY, _SHORTEST_SUMMARY + int(0.3 * (self.unit.span.end - self.unit.span.start)))


@record
class Chunk:
    """What one call is about.

    Attributes:
        name: for logs and findings, such as `1.2+1.3` or `1.4 (2)`.
        pieces: what it asks for.
        text: the marked text.
        quantities: local id - 1 -> position of the quantity in the report.
        asked: local ids whose labels this call asks for.
        sentences: local number - 1 -> sentence.
        sections: local number - 1 -> section, every heading shown.
        told: the sections whose summary this call asks for.
    """

    name: str
    pieces: tuple[Piece, ...]
    text: str
    quantities: tuple[int, ...]
    asked: tuple[int, ...]
    sentences: tuple[Span, ...]
    sections: tuple[Section, ...]
    told: tuple[Section, ...]


def units(reading: Reading) -> tuple[Unit, ...]:
    """Cut the body into units, in order of place; together they hold every quantity and every heading once."""
    sections = [s for s in reading.sections if s.level <= 2]
    body = reading.document.body
    with_children = {s.id.rpartition(".")[0] for s in reading.sections}
    starts = [q.number.start for q in reading.numbers.quantities]
    out: list[Unit] = []
    for k, section in enumerate(sections):
        end = sections[k + 1].start if k + 1 < len(sections) else body.end
        begun = tuple(s for s in reading.sections if section.start <= s.start < end and s.id != "0")
        told = bool(section.number) and (section.level == 2 or section.id not in with_children)
        span = Span(section.start, end)
        lo, hi = bisect_left(starts, span.start), bisect_left(starts, span.end)
        inside = tuple(s for s in reading.sentences if span.start <= s.start < span.end)
        if begun or hi > lo:
            out.append(Unit(span, begun or (section,), told, tuple(range(lo, hi)), inside))
    return tuple(out)


def pieces(reading: Reading) -> tuple[Piece, ...]:
    """What is to be asked, unit by unit; a dense unit is shared out by sentences. Each depends on its unit alone."""
    out: list[Piece] = []
    for unit in units(reading):
        whole = Piece(unit, unit.quantities)
        if whole.reply_tokens > 0.5 * REPLY_TOKENS and unit.quantities:
            out.extend(_shared_out(reading, unit))
        elif whole.reply_tokens:
            out.append(whole)
    return tuple(out)


def pack(reading: Reading, wanted: Iterable[Piece]) -> tuple[Chunk, ...]:
    """Put pieces together, neighbours first: few calls, as REPLY_TOKENS allows, and those as even as they can be."""
    todo = list(wanted)
    fewest = len(_filled(todo, REPLY_TOKENS))
    low, high = 0, REPLY_TOKENS
    while low < high:
        middle = (low + high) // 2
        if len(_filled(todo, middle)) > fewest:
            low = middle + 1
        else:
            high = middle
    return tuple(chunk(reading, tuple(several)) for several in _filled(todo, high))


def _filled(todo: Iterable[Piece], most: int) -> list[list[Piece]]:
    """Pieces up to `most` tokens together, or LABELS_TOKENS without a summary; a longer piece alone.

    Each stands beside another of its unit where it fits, since the text is then shown once, else where it first fits.
    """
    out: list[list[Piece]] = []
    taken: list[tuple[int, bool]] = []  # tokens, and whether there is a summary among them
    homes: dict[int, list[int]] = {}
    for piece in todo:
        kin = homes.setdefault(piece.unit.span.start, [])
        for n in (*kin, *range(len(out))):
            tokens, told = taken[n][0] + piece.reply_tokens, taken[n][1] or piece.summary_tokens > 0
            if tokens <= (most if told else LABELS_TOKENS):
                break
        else:
            n, tokens, told = len(out), piece.reply_tokens, piece.summary_tokens > 0
            out.append([])
            taken.append((0, False))
        out[n].append(piece)
        taken[n] = tokens, told
        kin.append(n)
    return out


def halves(piece: Piece) -> tuple[Piece, ...]:
    """The same piece in two: the first with title and summary. One label alone cannot be halved."""
    middle = len(piece.asked) // 2
    if not middle:
        return (piece,)
    return Piece(piece.unit, piece.asked[:middle], piece.part), Piece(piece.unit, piece.asked[middle:], piece.part + 1)


def _shared_out(reading: Reading, unit: Unit) -> Iterator[Piece]:
    """The summary with the first labels; the other labels in small parts, cut between sentences where possible."""
    room = int(0.6 * REPLY_TOKENS) - Piece(unit, ()).reply_tokens
    groups: list[list[int]] = [[]]
    for _, inside in _by_sentence(reading, unit):
        # A crowded sentence is cut between its figures.
        most = len(inside) if len(inside) <= 2 * _GRAIN else _GRAIN
        for part in (inside[k : k + most] for k in range(0, len(inside), most)):
            if (len(groups[-1]) + len(part)) * TOKENS_PER_LABEL > room and (groups[-1] or len(groups) == 1):
                groups.append([])
                room = _GRAIN * TOKENS_PER_LABEL
            groups[-1] += part
    for n, group in enumerate(groups, 1):
        yield Piece(unit, tuple(group), n)


def _by_sentence(reading: Reading, unit: Unit) -> Iterator[tuple[Span, list[int]]]:
    starts = [s.start for s in unit.sentences]
    found: dict[int, list[int]] = {}
    for i in unit.quantities:
        at = bisect_left(starts, reading.numbers.quantities[i].number.start + 1) - 1
        found.setdefault(max(at, 0), []).append(i)
    for at, inside in found.items():
        yield unit.sentences[at] if unit.sentences else unit.span, inside


def chunk(reading: Reading, wanted: tuple[Piece, ...]) -> Chunk:
    """Write out what one call shows for some pieces."""
    whole = {p.unit.span for p in wanted if p.part == 1}
    writer = _Writer(
        reading, sections_of={s.start: s for p in wanted if p.part == 1 for s in p.unit.sections if s.title}
    )
    asked = {i for p in wanted for i in p.asked}
    # Stretches that are only labelled come first, where they cannot be taken for a part of a section that is told.
    for unit in sorted({p.unit.span: p.unit for p in wanted}.values(), key=lambda u: u.span in whole):
        here = unit.span.start
        for k, sentence in enumerate(unit.sentences):
            # Further parts show the sentences they ask about, and the one before each for what they refer to.
            if unit.span not in whole and not any(_holds(reading, s, asked) for s in unit.sentences[k : k + 2]):
                continue
            writer.between(here if unit.span in whole else sentence.start, sentence.start)
            writer.sentence(sentence)
            here = sentence.end
        writer.between(here, unit.span.end if unit.span in whole else here)
        if unit.span not in whole:
            writer.pause()
    first = [p for p in wanted if p.part == 1]
    shown = {s.id for p in first for s in p.unit.sections}
    return Chunk(
        name="+".join(p.unit.sections[0].id + (f" ({p.part})" if p.part > 1 else "") for p in wanted),
        pieces=wanted,
        text=writer.text(),
        quantities=tuple(writer.quantities),
        asked=tuple(n for n, i in enumerate(writer.quantities, 1) if i in asked),
        sentences=tuple(writer.sentences),
        sections=tuple(s for s in writer.sections if s.id in shown),
        told=tuple(p.unit.sections[0] for p in first if p.unit.summarised),
    )


def _holds(reading: Reading, sentence: Span, wanted: set[int]) -> bool:
    return any(sentence.start <= reading.numbers.quantities[i].number.start < sentence.end for i in wanted)


class _Writer:
    """Writes the marked text of one chunk."""

    def __init__(self, reading: Reading, sections_of: dict[int, Section]) -> None:
        self._source = reading.document.text
        self._quantities = reading.numbers.quantities
        self._starts = [q.number.start for q in self._quantities]
        self._sections_of = sections_of
        self._out: list[str] = []
        self.quantities: list[int] = []
        self.sentences: list[Span] = []
        self.sections: list[Section] = []

    def sentence(self, span: Span) -> None:
        """Append one sentence, its heading mark, number and marked figures."""
        section = self._sections_of.get(span.start)
        if section is not None:
            self.sections.append(section)
            self._out.append(f"#{len(self.sections)} ")
        # A bare heading is nothing a summary could rest on.
        if section is None or section.content < span.end:
            self.sentences.append(span)
            self._out.append(f"§{len(self.sentences)} ")
        self._out.append(self._marked(span))

    def between(self, start: int, end: int) -> None:
        """Append what stands between two sentences, as it is."""
        self._out.append(escape(self._source[start:end]))

    def pause(self) -> None:
        """Set apart what has no end of its own."""
        self._out.append("\n\n")

    def _marked(self, span: Span) -> str:
        out: list[str] = []
        here = span.start
        lo, hi = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        for i in range(lo, hi):
            start, end = written_span(self._quantities[i], self._source)
            if start < here or end > span.end:
                start, end = max(here, self._quantities[i].number.start), self._quantities[i].number.end
            if start < here:
                continue
            self.quantities.append(i)
            out.append(escape(self._source[here:start]))
            out.append(f"[{len(self.quantities)}|{self._source[start:end]}]")
            here = end
        out.append(escape(self._source[here : span.end]))
        return "".join(out)

    def text(self) -> str:
        """What has been written."""
        return "".join(self._out)


def escape(text: str) -> str:
    """Put a backslash before anything of the report that looks like one of our marks."""
    return _OWN_MARKS.sub(r"\\\g<0>", text)

"""The words around each quantity: what stands before it and after it in its own clause.

`办理行政处罚案件15件，罚款138万元` gives two surroundings, (办理行政处罚案件 | ) and (罚款 | );
`8个重点行业392家企业已完成整治` gives ( | 重点行业) and ( | 企业已完成整治).
"""

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from summarizer.document import DismissalReason, Dismissed, Quantity, Span
from summarizer.patterns import pattern
from summarizer.records import record

_CLAUSE_END = pattern(r"[，,；;。：:！!？?\n\r|]|——|(?<=[\u4e00-\u9fff”）)])[.．](?=\s*(?:[\u4e00-\u9fff“]|20\d\d年))")
_NEAR = 240  # what stands farther from a number than this does not name it
_EARLIER = 6  # clauses of the sentence kept for what is carried over
_BLANKED = frozenset({DismissalReason.VAGUE, DismissalReason.MARKER, DismissalReason.PAGE})
_MEASURE = pattern(r"\s*(?:大?个?方面|[个大项类条级](?:方面|领域|维度)?)的?")
_BRACKETED = pattern(r"《[^《》]{0,200}》|“[^“”]{0,120}”|〔[^〔〕]{0,20}〕|\[[^\[\]]{0,20}\]")


@record
class Surroundings:
    """One quantity among its words.

    Attributes:
        index: position of the quantity in the report.
        before: text from the start of the clause or item, or from the quantity before, up to this one.
        written: the quantity itself.
        after: text up to the end of the clause or item, or to the next quantity.
        opens: True when `before` starts a clause, False when a quantity of the same clause precedes.
        item: True when the quantity is a further item of a list (after 、 和 及 or a bracket).
        shared: True when `before` is also the `after` of the quantity before: nothing divides them.
        bracketed: True inside （）.
        earlier: the last clauses of the sentence before this one, nearest last, quantities cut out as `#`.
        sentence: the whole sentence.
        continues: True when a semicolon, not a full stop, divides the sentence from the one before.
    """

    index: int
    before: str
    written: str
    after: str
    opens: bool
    item: bool
    shared: bool
    bracketed: bool
    earlier: tuple[str, ...]
    sentence: Span
    continues: bool = False


def find_surroundings(
    text: str, sentences: Sequence[Span], quantities: Sequence[Quantity], dismissed: Sequence[Dismissed] = ()
) -> Iterator[Surroundings]:
    """Yield the surroundings of every quantity, sentence by sentence, in order of place.

    `dismissed` numbers that are no names (6个方面 before 28项) are blanked out: a label must not hold them.
    """
    text = _without_vague(text, dismissed)
    starts = [q.start for q in quantities]
    for sentence in sentences:
        lo = bisect_left(starts, sentence.start)
        hi = bisect_left(starts, sentence.end)
        if lo < hi:
            yield from _of_sentence(text, sentence, [(i, quantities[i]) for i in range(lo, hi)])


def _without_vague(text: str, dismissed: Sequence[Dismissed]) -> str:
    """Vague numbers and markers as spaces, with the measure word after them, so that offsets stay."""
    out: list[str] = []
    here = 0
    for d in dismissed:
        if d.start < here or d.reason not in _BLANKED:
            continue
        measure = _MEASURE.match(text, d.end)
        end = measure.end() if measure and text[d.start] not in "一两" else d.end
        if text[d.start].isdigit() or measure:
            out += [text[here : d.start], " " * (end - d.start)]
            here = end
    return "".join(out) + text[here:] if out else text


def _of_sentence(text: str, sentence: Span, found: list[tuple[int, Quantity]]) -> Iterator[Surroundings]:
    bounds = _boundaries(text, sentence, [q for _, q in found])
    clauses: list[str] = []
    position = 0
    for a, b in itertools.pairwise(bounds):
        here: list[tuple[int, Quantity]] = []
        while position < len(found) and found[position][1].start < b:
            if found[position][1].start >= a:
                here.append(found[position])
            position += 1
        if here:
            yield from _of_clause(text, a, b, here, tuple(clauses), sentence)
        clauses = [*clauses[1 - _EARLIER :], _without(text, a, b, [q for _, q in here])]


def _boundaries(text: str, sentence: Span, quantities: list[Quantity]) -> list[int]:
    start, end = sentence
    masked = sorted(
        [
            *((m.start(), m.end()) for m in _BRACKETED.finditer(text, start, end)),
            *((q.start, q.end) for q in quantities),
        ]
    )
    bounds = [start]
    at = reach = 0
    for match in _CLAUSE_END.finditer(text, start, end):
        while at < len(masked) and masked[at][0] <= match.start():
            reach = max(reach, masked[at][1])
            at += 1
        if match.start() >= reach:
            bounds.append(match.end())
    if bounds[-1] != end:
        bounds.append(end)
    return bounds


def _without(text: str, a: int, b: int, quantities: list[Quantity]) -> str:
    out, here = [], a
    for q in quantities:
        if q.start >= here:
            out.append(text[here : q.start])
            out.append("#")
            here = q.end
    out.append(text[here:b])
    return "".join(out).strip(" \t\u3000，,；;。：:|—")


def _of_clause(
    text: str, a: int, b: int, here: list[tuple[int, Quantity]], earlier: tuple[str, ...], sentence: Span
) -> Iterator[Surroundings]:
    # A range is two quantities over one stretch of text: they share their surroundings.
    spans: list[tuple[int, int, list[int]]] = []
    for index, q in here:
        if spans and q.start < spans[-1][1]:
            spans[-1][2].append(index)
        else:
            spans.append((q.start, q.end, [index]))
    before_from = a
    depth = 0
    item = shared = False
    for k, (start, end, indices) in enumerate(spans):
        depth += _depth(text, before_from, start)
        before = text[max(before_from, start - _NEAR) : start]
        more = k + 1 < len(spans)
        gap = text[end : min(spans[k + 1][0] if more else b, end + _NEAR)]
        cut = _list_separator(gap) if more else None
        after = gap if cut is None else gap[:cut]
        for index in indices:
            yield Surroundings(
                index=index,
                before=before,
                written=text[start:end],
                after=after,
                opens=k == 0,
                item=item,
                shared=shared,
                bracketed=depth > 0,
                earlier=earlier,
                sentence=sentence,
                continues=sentence.start > 0 and text[sentence.start - 1] in "；;",
            )
        item = cut is not None
        shared = cut is None
        before_from = end if cut is None else end + cut


def _depth(text: str, start: int, end: int) -> int:
    opened = text.count("（", start, end) + text.count("(", start, end)
    return opened - text.count("）", start, end) - text.count(")", start, end)


_SEPARATOR = pattern(r"[、（(）)]|以及|[和及与]")


def _list_separator(gap: str) -> int | None:
    """Where the text between two quantities passes from the first to the second; None when nothing divides it."""
    quoted = [m.span() for m in _BRACKETED.finditer(gap)]
    for match in _SEPARATOR.finditer(gap):
        if not any(a < match.start() < b for a, b in quoted):
            return match.start()
    return None

"""A checked summary cut into sentences that stand in both languages, for an overview to point at.

What an overview says of achievements, problems and plans is not written anew: the model names sentences, and code
copies them, figures, marks and evidence included. So there is nothing to check again, and nothing to decode.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from summarizer.dialogue.references import referred
from summarizer.document import Quantity, Span
from summarizer.engines.protocol import DraftMark, DraftProse
from summarizer.text import sentences

# A full stop after one of these ends no sentence; any other slip leaves the languages uneven, and the text whole.
_ENGLISH_END = re.compile(r"(?<!\bNo)(?<!\bNos)(?<!\b[A-Z])[.!?][\"”’')]*\s+(?=[^\sa-z])")

_MOST = 8  # sentences of a summary; it is asked for in three
_WIDEST = 0.15  # how far twins may differ in their share of the text


def statements(summary: DraftProse, quantities: Sequence[Quantity]) -> tuple[DraftProse, ...]:
    """The sentences of a summary, each with its twin; the whole summary where the two languages do not go in step.

    Twins hold the same figures. Where one language takes two sentences for what the other says in one, they stay
    together, if twins then hold about the same share of their texts. Of the report's sentences a statement rests on
    those that hold its figures, and on all of the summary's when it has none.
    """
    twins = _twins(summary.zh, summary.en)
    return tuple(_cut(summary, a, b, quantities) for a, b in twins) if len(twins) > 1 else (summary,)


def joined(several: Iterable[DraftProse]) -> DraftProse:
    """Statements as one text."""
    whole = DraftProse("", "")
    for one in several:
        gap = " " if whole.en else ""
        moved = [_moved(m, len(whole.zh) if m.lang == "zh" else len(whole.en + gap)) for m in one.marks]
        whole = DraftProse(
            whole.zh + one.zh,
            whole.en + gap + one.en,
            tuple(sorted({*whole.sentences, *one.sentences})),
            (*whole.marks, *moved),
        )
    return whole


def _twins(zh: str, en: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The stretches of both texts that say the same; nothing where there is no telling."""
    one, other = _chinese(zh), _english(en)
    many = min(len(one), len(other))
    ways = [
        list(zip(a, b, strict=True)) for a in _in_groups(one, many) for b in _in_groups(other, many) if many <= _MOST
    ]
    in_step = [way for way in ways if all(_same_figures(zh[a:b], en[c:d]) for (a, b), (c, d) in way)]
    best = min(in_step, key=lambda way: _gap(way, zh, en), default=[])
    return best if best and (len(one) == len(other) or _gap(best, zh, en) <= _WIDEST) else []


def _in_groups(spans: Sequence[tuple[int, int]], many: int) -> list[list[tuple[int, int]]]:
    """Every way to put neighbours together into so many groups."""
    return (
        [
            [(spans[i][0], spans[j - 1][1]) for i, j in pairwise((0, *cuts, len(spans)))]
            for cuts in combinations(range(1, len(spans)), many - 1)
        ]
        if 0 < many <= len(spans) <= _MOST
        else []
    )


def _same_figures(zh: str, en: str) -> bool:
    return set(referred(zh)) == set(referred(en))


def _gap(twins: Sequence[tuple[tuple[int, int], tuple[int, int]]], zh: str, en: str) -> float:
    """How far the share of a stretch in one text is from that of its twin in the other, at most."""
    return max(abs((b - a) / len(zh) - (d - c) / len(en)) for (a, b), (c, d) in twins)


def _chinese(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for span in sentences(text, 0, len(text)):
        # What stands behind a semicolon belongs to the same sentence here.
        start = found.pop()[0] if found and text[found[-1][1] - 1] in "；;" else span.start
        found.append((start, span.end))
    return found


def _english(text: str) -> list[tuple[int, int]]:
    starts = [0, *(m.end() for m in _ENGLISH_END.finditer(text))]
    ends = [*(m.start() + len(m[0].rstrip()) for m in _ENGLISH_END.finditer(text)), len(text)]
    return list(zip(starts, ends, strict=True))


def _cut(summary: DraftProse, zh: tuple[int, int], en: tuple[int, int], quantities: Sequence[Quantity]) -> DraftProse:
    told = summary.zh[slice(*zh)]
    places = [quantities[i].number.start for i in referred(told) if i < len(quantities)]
    own = tuple(s for s in summary.sentences if any(s.start <= p < s.end for p in places))
    return DraftProse(
        told,
        summary.en[slice(*en)],
        own or summary.sentences,
        tuple(_within(m, Span(*(zh if m.lang == "zh" else en))) for m in summary.marks if _touches(m, zh, en)),
    )


def _touches(mark: DraftMark, zh: tuple[int, int], en: tuple[int, int]) -> bool:
    start, end = zh if mark.lang == "zh" else en
    return mark.start < end and mark.end > start


def _within(mark: DraftMark, span: Span) -> DraftMark:
    return replace(mark, start=max(mark.start, span.start) - span.start, end=min(mark.end, span.end) - span.start)


def _moved(mark: DraftMark, by: int) -> DraftMark:
    return replace(mark, start=mark.start + by, end=mark.end + by)

"""A checked summary cut into sentences that stand in both languages, for an overview to point at.

What an overview says of achievements, problems and plans is not written anew: the model names sentences, and code
copies them, figures, marks and evidence included. So there is nothing to check again, and nothing to decode.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from summarizer.dialogue.references import referred
from summarizer.document import Quantity, Span
from summarizer.engines.protocol import DraftMark, DraftProse
from summarizer.text import sentences

# A full stop after one of these ends no sentence; any other slip leaves the languages uneven, and the text whole.
_ENGLISH_END = re.compile(r"(?<!\bNo)(?<!\bNos)(?<!\b[A-Z])[.!?][\"”’')]*\s+(?=[^\sa-z])")


def statements(summary: DraftProse, quantities: Sequence[Quantity]) -> tuple[DraftProse, ...]:
    """The sentences of a summary, each with its twin; the whole summary where the two languages do not go in step.

    In step are as many sentences in both, each with the same figures as its twin. Of the report's sentences a statement
    rests on those that hold its figures, and on all of the summary's when it has none.
    """
    zh, en = _chinese(summary.zh), _english(summary.en)
    twins = list(zip(zh, en, strict=False))
    in_step = len(zh) == len(en) and all(
        set(referred(summary.zh[a:b])) == set(referred(summary.en[c:d])) for (a, b), (c, d) in twins
    )
    if len(twins) < 2 or not in_step:
        return (summary,)
    return tuple(_cut(summary, a, b, quantities) for a, b in twins)


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

"""Which sentences of a stretch a reader should see: extraction, no rewriting.

A sentence earns its place by the figures it states and by words of outcome, and loses it by words of ceremony.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from summarizer.display import written_span
from summarizer.document import Kind, Quantity, Span
from summarizer.engines.protocol import REF_CLOSE, REF_OPEN, Reading
from summarizer.patterns import pattern
from summarizer.records import record

_OUTCOME = pattern(
    r"完成|办结|建成|通过|获评|获得|荣获|入选|实现|达到|下降|增长|改善|提升|处罚|罚款|立案|查处|移送|整改|审批|受理|出台|印发|制定|修订|发布"
    r"|投诉|信访|复议|诉讼|优良|达标|培训|成立|启动|首次|创新|赔偿"
)
_DISTINCTION = pattern("入选|首次|首个|获评|荣获|典型案例|率先|表彰|通报表扬|第[一1]名?|首位|排名")
# What the first, second, third ... figure of a sentence adds: many figures are no reason to crowd out the rest.
_FIGURES = (2.0, 1.2, 0.8, 0.6, 0.4, 0.3)
_CEREMONY = pattern(
    r"坚持以|为指导|深入学习贯彻|精神|重要讲话|指示|高度重视|坚强领导|深刻领会|理论学习中心组|旗帜|初心|使命|切实增强|进一步提高认识|不断增强"
)
_LEADING_MARK = pattern(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．﹒、]|[一二三四五六七八九十]{1,2}\s?是)\s*"
)
_LONGEST = 320
_SHORTEST = 8
_SHORTEST_WITHOUT_FIGURE = 16
# A sentence that leans on the one before it.
_BROKEN_START = pattern(r"\s*(?:其中|分别|该|其|并|且|而|但|上述|对此|为此|以上|同时|此外|另外)")
_SIGNATURE = pattern(r"^[^，,。；]{0,30}\d{4}年\d{1,2}月\d{1,2}日[）)]?[。\s]*$|报告如下[：:。]?$")


@record
class KeySentence:
    """A sentence with the quantities in it (positions in the report) and how much it says.

    `distinct`: it tells of a first, an award or a case held up as an example.
    """

    span: Span
    quantities: tuple[int, ...]
    score: float
    distinct: bool = False


class Extractor:
    """Ranks the sentences of one report."""

    def __init__(self, reading: Reading, salient: Callable[[str], int]) -> None:
        """`salient` counts the terms of a text that matter in this kind of report."""
        self._text = reading.document.text
        self._sentences = reading.sentences
        self._starts = [s.start for s in reading.sentences]
        self._quantities = reading.numbers.quantities
        self._places = [q.number.start for q in self._quantities]
        self._titles = {s.start: s.content for s in reading.sections}
        self._salient = salient
        self._known: dict[int, KeySentence | None] = {}

    def within(self, stretch: Span) -> list[KeySentence]:
        """Every sentence of a stretch with its score, in order of place; headings standing alone are left out."""
        lo = bisect_left(self._starts, stretch.start)
        hi = bisect_left(self._starts, stretch.end)
        return [k for k in map(self._rated, range(lo, hi)) if k]

    def whole(self, span: Span) -> KeySentence:
        """A stretch taken as one sentence: a heading, say."""
        end = span.end
        while end > span.start and self._text[end - 1] in " \t\r\n\u3000|":
            end -= 1
        lo = bisect_left(self._places, span.start)
        hi = bisect_left(self._places, end)
        return KeySentence(Span(span.start, end), tuple(range(lo, hi)), 0.0)

    def ranked(self, stretch: Span) -> list[KeySentence]:
        """Every sentence of a stretch, the best first."""
        return sorted(self.within(stretch), key=lambda k: (-k.score, k.span.start))

    def _rated(self, i: int) -> KeySentence | None:
        if i not in self._known:
            self._known[i] = self._rate(self._sentences[i])
        return self._known[i]

    def _rate(self, span: Span) -> KeySentence | None:
        words = self._text[span.start : span.end]
        if len(words) < _SHORTEST or span.end <= self._titles.get(span.start, 0) or _SIGNATURE.search(words):
            return None
        lo = bisect_left(self._places, span.start)
        hi = bisect_left(self._places, span.end)
        inside = tuple(range(lo, hi))
        if not inside and len(words) < _SHORTEST_WITHOUT_FIGURE:
            return None
        distinctions = len(_DISTINCTION.findall(words))
        score = sum(_FIGURES[: len(inside)]) + 0.9 * min(self._salient(words), 4)
        score += 0.5 * min(len(_OUTCOME.findall(words)), 4) + 1.0 * min(distinctions, 2)
        score += 0.4 * sum(_weight(self._quantities[i]) for i in inside[:4])
        score -= 1.0 * len(_CEREMONY.findall(words))
        if len(words) > _LONGEST:
            score -= 1.5
        if _BROKEN_START.match(words):
            score -= 2.0
        return KeySentence(span, inside, score, distinctions > 0)


def _weight(quantity: Quantity) -> float:
    if quantity.kind is Kind.CHANGE or quantity.kind is Kind.RANK:
        return 0.5
    if quantity.unit == "元":
        return 1.5
    return 1.0 if quantity.unit == "%" else 0.3


def with_references(text: str, span: Span, quantities: Sequence[Quantity], inside: Sequence[int]) -> str:
    """The sentence with each of its quantities replaced by a reference, its list marker left out."""
    out: list[str] = []
    here = span.start
    for i in inside:
        start, end = written_span(quantities[i], text)
        if start < here or end > span.end:
            continue
        out.append(text[here:start])
        out.append(reference(i))
        here = end
    out.append(text[here : span.end])
    return re.sub(r"\s+", " ", _LEADING_MARK.sub("", "".join(out))).strip(" |")


def reference(index: int) -> str:
    """How a draft points at a quantity."""
    return f"{REF_OPEN}{index}{REF_CLOSE}"

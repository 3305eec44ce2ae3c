"""Figures without a canonical key near the name of a canonical metric: they may be meant, so a cell says so."""

from collections.abc import Iterable

from summarizer.brief import Metric
from summarizer.canonical import CanonicalMetric
from summarizer.patterns import pattern
from summarizer.units import family

_CLAUSE_END = pattern("[。；！？;!?\n]|[，,](?![增减同较比上下])")
_LINK = pattern(
    "(?:总额|金额|总量|数量|总数|累计|合计|全年|达到?了?|突破|超过?|不少于|不低于|控制在|保持在?|稳定在|接近|完成|实现"
    "|预计|计划|力争|增长|增加|上升|提高|提升|下降|减少|降低|同比|较上年|比上年|同口径|分别|左右|以上|以内"
    "|[0-9０-９.．%％‰万亿千元美件个家户人次项吨、，,约近为是共至到多余了仅 \u3000\xa0])*"
)
_LONGEST = 20


class Names:
    """All names of a catalogue, found in a text in one pass."""

    def __init__(self, catalogue: Iterable[CanonicalMetric]) -> None:
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for metric in catalogue:
            for name in metric.names:
                if len(name) > 1:
                    self._by_start.setdefault(name[:2], []).append((name, metric.key))

    def keys_beside(self, metric: Metric) -> set[str]:
        """The metrics whose name stands right beside a figure, with nothing but linking words in between.

        固定资产投资约7000亿元, 出口总额345.6亿美元、增长22.5%, 20条断头路; but not 出口通关时间压缩69%. A name within a
        longer one found there (进口总额 in 进出口总额) does not count.
        """
        quote, at = metric.evidence.quote, metric.number.start - metric.evidence.start
        start = max((m.end() for m in _CLAUSE_END.finditer(quote, 0, at)), default=0)
        hits = self._hits(quote[start:at])
        before = {key for _, end, key in hits if _LINK.fullmatch(quote, start + end, at)}
        if family(metric.unit.zh or "") != "count":
            return before
        rest = quote[at:].removeprefix(metric.raw)[:_LONGEST]
        return before | {key for begin, _, key in self._hits(rest) if begin == 0}

    def keys_before(self, metric: Metric) -> set[str]:
        """The metrics named last before a figure in its sentence: 生产总值跨越千亿元，2004年达到3423亿元."""
        hits = self._hits(metric.evidence.quote[: metric.number.start - metric.evidence.start])
        last = max((end for _, end, _ in hits), default=0)
        return {key for _, end, key in hits if end == last}

    def _hits(self, text: str) -> list[tuple[int, int, str]]:
        hits = [
            (at, at + len(name), key)
            for at in range(len(text) - 1)
            for name, key in self._by_start.get(text[at : at + 2], ())
            if text.startswith(name, at)
        ]
        return [
            (start, end, key)
            for start, end, key in hits
            if not any(a <= start and end <= b and (a, b) != (start, end) for a, b, _ in hits)
        ]

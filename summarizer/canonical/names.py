"""Finding a canonical name at the end of a phrase, and telling whether the words before it make another thing of it.

Chinese puts the head last: `办理行政处罚案件` ends with the name, and what stands before must be words that narrow
nothing (办理). `畜禽养殖场处罚金额` ends with a name too, but 畜禽养殖场 is no such word: it is a part.
"""

from collections.abc import Collection, Iterator

from summarizer.canonical.catalogue import CanonicalMetric, Catalogue

_LONGEST_WORD = 12
_LONGEST_REST = 30


class Names:
    """The names of a catalogue by their text; a name may belong to several metrics (told apart by unit)."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._metrics: dict[str, list[CanonicalMetric]] = {}
        self._of: dict[str, list[tuple[tuple[str, ...], CanonicalMetric]]] = {}
        self._short: dict[tuple[str, str], CanonicalMetric] = {}
        for metric in catalogue:
            for name in metric.names:
                known = self._metrics.get(name)
                if known is None:
                    self._metrics[name] = [metric]
                else:
                    known.append(metric)
            for names, words in metric.whose:
                for name in names:
                    self._of.setdefault(name, []).append((words, metric))
            for keys, names in metric.following:
                for key in keys:
                    for name in names:
                        self._short[key, name] = metric
        self._longest = max(map(len, self._metrics), default=0)
        self._ends = {name[-2:] for name in self._metrics}

    def at_end(self, phrase: str) -> Iterator[tuple[str, list[CanonicalMetric]]]:
        """Names that end the phrase, longest first, each with the text before it and the metrics it may mean."""
        if phrase[-2:] not in self._ends:
            return
        for start in range(max(0, len(phrase) - self._longest), len(phrase)):
            found = self._metrics.get(phrase[start:])
            if found:
                yield phrase[:start], found

    def whose(self, clause: str, noun: str) -> Iterator[tuple[str, CanonicalMetric]]:
        """What a noun after a relative clause may mean: 企业 after 完成信用修复. Yields what stands before the name."""
        for name in self._of:
            if noun.endswith(name):
                for words, metric in self._of[name]:
                    if any(word in clause for word in words):
                        yield noun[: -len(name)], metric

    def after(self, key: str, phrase: str) -> CanonicalMetric | None:
        """The metric that goes by so short a name right after a figure of the metric `key`."""
        return self._short.get((key, phrase))


def is_made_of(rest: str, *words: Collection[str]) -> bool:
    """Can `rest` be cut into nothing but such words? The empty text can."""
    end = len(rest)
    if end > _LONGEST_REST:
        return False
    reached = [False] * end + [True]
    for start in range(end - 1, -1, -1):
        for stop in range(start + 1, min(end, start + _LONGEST_WORD) + 1):
            if reached[stop]:
                piece = rest[start:stop]
                if any(piece in known for known in words):
                    reached[start] = True
                    break
    return reached[0]

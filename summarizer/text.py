"""Sentences and clauses of Chinese official prose, as spans of the original text."""

import re
from collections.abc import Iterable, Iterator

from summarizer.document import Span
from summarizer.patterns import pattern

_OPEN = {"《": "》", "“": "”", "（": "）", "(": ")", "〈": "〉", "「": "」", "『": "』", "〔": "〕", "【": "】"}
_CLOSE = frozenset(_OPEN.values())
_STOP = frozenset("。！？；;!?")
_MARK = pattern("[" + re.escape("".join(sorted({*_OPEN, *_CLOSE, *_STOP}))) + "\r\n]")
_MAX_NESTED = 300  # a bracket still open after this many characters was never closed: a typing slip


def sentences(text: str, start: int, end: int, breaks: Iterable[int] = ()) -> Iterator[Span]:
    """Cut `text[start:end]` into sentences: up to 。！？； or a line end, not inside brackets or quotes.

    Surrounding white space and table bars belong to no sentence; blank ones are left out. `breaks` are
    further places where a sentence ends (headings of reports printed on one line), in rising order.
    """
    cuts = [b for b in breaks if start < b < end]
    cuts.append(end)
    here = start
    for cut in cuts:
        for span in _stretch(text, here, cut):
            a, b = span
            while a < b and text[a] in " \t\u3000|\u00a0":
                a += 1
            while a < b and text[b - 1] in " \t\u3000|\u00a0":
                b -= 1
            if a < b:
                yield Span(a, b)
        here = cut


def _stretch(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    here = start
    awaited: list[str] = []
    opened = start
    for match in _MARK.finditer(text, start, end):
        char = match[0]
        at = match.start()
        if awaited and at - opened > _MAX_NESTED:
            awaited.clear()
        if char in "\r\n":
            if at > here:
                yield here, at
            here = at + 1
            awaited.clear()
        elif char in _OPEN:
            if not awaited:
                opened = at
            awaited.append(_OPEN[char])
        elif char in _CLOSE:
            if char in awaited:
                del awaited[awaited.index(char) :]
        elif not awaited:
            yield here, at + 1
            here = at + 1
    if end > here:
        yield here, end

"""The clause and the sentence around a reference, in either language."""

import re
from bisect import bisect_left
from typing import Final, NamedTuple

from summarizer.checking.faults import Lang

_CLAUSE_END: Final = {
    "zh": re.compile("[，,。；;：:！？!?\n（）()]"),
    "en": re.compile(r"[,;:.!?()\n–—](?=\s|$|[^\w])|[()–—]"),
}
_SENTENCE_END: Final = {"zh": re.compile("[。；;！？!?\n]"), "en": re.compile(r"[.;!?\n](?=\s|$)")}


class Stretch(NamedTuple):
    """A piece of a text and where it stands."""

    start: int
    end: int
    text: str


class Cuts:
    """The clause and sentence borders of one text, found once."""

    def __init__(self, text: str, lang: Lang) -> None:
        self._text = text
        self._clauses = [m.start() for m in _CLAUSE_END[lang].finditer(text)]
        self._sentences = [m.start() for m in _SENTENCE_END[lang].finditer(text)]

    def clause(self, at: int) -> Stretch:
        """The clause that holds a place: `投诉同比下降[21]` of `受理投诉[20]，投诉同比下降[21]。`."""
        return self._piece(self._clauses, at)

    def sentence(self, at: int) -> Stretch:
        """The sentence that holds a place."""
        return self._piece(self._sentences, at)

    def _piece(self, cuts: list[int], at: int) -> Stretch:
        i = bisect_left(cuts, at)
        start = cuts[i - 1] + 1 if i else 0
        end = cuts[i] if i < len(cuts) else len(self._text)
        return Stretch(start, end, self._text[start:end])

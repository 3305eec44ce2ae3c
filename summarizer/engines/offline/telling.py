"""One sentence or heading of the report told in both languages, its figures by reference.

Chinese is the sentence itself. English is composed: of the figures by their frames, of plain clauses by the glossary.
What rules cannot put into English is not guessed at: it is left in Chinese, and said to be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from summarizer.document import Bound
from summarizer.engines.offline.english_labels import statement
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.key_sentences import KeySentence, reference, with_references
from summarizer.engines.offline.translation import Translator
from summarizer.engines.offline.wording import zh_of
from summarizer.engines.protocol import REF_OPEN, DraftProse, Reading
from summarizer.english import capitalize
from summarizer.patterns import pattern

ROUGH = "[rough]"
LEFT_OUT = "[… in Chinese only]"
_LONGEST_SURE = 48
_SHORTEST_CLAUSE = 6
_ACTS = pattern(r"(?:(?:\w+ly|further) )*\w+ing\b")  # says an action: no loose noun or adverbial phrase
_LONGEST_GAP = 160
_STOPS = "\n。！？；!?;）)、. "
_BLANKS = pattern(r"\s+")
_CLAUSES = pattern(r"[，,；;：:。！!]")
_MARKER = pattern(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）]|、|[.．﹒])|[一二三四五六七八九十]{1,2}\s?是)\s*")


class Teller:
    """Tells single sentences of one report."""

    def __init__(self, reading: Reading, frames: Mapping[int, Frame], translator: Translator) -> None:
        self._text = reading.document.text
        self._quantities = reading.numbers.quantities
        self._frames = frames
        self._translator = translator
        self._told: dict[tuple[int, int], tuple[str, str]] = {}
        self._known: dict[str, str] = {}

    def tell(self, sentences: Sequence[KeySentence]) -> DraftProse:
        """The sentences one after another; English is "" when none of them can be told."""
        told = [self._both(k) for k in sentences]
        return DraftProse(
            "".join(zh for zh, _ in told), " ".join(en for _, en in told if en), tuple(k.span for k in sentences)
        )

    def is_told(self, sentence: KeySentence) -> bool:
        """Is the whole sentence told in English, nothing left out?"""
        if any(i in self._frames for i in sentence.quantities):
            return True
        return all(self._sure(clause) for clause in self._clauses(sentence)) or bool(self._memory(sentence))

    def always(self, prose: DraftProse) -> DraftProse:
        """A prose that says something in English: roughly and marked so, or that it is in Chinese only."""
        if prose.en and prose.en != f"{LEFT_OUT}.":
            return prose
        parts = [self._translator.rough_clause(p) for p in _CLAUSES.split(prose.zh) if p.strip()]
        rough = REF_OPEN not in prose.zh and bool(parts) and all(parts)
        return replace(prose, en=f"{capitalize(', '.join(parts))} {ROUGH}." if rough else f"{LEFT_OUT}.")

    def heading(self, zh: str) -> str:
        """A heading in English, with a capital."""
        return capitalize(self._translator.heading(_BLANKS.sub("", zh)))

    def _both(self, sentence: KeySentence) -> tuple[str, str]:
        told = self._told.get(sentence.span)
        if told is None:
            zh = with_references(self._text, sentence.span, self._quantities, sentence.quantities)
            told = self._told[sentence.span] = (_ended(zh), self._english(sentence))
        return told

    def _english(self, sentence: KeySentence) -> str:
        figures = [i for i in sentence.quantities if i in self._frames]
        if figures:
            return capitalize("; ".join(self._told_with_figures(sentence, figures))) + "."
        whole = self._memory(sentence)
        if whole:
            return capitalize(whole) + "."
        parts = [self._sure(clause) for clause in self._clauses(sentence)]
        sure = [p for p in parts if p]
        if not sure:
            return ""
        return capitalize(", ".join(sure)) + ("." if len(sure) == len(parts) else f" {LEFT_OUT}.")

    def _told_with_figures(self, sentence: KeySentence, figures: list[int]) -> list[str]:
        """Every figure in a statement; before each, the clauses without figures that can be told surely."""
        out: list[str] = []
        here = sentence.span.start
        before: Frame | None = None
        ends_range = -1
        for i in figures:
            out += self._clauses_between(here, self._quantities[i].start)
            here = max(here, self._quantities[i].end)
            if i == ends_range:
                continue
            told = reference(i)
            if self._opens_range(i):
                told, ends_range = f"{told} to {reference(i + 1)}", i + 1
            frame = self._frames[i]
            brief = replace(frame, topic=()) if before and _goes_on(before, frame) else frame
            out.append(statement(brief, self._quantities[i], told, not out, self._translator) or told)
            before = frame
        return out

    def _clauses_between(self, start: int, end: int) -> list[str]:
        """Whole clauses of the stretch between two figures; the last one belongs to the figure after it."""
        gap = self._text[start:end]
        if len(gap) < _SHORTEST_CLAUSE or len(gap) > _LONGEST_GAP:
            return []
        first = 0 if self._text[start - 1 : start] in _STOPS else 1
        clauses = [_MARKER.sub("", _BLANKS.sub("", clause)) for clause in _CLAUSES.split(gap)[first:-1]]
        told = [self._sure(clause) for clause in clauses if len(clause) >= _SHORTEST_CLAUSE]
        return [t for t in told if _ACTS.match(t)]

    def _bare(self, sentence: KeySentence) -> str:
        return _BLANKS.sub("", _MARKER.sub("", self._text[sentence.span.start : sentence.span.end]))

    def _memory(self, sentence: KeySentence) -> str:
        return self._translator.sure_heading(self._bare(sentence))

    def _clauses(self, sentence: KeySentence) -> list[str]:
        return [_MARKER.sub("", part) for part in _CLAUSES.split(self._bare(sentence)) if part]

    def _sure(self, clause: str) -> str:
        if len(clause) > _LONGEST_SURE:
            return ""
        told = self._known.get(clause)
        if told is None:
            told = self._known[clause] = self._translator.sure_clause(clause)
        return told

    def _opens_range(self, i: int) -> bool:
        quantities = self._quantities
        return quantities[i].bound is Bound.LOW and i + 1 in self._frames and quantities[i + 1].bound is Bound.HIGH


def _goes_on(before: Frame, frame: Frame) -> bool:
    """Is the topic what the clause before counted, or its topic?"""
    topic = zh_of(frame.topic)
    return bool(topic) and topic in (zh_of(before.topic), zh_of(before.noun), zh_of((*before.noun, *before.verb)))


def _ended(zh: str) -> str:
    zh = zh.rstrip("；;，, ")
    return zh if not zh or zh[-1] in "。！？" else zh + "。"

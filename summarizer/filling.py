"""Filling the references of a draft's prose: `罚款⟦5⟧` becomes 罚款138.75625万元, and its place is kept.

Nothing but code writes a figure into prose, and `Figure` says exactly where each one stands.
"""

from collections.abc import Sequence
from typing import Literal

from summarizer.brief import Bilingual, Evidence, Figure, Mark, Prose
from summarizer.display import qualifiers_of
from summarizer.document import Span
from summarizer.engines.protocol import REF_CLOSE, REF_OPEN, DraftMark
from summarizer.known_numbers import STRANGER, strangers
from summarizer.patterns import pattern

REFERENCE = pattern(f"{REF_OPEN}([0-9]{{1,7}}){REF_CLOSE}")
UNKNOWN_REFERENCE = "unknown_reference"
UNTRANSLATED = "untranslated"
_MISSING = "[?]"

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
_UNTRANSLATED = pattern(rf"\[[^\[\]]*[{_HAN}][^\[\]]*\]|[{_HAN}][{_HAN}、，。；：《》“”（）·]*[{_HAN}]|[{_HAN}]")


def escape(text: str) -> str:
    """Report text that may be put into a draft: its own ⟦ ⟧ become look-alikes, so that it cannot forge a reference."""
    return text.replace(REF_OPEN, "〚").replace(REF_CLOSE, "〛") if REF_OPEN in text or REF_CLOSE in text else text


def is_untranslated(en: str) -> bool:
    """Does an English text still hold Chinese?"""
    return not en.isascii() and _UNTRANSLATED.search(en) is not None


def fill(
    zh: str,
    en: str,
    displays: Sequence[Bilingual],
    evidence: tuple[Evidence, ...] = (),
    known: frozenset[str] = frozenset(),
    doubts: Sequence[DraftMark] = (),
) -> Prose:
    """Fill in `⟦n⟧` by the n-th display, carrying the marks of the draft (`doubts`) along.

    Marked are a reference to nothing (shown as [?]), Chinese left in English, and any number in digits that was not
    filled in and is not among the `known` ones of names and dates.
    """
    marks: list[Mark] = []
    in_zh: list[tuple[int, Span]] = []
    in_en: list[tuple[int, Span]] = []
    moves: dict[str, list[tuple[int, int]]] = {"zh": [], "en": []}
    if REF_OPEN in zh:
        zh = _fill(zh, "zh", displays, in_zh, marks, moves["zh"])
    if REF_OPEN in en:
        en = _fill(en, "en", displays, in_en, marks, moves["en"])
    marks += [Mark(d.lang, _moved(d.start, moves[d.lang]), _moved(d.end, moves[d.lang]), d.code) for d in doubts]
    if not en.isascii():
        marks += [Mark("en", m.start(), m.end(), UNTRANSLATED) for m in _UNTRANSLATED.finditer(en)]
    marks += [Mark("zh", *span, STRANGER) for span in strangers(zh, known, [span for _, span in in_zh])]
    marks += [Mark("en", *span, STRANGER) for span in strangers(en, known, [span for _, span in in_en])]
    return Prose(zh, en, _pair(in_zh, in_en), tuple(marks), evidence)


def _fill(
    prose: str,
    lang: Literal["zh", "en"],
    displays: Sequence[Bilingual],
    told: list[tuple[int, Span]],
    marks: list[Mark],
    moves: list[tuple[int, int]],
) -> str:
    out = ""
    here = 0
    for match in REFERENCE.finditer(prose):
        out += prose[here : match.start()]
        here = match.end()
        n = int(match[1])
        if n >= len(displays):
            marks.append(Mark(lang, len(out), len(out) + len(_MISSING), UNKNOWN_REFERENCE))
            out += _MISSING
            continue
        shown = (displays[n].zh if lang == "zh" else displays[n].en) or ""
        if lang == "zh":
            # A sentence taken over from the report may bring the qualifier that the display brings as well.
            lead, trail = qualifiers_of(shown)
            if lead and out.endswith(lead):
                out = out[: -len(lead)]
            if trail and prose.startswith(trail, here):
                here += len(trail)
        told.append((n, Span(len(out), len(out) + len(shown))))
        out += shown
        moves.append((here, len(out)))
    return out + prose[here:]


def _moved(at: int, moves: Sequence[tuple[int, int]]) -> int:
    """Where a place of the draft stands once its references are filled in."""
    before = [(old, new) for old, new in moves if old <= at]
    return before[-1][1] + at - before[-1][0] if before else at


def _pair(in_zh: list[tuple[int, Span]], in_en: list[tuple[int, Span]]) -> tuple[Figure, ...]:
    # The k-th mention of a figure in Chinese belongs to its k-th mention in English.
    waiting: dict[int, list[Span]] = {}
    for n, span in in_en:
        waiting.setdefault(n, []).append(span)
    figures = []
    for n, span in in_zh:
        twins = waiting.get(n)
        figures.append(Figure(f"m{n + 1}", span, twins.pop(0) if twins else None))
    figures += [Figure(f"m{n + 1}", None, span) for n, spans in waiting.items() for span in spans]
    return tuple(figures)

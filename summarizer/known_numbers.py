"""Numbers a prose may hold without a reference: those of the report's names and dates, in digits.

十四五 allows 14 (14th Five-Year Plan), 2024年1月4日 allows 2024, 1 and 4, 12345热线 allows 12345.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from summarizer.document import DismissalReason, Span
from summarizer.engines.protocol import Reading
from summarizer.numerals import parse
from summarizer.patterns import pattern

STRANGER = "number"  # code of the mark over a number that nothing explains

_DIGITS = pattern(r"[0-9]+(?:[.,][0-9]+)*")
_HAN = pattern("[〇零一二三四五六七八九十百千]+")
_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_WIDE = pattern("[０-９．]")
_NAMES = (DismissalReason.DATE, DismissalReason.DOCNO, DismissalReason.NAME)
# Names whose Chinese may hold no number (细颗粒物) and units with a written exponent.
_ALWAYS = pattern(
    r"PM ?2\.5|PM ?10|\b(?:CO|SO|NO|N|O|H|CH|NH)[2345]\b|[Mm]g/m3|[µμ]g/m3|\bper 10*,?0+\b|每10*人|"
    r"\bk?m[23]\b|\[[^\[\]]*\]|\b[2-6]G\b|\b[3-5]A\b"
)
_MARKER = pattern(r"[.、．)）]")


def known_numbers(reading: Reading) -> frozenset[str]:
    """Digit strings that the report's names, dates and document numbers explain."""
    text = reading.document.text
    known: set[str] = set()
    for d in reading.numbers.dismissed:
        if d.reason in _NAMES:
            known.update(_explained(text[d.start : d.end]))
    for name in (reading.masthead.title, reading.masthead.issuer, reading.masthead.issued):
        if name:
            known.update(_explained(name))
    if reading.masthead.year is not None:
        known.add(str(reading.masthead.year))
    return frozenset(known)


def strangers(prose: str, known: frozenset[str], filled: Sequence[Span] = ()) -> list[Span]:
    """Stretches of a prose that are numbers in digits and no known name or date.

    `filled` are the places of the figures that code wrote, in rising order; what lies in them is no stranger.
    """
    if not prose.isascii() and _WIDE.search(prose):
        prose = prose.translate(_WIDTH)
    found: list[Span] = []
    names: list[tuple[int, int]] | None = None
    at = 0
    for match in _DIGITS.finditer(prose):
        start, end = match.span()
        while at < len(filled) and filled[at].end <= start:
            at += 1
        if at < len(filled) and filled[at].start < end:
            # A digit glued to a figure (1⟦5⟧, ⟦5⟧0) makes another number of it.
            if not (filled[at].start <= start and end <= filled[at].end):
                found.append(Span(start, end))
            continue
        if _is_known(match[0], known):
            continue
        if names is None:
            names = [m.span() for m in _ALWAYS.finditer(prose)]
        if any(a <= start and end <= b for a, b in names):
            continue
        if start == 0 and _MARKER.match(prose, end):
            continue
        found.append(Span(start, end))
    return found


def _is_known(digits: str, known: frozenset[str]) -> bool:
    if digits in known:
        return True
    parts = re.split(r"[.,]", digits)
    return len(parts) > 1 and all(part in known or part.lstrip("0") in known for part in parts)


@lru_cache(maxsize=4096)  # 一是, 2023年 and their like come again and again
def _explained(raw: str) -> tuple[str, ...]:
    raw = raw.translate(_WIDTH)
    known: list[str] = []
    for digits in _DIGITS.findall(raw):
        known += [digits, digits.lstrip("0"), *digits.split(".")]
    for run in _HAN.findall(raw):
        known += _han(run)
    return tuple(known)


def _han(run: str) -> tuple[str, ...]:
    # 十四五 is no number as a whole, but 十四 is what its English says.
    found = []
    for end in range(len(run), 0, -1):
        try:
            found.append(f"{parse(run[:end]):f}")
        except ValueError:
            continue
    return tuple(found)

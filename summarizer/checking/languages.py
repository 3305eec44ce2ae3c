"""zh is Chinese, en is English, neither is empty, too long, or a copy of the other."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from summarizer.checking.faults import Fault, FaultCode, Lang
from summarizer.checking.references import mark

_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々]+")
_LATIN: Final = re.compile(r"[A-Za-z]+")
_GREEK: Final = frozenset("µμαβγΩ")  # of units and names; other Greek letters pose as Latin ones
# Any English sentence of eight words or more has one of these.
_FUNCTION_WORDS: Final = re.compile(
    r"(?i)\b(?:the|of|and|to|in|for|a|an|with|on|by|at|from|as|was|were|is|are|be|been|has|have|had|that|which|its|this"
    r"|or|while|under|through|into|will)\b|\w{3}(?:ing|ed|tions?|ments?|ity)\b"
)
_LANGUAGE: Final[dict[str, str]] = {"zh": "Chinese", "en": "English"}
_LEAST_HAN: Final = 0.5  # share of Han among the letters of a Chinese text, names of the report left out


def emptiness_faults(lang: Lang, text: str, longest: int) -> Iterator[Fault]:
    """A text without words, or longer than it may be."""
    if not (_HAN if lang == "zh" else _LATIN).search(text):
        what = "Chinese" if lang == "zh" else "English"
        wrong = f"the {lang} text is empty or holds no {what} word"
        yield Fault(FaultCode.EMPTY, lang, 0, len(text), wrong, wrong)
    if len(text) > longest:
        yield Fault(
            FaultCode.TOO_LONG,
            lang,
            longest,
            len(text),
            f"the {lang} text has {len(text)} characters: write at most {longest}",
            f"the {lang} text has {len(text)} characters, more than {longest}",
        )


def chinese_faults(zh: str, stretch: str) -> Iterator[Fault]:
    """A Chinese text that is not Chinese; Latin words that stand in the report count as names."""
    masked = mark(zh).masked
    yield from _strange_letters("zh", masked)
    han = sum(len(m[0]) for m in _HAN.finditer(masked))
    latin = [m for m in _LATIN.finditer(masked) if m[0] not in stretch]
    letters = sum(len(m[0]) for m in latin)
    if letters and han < _LEAST_HAN * (han + letters):
        first = latin[0]
        yield Fault(
            FaultCode.LANGUAGE,
            "zh",
            *first.span(),
            f"the zh text is not Chinese ({first[0]!r} ...): write it in Chinese",
            f"the zh text is not Chinese ({first[0]!r} ...)",
        )


def english_faults(en: str, zh: str) -> Iterator[Fault]:
    """An English text that holds Chinese or another script, or that is no English."""
    for match in _HAN.finditer(en):
        wrong = f"{match[0]!r} in the English text is Chinese"
        yield Fault(FaultCode.LANGUAGE, "en", *match.span(), f"{wrong}: translate it", wrong)
    masked = mark(en).masked
    yield from _strange_letters("en", masked)
    if en.strip() and en.strip() == zh.strip():
        wrong = "the English text is a copy of the Chinese one"
        yield Fault(FaultCode.LANGUAGE, "en", 0, len(en), f"{wrong}: translate it", wrong)
    elif len(_LATIN.findall(masked)) >= 8 and not _FUNCTION_WORDS.search(masked):
        wrong = "the en text is not English"
        yield Fault(FaultCode.LANGUAGE, "en", 0, len(en), f"{wrong}: write it in English", wrong)


def _strange_letters(lang: Lang, masked: str) -> Iterator[Fault]:
    """Letters of a third script: Cyrillic that looks like Latin, kana, Arabic."""
    at = 0
    while at < len(masked):
        end = at
        while end < len(masked) and _is_strange(masked[end]):
            end += 1
        if end > at:
            found = masked[at:end]
            codes = " ".join(f"U+{ord(c):04X}" for c in found[:3])
            wrong = f"{found!r} ({codes}) is no {_LANGUAGE[lang]} writing"
            yield Fault(FaultCode.LANGUAGE, lang, at, end, wrong, wrong)
        at = end + 1


def _is_strange(char: str) -> bool:
    if char.isascii() or unicodedata.category(char)[0] != "L" or char in _GREEK or _HAN.match(char):
        return False
    return not unicodedata.name(char, "").startswith(("LATIN", "FULLWIDTH LATIN", "SUBSCRIPT", "MODIFIER LETTER"))

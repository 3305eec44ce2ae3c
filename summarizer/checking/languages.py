"""zh is Chinese, en is English, neither is empty, too long, or a copy of the other."""

import re
from collections.abc import Iterator
from typing import Final

from summarizer.checking.faults import Fault, FaultCode, Lang
from summarizer.checking.references import mark

_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々]+")
_LATIN: Final = re.compile(r"[A-Za-z]+")
_STRANGE_EN: Final = re.compile(
    "[^\\W\\d_\u0000-\u024f\u0370-\u03ff\u1e00-\u1eff\u2100-\u214f\u3400-\u4dbf\u4e00-\u9fff]+|[αινορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]+"
)
_STRANGE_ZH: Final = re.compile(
    "[^\\W\\d_A-Za-z\u00c0-\u024f\u0370-\u03ff\u2100-\u214f\uff21-\uff3a\uff41-\uff5a\u3400-\u4dbf\u4e00-\u9fff〇々]+"
)
# Any English sentence of eight words or more has one of these.
_FUNCTION_WORDS: Final = re.compile(
    r"(?i)\b(?:the|of|and|to|in|for|a|an|with|on|by|at|from|as|was|were|is|are|be|been|has|have|had|that|which|its|this"
    r"|or|while|under|through|into|will)\b"
)
_LEAST_HAN: Final = 0.5  # share of Han among the letters of a Chinese text, names of the report left out


def emptiness_faults(lang: Lang, text: str, longest: int) -> Iterator[Fault]:
    """A text without words, or longer than it may be."""
    if not (_HAN if lang == "zh" else _LATIN).search(text):
        what = "Chinese" if lang == "zh" else "English"
        yield Fault(FaultCode.EMPTY, lang, 0, len(text), f"the {lang} text is empty or holds no {what} word")
    if len(text) > longest:
        yield Fault(
            FaultCode.TOO_LONG,
            lang,
            longest,
            len(text),
            f"the {lang} text has {len(text)} characters: write at most {longest}",
        )


def chinese_faults(zh: str, stretch: str) -> Iterator[Fault]:
    """A Chinese text that is not Chinese; Latin words that stand in the report count as names."""
    masked = mark(zh).masked
    for match in _STRANGE_ZH.finditer(masked):
        if match[0].strip("\ue000\ue001"):
            yield Fault(FaultCode.LANGUAGE, "zh", *match.span(), f"{match[0]!r} in the Chinese text is not Chinese")
    han = sum(len(m[0]) for m in _HAN.finditer(masked))
    latin = [m for m in _LATIN.finditer(masked) if m[0] not in stretch]
    letters = sum(len(m[0]) for m in latin)
    if letters and han < _LEAST_HAN * (han + letters):
        first = latin[0]
        yield Fault(
            FaultCode.LANGUAGE, "zh", *first.span(), f"the zh text is not Chinese ({first[0]!r} ...): write it in Chinese"
        )


def english_faults(en: str, zh: str) -> Iterator[Fault]:
    """An English text that holds Chinese or another script, or that is no English."""
    for match in _HAN.finditer(en):
        yield Fault(
            FaultCode.LANGUAGE, "en", *match.span(), f"{match[0]!r} in the English text is Chinese: translate it"
        )
    masked = mark(en).masked
    for match in _STRANGE_EN.finditer(masked):
        if match[0].strip("\ue000\ue001"):
            yield Fault(
                FaultCode.LANGUAGE, "en", *match.span(), f"{match[0]!r} in the English text is no English letter"
            )
    if en.strip() and en.strip() == zh.strip():
        yield Fault(FaultCode.LANGUAGE, "en", 0, len(en), "the English text is a copy of the Chinese one: translate it")
    elif len(_LATIN.findall(masked)) >= 8 and not _FUNCTION_WORDS.search(masked):
        yield Fault(FaultCode.LANGUAGE, "en", 0, len(en), "the en text is not English: write it in English")

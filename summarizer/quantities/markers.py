"""List markers and heading numbers: 一、 (二) 3. 1、 ① 一是 第一，"""

from typing import Final

from summarizer.patterns import pattern
from summarizer.quantities.alphabet import DIGITS, SPACES

# A marker follows one of these, or stands at the start of a line.
_BEFORE: Final = frozenset("。；;：:！？\n\r|>•●■◆★▪“”…")
_BEFORE_WORD: Final = _BEFORE | frozenset("，,、）)》.")
_DIGITS: Final = pattern(r"[0-9０-９]{1,2}(?:、|[﹒·.．](?![0-9０-９]))")
_DIGITS_BRACKET: Final = pattern(r"[0-9０-９]{1,2}[ \u3000]?[)）](?=[^，,。；;、\s])")
_HAN: Final = pattern("[一二三四五六七八九十]{1,3}[、．.](?![一二三四五六七八九十])")
_HAN_LINE: Final = pattern("[一二三四五六七八九十]{1,3}[,，](?=[^\n。，,]{2,40}\n)")  # 七,存在问题及2023年打算
_HAN_BRACKET: Final = pattern("[一二三四五六七八九十]{1,3}[ \u3000]?[)）]")
_HAN_WORD: Final = pattern("[一二三四五六七八九十]{1,2}[ \u3000]{0,2}(?:是(?!否)|要|则(?=[^，,。]))")
_ORDINAL: Final = pattern("第?[一二三四五六七八九十]{1,2}[，,、：:]")


def marker_at(text: str, at: int, start: int, *, han: bool) -> bool:
    """Whether the numeral that starts at `at` is a list marker; `start` is where the text begins."""
    place = at - 1
    while place >= start and text[place] in SPACES and at - place < 12:
        place -= 1
    spaced = place < at - 1
    char = text[place] if place >= start else "\n"
    if char in "(（":
        return bool((_HAN_BRACKET if han else _DIGITS_BRACKET).match(text, at)) and _leads(text, place, start)
    if han:
        if (char in _BEFORE_WORD or spaced) and _HAN_WORD.match(text, at):
            return True
        if char == "其" and _ORDINAL.match(text, at):
            return True
        if char in "\n\r" and _HAN_LINE.match(text, at):
            return True
        return (char in _BEFORE or spaced) and _HAN.match(text, at) is not None
    if char in _BEFORE or spaced:
        if _DIGITS.match(text, at):
            return True
        return char in "\n\r；;。：:" and _DIGITS_BRACKET.match(text, at) is not None
    return False


def inline(text: str, at: int) -> bool:
    """Whether the marker at `at` is one of running text: 一是, 二要."""
    return _HAN_WORD.match(text, at) is not None


def _leads(text: str, bracket: int, start: int) -> bool:
    """Whether a bracket opens a line, sentence or list item: (一)健全, not 项目(一)期."""
    place = bracket - 1
    if place >= start and text[place] in SPACES:
        return True
    return place < start or text[place] in _BEFORE_WORD or text[place] in DIGITS


def ordinal_marker_at(text: str, at: int, start: int) -> bool:
    """第一，加强领导: `at` is the 第."""
    place = at - 1
    while place >= start and text[place] in SPACES and at - place < 12:
        place -= 1
    return (place < start or text[place] in _BEFORE) and _ORDINAL.match(text, at) is not None

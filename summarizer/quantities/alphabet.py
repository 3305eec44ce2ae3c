"""The characters numerals are made of, and the words a mention may start with."""

from typing import Final

from summarizer.patterns import pattern

DIGIT: Final = "[0-9０-９]"
HAN: Final = "〇零一二三四五六七八九十百千万亿两廿卅卌"
SPACE: Final = "[ \u00a0\u3000\u2009\u202f\t]{0,2}"  # 2 次, 138.5 万 元: the typesetter's, never a line break
SPACES: Final = frozenset(" \u00a0\u3000\u2009\u202f\t")
DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
NUMERALS: Final = frozenset(HAN)

# One mention starts at every match: digits, Han numerals, or the words of periods.py and zeros.py.
MENTION: Final = pattern(
    f"[0-9０-９]+|[{HAN}]+|[上下]半年|没有(?=被|一[起件宗例])|(?<=[个件起例宗名人份项次家][也都])没有|[未没无](?:有?发生|有?出现|有?发现|有?接到"
    f"|有?收到|有?产生)?|持平|[保维]持不变"
)

OPENERS: Final = frozenset('，,。；;：:！!？?、\n\r|）)（(“"「【[《》”…—-．.﹒·•●■◆★▪>')
CLOSERS: Final = frozenset('，,。；;：:！!？?、\n\r|）)（(”"」】]》…')
_CLAUSE_ENDS: Final = "，,。；;：:\n、！？"


def words(listed: str) -> frozenset[str]:
    """The words of a list written with spaces between."""
    return frozenset(listed.split())


def clause_start(text: str, low: int, at: int) -> int:
    """First character after the last mark before `at` that ends a clause; `low` bounds the look back."""
    rfind = text.rfind
    return 1 + max(low - 1, *[rfind(mark, low, at) for mark in _CLAUSE_ENDS])


def skip_spaces(text: str, at: int, stop: int) -> int:
    """First place from `at` on that holds no space, two spaces further at most."""
    if at < stop and text[at] in SPACES:
        at += 1
        if at < stop and text[at] in SPACES:
            at += 1
    return at


def before(text: str, at: int, start: int) -> int:
    """Last place before `at` that holds no space (three spaces back at most), or start - 1."""
    at -= 1
    for _ in range(3):
        if at >= start and text[at] in SPACES:
            at -= 1
    return at


def splits_run(text: str, at: int, stop: int) -> bool:
    """Whether a span that ends at `at` would cut a run of digits or of Han numerals in two (20万两千)."""
    if not 0 < at < stop:
        return False
    left, right = text[at - 1], text[at]
    return (left in NUMERALS and right in NUMERALS) or (left in DIGITS and right in DIGITS)

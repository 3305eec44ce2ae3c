"""Small facts about tokens that reading and translating share: what is nominal, light, silent; trimming; joining."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from operator import eq

from summarizer.english import gerund as english_gerund
from summarizer.english import participle
from summarizer.glossary import Token
from summarizer.patterns import pattern

Tokens = tuple[Token, ...]
Cut = Callable[[str], Tokens]  # text to words of settled class

NOMINAL = frozenset({"n", "nu", "np", "q", "e", "?"})
JOINTS = frozenset({"、", "和", "及", "与", "以及", "或", "或者", "/"})
# Verbs that only carry the action noun after them (开展检查).
LIGHT = frozenset("开展 进行 实施 给予 作出 予以 做出 组织开展 采取 落实 加以 接受".split())
# Verbs English leaves out in a label (发生行政诉讼案件).
SILENT = frozenset(
    (
        "发生 有 共有 存在 达 达到 出现 实现 为 属于 产生 涉及 占 计 保有 拥有 现有 力争 争取 确保 保持 预计 计划 保证"
    ).split()
)
# Verbs whose object goes on to do something: 帮助企业完成修复.
CAUSATIVE = frozenset(
    (
        "帮助 组织 指导 推动 引导 支持 督促 邀请 协助 促成 推荐 选派 安排 发动 动员 要求 促进 助力 责令 扶持 鼓励 "
        "倒逼 带动 吸引 提醒"
    ).split()
)
_DANGLING = frozenset("of for with on and or to in by".split())
_QUOTES = pattern('"{2,}')
_SPACED = pattern(r" ([,.;)])")
_HAN = pattern("[\u3400-\u4dbf\u4e00-\u9fff]")


def zh_of(tokens: Iterable[Token]) -> str:
    """The tokens as Chinese text."""
    return "".join([t.zh for t in tokens])


def has_han(text: str) -> bool:
    """Does a text hold a Chinese character?"""
    return not text.isascii() and _HAN.search(text) is not None


def past(token: Token) -> str:
    """Past participle of a verb token: 召开 -> `held`."""
    return token.participle or participle(token.en)


def gerund(token: Token) -> str:
    """Gerund of a verb token: 办理 -> `handling`."""
    # 纳入 is `included in`: a passive has no gerund worth saying.
    return token.participle if token.en.startswith("be ") and token.participle else english_gerund(token.en or "do")


def last_index(tokens: Sequence[Token], zh: str) -> int:
    """Position of the last token written like this, -1 when there is none."""
    return next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].zh == zh), -1)


def trim(tokens: Sequence[Token]) -> Sequence[Token]:
    """Drop particles and conjunctions at both ends, coverbs at the right end."""
    a, b = 0, len(tokens)
    while a < b and (tokens[a].pos in ("x", "c") and tokens[a].zh not in ("（", "(")):
        a += 1
    while b > a and tokens[b - 1].pos in ("x", "c", "p"):
        b -= 1
    return tokens[a:b]


def split_at(tokens: Sequence[Token], marks: Iterable[str]) -> list[Sequence[Token]]:
    """Cut at tokens written like one of the marks; marks at an end do not cut."""
    parts: list[Sequence[Token]] = []
    start = 0
    for i, token in enumerate(tokens):
        if token.zh in marks and start < i < len(tokens) - 1:
            parts.append(tokens[start:i])
            start = i + 1
    parts.append(tokens[start:])
    return parts


def listed(items: Iterable[str], joint: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    kept = [i for i in dict.fromkeys(items) if i]
    if not kept:
        return ""
    return kept[0] if len(kept) == 1 else f"{', '.join(kept[:-1])} {joint} {kept[-1]}"


def joined(*parts: str) -> str:
    """The parts that are not empty with single spaces between them."""
    return " ".join([p for p in parts if p])


def tidy(text: str) -> str:
    """Single spaces, none before punctuation, no word twice in a row, no preposition at the end, no doubled quotes."""
    if not text:
        return ""
    words = text.split()
    lower = text.lower().split()
    if any(map(eq, lower, islice(lower, 1, None))):
        said, words = words, []
        for word in said:
            if not words or word.lower() != words[-1].lower() or not word.isalpha() or len(word) < 2:
                words.append(word)
    while len(words) > 1 and words[-1] in _DANGLING:
        words.pop()
    text = " ".join(words)
    if '""' in text:
        text = _QUOTES.sub('"', text)
    return _SPACED.sub(r"\1", text) if _SPACED.search(text) else text

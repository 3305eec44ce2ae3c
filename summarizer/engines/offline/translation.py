"""Headings and clauses to English, with a measure of how sure the result is.

Whole clauses come from the translation memory where it holds them, stock statements from their patterns; everything
else is composed of verb and noun phrases.
"""

from collections.abc import Mapping, Sequence

from summarizer.engines.offline.statements import (
    LACKS,
    MAY_LACK,
    MAY_PREDICATE,
    MAY_SHAPE,
    OPENS_SHAPE,
    PREDICATES,
    SHAPES,
)
from summarizer.engines.offline.verb_phrases import VerbPhrases
from summarizer.engines.offline.wording import JOINTS, NOMINAL, Tokens, has_han, joined, tidy, trim
from summarizer.english import was_or_were
from summarizer.glossary import Glossary, Token
from summarizer.patterns import pattern

_SURE_LENGTH = 11
_ROUGH_LENGTH = 26
_MOST_OF = 3
# English no reader can make sense of: two prepositions running, a phrase cut off.
_GARBLED = pattern(
    r"\b(?:(?:of|with|on|for|by|as|at|from|to|in|and) (?:of|with|on|for|by|as|and|to)\b|(?:in|of|with|on|by|to) in\b"
    r"|for which|Yi\b|Dan\b|non- |accordance(?! with)|accordance with$|(?:of|with|by|as|and|the|for)$|rule of (?!law))"
    r"|^(?:of|with|and|by|as)\b"
)
_ECHO = pattern(r"\b(\w{4,}) and \1\b")
_LEADS_IN = pattern(
    "^(?:同时|此外|另外|并且|并|而且|而|但是|但|然而|因此|进而|(?:我|本)(?:分局|局|厅|委|办|单位))+(?=..)"
)
_BODIES = ("人员", "干部", "企业", "单位", "部门", "平台", "机构", "问题", "情况")
_MONTHS = "January February March April May June July August September October November December".split()
_DATED = pattern(
    r"^(?:在|于)?(?:(?P<year>\d{4})年)?(?P<month>1[0-2]|[1-9])月(?:份|底|初|\d{1,2}日)?(?=[^\d至到\-—~以起])"
)
_TITLE_OF = pattern(
    r"^(?:(?P<year>\d{4})年度?)?(?P<done>.{4,})的(?P<what>.{0,8}(?:举措|成效|措施|做法|计划|打算|安排|原因))$"
)
_AIMS = ("确保", "力争", "推动", "推进", "促进", "保障", "努力")
_EDGES = " 。；;、　\t，,"
_BREAKS = pattern(r"[，,；;：:]|\s{2,}")
_ADVERBS = {
    "依法": "in accordance with the law",
    "全面": "comprehensively",
    "持续": "continuously",
    "切实": "earnestly",
    "扎实": "solidly",
    "不断": "steadily",
    "进一步": "further",
    "深入": "in depth",
    "坚持": "",
}
_HARD = frozenset(
    (
        "是 被 把 将 使 让 以 而 所 则 因 由 于 之 其 该 且 对 在 从 至 到 向 为 与 按 按照 根据 依照 结合 围绕 针对"
    ).split()
)


class Translator(VerbPhrases):
    """Composes English out of glossary terms."""

    def __init__(self, glossary: Glossary, readings: Mapping[str, str]) -> None:
        super().__init__(glossary, readings)
        # A clause is asked about several times: is it sure, if not, can it be told roughly, what does it say.
        self._clauses: dict[str, str] = {}
        self._statements: dict[str, str] = {}
        self._shapes: dict[str, tuple[str, tuple[str, ...]] | None] = {}

    def heading(self, zh: str) -> str:
        """English of a heading or short clause, no final stop: 加强组织领导，压实责任 -> strengthening ..., ..."""
        zh = zh.strip(" 。；;:：　")
        whole = self.glossary.clause(zh)
        if whole:
            return whole
        out = [self.clause(part) for part in _BREAKS.split(zh) if part.strip()]
        return tidy(", ".join(p for p in out if p))

    def clause(self, zh: str) -> str:
        """English of one clause."""
        told = self._clauses.get(zh)
        if told is None:
            told = self._clauses[zh] = tidy(self._clause(zh.strip(_EDGES)))
        return told

    def _clause(self, zh: str) -> str:
        whole = self.glossary.clause(zh)
        if whole:
            return whole
        for adverb, english in _ADVERBS.items():
            whole = self.glossary.clause(zh.removeprefix(adverb)) if zh.startswith(adverb) else None
            if whole:
                return f"{english} {whole}" if english.endswith("ly") else f"{whole} {english}"
        dated = _DATED.match(zh)
        if dated and dated.end() < len(zh):
            # 2023年3月印发方案: issuing plans in March 2023.
            when = joined("in", _MONTHS[int(dated["month"]) - 1], dated["year"] or "")
            return f"{self._clause(zh[dated.end() :])} {when}"
        return self._statement(zh) or self._title_of(zh) or self.verb_phrase(self.words(zh))

    def _title_of(self, zh: str) -> str:
        """推进法治政府建设的重要举措和成效: measures and results in advancing it."""
        match = _TITLE_OF.match(zh)
        if match is None:
            return ""
        done = self._clause(match["done"])
        if not done.split(" ")[0].endswith("ing"):
            return ""
        when = f" in {match['year']}" if match["year"] else ""
        return f"{self.noun_phrase(self.words(match['what']), True)} in {done}{when}"

    def _statement(self, zh: str) -> str:
        told = self._statements.get(zh)
        if told is None:
            told = self._statements[zh] = self._stated(zh)
        return told

    def _stated(self, zh: str) -> str:
        if MAY_LACK.search(zh):
            for shape, template in LACKS:
                match = shape.match(zh)
                parts = [self._nominal(part, True) for part in match.groups() if part] if match else []
                if parts and all(parts):
                    return template.format(*parts)
        subject, english = _predicate(zh)
        return f"{self._nominal(subject)} {english}" if english else self._shape(zh)

    def _shape(self, zh: str, sure: bool = False) -> str:
        """A clause of a settled shape (为…提供…); `sure` asks for plain parts."""
        if zh not in self._shapes:
            self._shapes[zh] = _shaped(zh)
        shape = self._shapes[zh]
        if shape is None:
            return ""
        template, groups = shape
        if sure and not all(_is_plain_subject(trim(self.words(part))) for part in groups):
            return ""
        parts = [self.noun_phrase(self.words(part), True) for part in groups]
        return template.format(*parts, be=was_or_were(parts[0])) if all(parts) else ""

    def _nominal(self, zh: str, many: bool = False) -> str:
        words = self.words(zh)
        if many and words and words[-1].zh.endswith(_BODIES) and not any(t.pos == "v" for t in words):
            return self.noun_phrase(words, True)
        return self.verb_phrase(words)

    def sure_heading(self, zh: str) -> str:
        """English of a heading the translation memory holds whole, "" for any other."""
        return self.glossary.clause(zh.strip(_EDGES)) or ""

    def is_sure_heading(self, zh: str) -> bool:
        """Is a heading held whole by the translation memory, or every clause of it simple enough to be relied on?"""
        return bool(self.sure_heading(zh)) or all(self.sure_clause(p) for p in _BREAKS.split(zh) if p.strip())

    def sure_clause(self, zh: str) -> str:
        """English of a clause simple enough to be composed reliably, "" for any other.

        Sure are clauses of the translation memory and short ones of known words with one verb and no embedded clause.
        """
        zh = _LEADS_IN.sub("", zh.strip(_EDGES))
        whole = self.glossary.clause(zh)
        if whole:
            return whole
        subject, english = _predicate(zh)
        if english:
            return self.clause(zh) if _is_plain_subject(trim(self.words(subject))) else ""
        text = tidy(self._shape(zh, sure=True))
        if not text:
            if not _is_plain(self.words(zh)):
                return ""
            text = self.clause(zh)
        return "" if is_garbled(text) else text

    def rough_clause(self, zh: str) -> str:
        """English of a clause of known words however it comes out, "" when a word is unknown or it runs long."""
        zh = _LEADS_IN.sub("", zh.strip(_EDGES))
        text = tidy(self._shape(zh) or self._statement(zh))
        if text and not is_garbled(text):
            return text
        tokens = self.words(zh)
        if len(tokens) > _ROUGH_LENGTH or any(t.pos == "?" for t in tokens):
            return ""
        text = self.clause(zh)
        return "" if is_garbled(text) else text


def is_garbled(text: str) -> bool:
    """Would a reader make no sense of this English?"""
    return (
        has_han(text)
        or text.count(" of ") > _MOST_OF
        or _GARBLED.search(text) is not None
        or (" and " in text and _ECHO.search(text) is not None)
    )


def _shaped(zh: str) -> tuple[str, tuple[str, ...]] | None:
    """The English of the first settled shape that a clause has, and what fills it; None when it has none."""
    if zh[:1] in OPENS_SHAPE or MAY_SHAPE.search(zh):
        for shape, template in SHAPES:
            match = shape.match(zh)
            if match:
                return template, match.groups()
    return None


def _predicate(zh: str) -> tuple[str, str]:
    """What a clause says of its subject: 能力|有待提升 -> (能力, needs to be improved); ("", "") for any other."""
    if MAY_PREDICATE.search(zh):
        for shape, english in PREDICATES:
            match = shape.search(zh)
            # 确保工作稳步推进 is an aim, nothing that was seen to happen.
            aim = zh.startswith(_AIMS) and english.startswith(("made", "continued"))
            if match and match.start() > 0 and not aim:
                return zh[: match.start()], english
    return "", ""


def _is_plain_subject(tokens: Sequence[Token]) -> bool:
    return len(tokens) <= 6 and not any(t.pos in ("?", "v", "t", "d", "p") or t.zh in _HARD for t in tokens)


def _is_plain(tokens: Tokens) -> bool:
    """Short, all words known, one verb that leads, at most one 的."""
    if not 2 <= len(tokens) <= _SURE_LENGTH:
        return False
    verbs = sum(t.pos == "v" for t in tokens)
    if verbs > 1 or (verbs and tokens[0].pos not in ("v", "d", "vn")):
        return False
    listed = any(t.zh in JOINTS for t in tokens)
    inside = sum(t.pos == "vn" and tokens[i + 1].pos in (*NOMINAL, "a") for i, t in enumerate(tokens[:-1]) if i)
    if listed and inside > 1:  # 严惩污染环境、破坏生态的行为: which verb governs what, only sense tells
        return False
    if sum(t.zh == "的" for t in tokens) > 1 or any(t.pos in ("?", "t") or t.zh in _HARD for t in tokens):
        return False
    return not any(len(t.zh) == 1 and t.pos in ("v", "n", "a") for t in tokens)

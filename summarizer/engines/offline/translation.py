"""Chinese noun phrases, verb phrases and clauses to English, composed from the glossary.

What the glossary does not hold is kept as `[中文]`, a visible mark; a name before a place word is spelled in Pinyin
(濑溪河 -> Laixi River).
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from summarizer.english import gerund, participle, plural
from summarizer.glossary import Glossary, Token

_PLACE = {
    "省": "Province", "市": "City", "区": "District", "县": "County", "旗": "Banner", "州": "Prefecture", "镇": "Town",
    "乡": "Township", "村": "Village", "街道": "Subdistrict", "社区": "Community", "新区": "New Area", "河": "River",
    "江": "River", "湖": "Lake", "水库": "Reservoir", "山": "Mountain", "路": "Road", "桥": "Bridge", "港": "Port",
    "园区": "Park", "开发区": "Development Zone", "高新区": "High-tech Zone", "流域": "River basin", "大道": "Avenue",
    "片区": "Area", "站": "Station", "机场": "Airport", "湾": "Bay", "岛": "Island", "大桥": "Bridge", "大学": "University",
}  # fmt: skip
_OF_HEADS = re.compile(r"(?:率|比例|比重|占比|指数|浓度|面积|能力|总量|规模|里程|覆盖面|均值|总额|总值|增加值|产量|长度|时间|时限|满意度|成本|余额)$")
_NOMINAL = ("n", "nu", "np", "q", "e", "?")
_MAKES = frozenset("推动 促进 引导 鼓励 推进 助推 督促 保障 确保".split())
_EMPTY_HEADS = frozenset("情况 工作 方面 事宜 问题情况".split())
_LIGHT = frozenset("开展 进行 实施 给予 作出 予以 做出 组织开展 采取 落实 加以 接受".split())
_DROPPED_VERBS = frozenset("发生 有 共有 存在 达 达到 出现 实现 为 属于 产生 涉及 占 计 保有 拥有 现有".split())


class Translator:
    """Composes English out of glossary terms; `readings` spell names the glossary lacks."""

    def __init__(self, glossary: Glossary, readings: Mapping[str, str]) -> None:
        self._glossary = glossary
        self._readings = readings

    # -- noun phrases ------------------------------------------------------------------------------------------

    def noun_phrase(self, tokens: Sequence[Token], many: bool = False) -> str:
        """English of a noun phrase; `many` puts its head into the plural.

        行政处罚案件 -> administrative penalty cases; A的B -> B of A; 完成整改的企业 -> enterprises completing rectification.
        """
        tokens = _trim(tokens)
        if not tokens:
            return ""
        at = _last_index(tokens, "的")
        if 0 < at < len(tokens) - 1:
            return self._modified(tokens[:at], tokens[at + 1 :], many)
        parts = _coordinates(tokens)
        if len(parts) > 1:
            return listed(self.noun_phrase(p, many) for p in parts)
        return self._compound(tokens, many)

    def _modified(self, left: Sequence[Token], right: Sequence[Token], many: bool) -> str:
        head = self.noun_phrase(right, many)
        left = _trim(left)
        over = _last_index(left, "对")
        if over > 0 and not self.has_verb(left):
            # 党对法治政府建设的领导: leadership of the Party over it.
            return f"{head} of {self.noun_phrase(left[:over])} over {self.noun_phrase(left[over + 1 :])}"
        verb_at = next((i for i, t in enumerate(left) if t.pos == "v"), -1)
        if verb_at < 0:
            last = left[-1]
            if last.pos == "a" and len(left) == 1:
                return f"{self.noun_phrase(left)} {head}"
            if last.pos == "vn" and len(left) <= 2:
                before = self.noun_phrase(left[:-1])
                return f"{head} {_participle(last)}" + (f" by {before}" if before else "")
            return f"{head} of {self.noun_phrase(left)}"
        subject, verb, rest = left[:verb_at], left[verb_at], left[verb_at + 1 :]
        rest = _trim(rest)
        who = self.noun_phrase(_without_coverbs(subject))
        if rest:
            return f"{head} {gerund(self._verb(verb))} {self.noun_phrase(rest, True)}" if not who else (
                f"{head} {gerund(self._verb(verb))} {self.noun_phrase(rest, True)} ({who})"
            )
        return f"{head} {_participle(verb)}" + (f" by {who}" if who else "")

    def _compound(self, tokens: Sequence[Token], many: bool) -> str:
        scope = [t.en for t in tokens if t.pos == "s"]
        rest = [t for t in tokens if t.pos != "s"]
        if not rest:
            return " ".join(scope)
        head = rest[-1]
        if len(rest) > 2 and _OF_HEADS.search(head.zh) and head.pos in ("n", "nu", "vn"):
            core = f"{self._word(head, many)} of {self._words(rest[:-1], True)}"
        else:
            core = self._words(rest, many)
        return " ".join([core, *scope])

    def _words(self, tokens: Sequence[Token], many: bool) -> str:
        out: list[str] = []
        after: list[str] = []
        i = 0
        while i < len(tokens):
            token = tokens[i]
            nxt = tokens[i + 1] if i + 1 < len(tokens) else None
            if token.pos == "?":
                if nxt and nxt.zh in _PLACE:
                    out.append(f"{self.spell(token.zh)} {_PLACE[nxt.zh]}")
                    i += 2
                    continue
                out.append(self._unknown(token, nxt))
            elif token.pos == "e" and nxt and nxt.zh in ("年", "年度") and token.zh.isdigit():
                after.append(f"in {token.zh}")
                i += 2
                continue
            elif token.pos == "d" and " " in token.en:
                after.append(token.en)
            elif token.zh in _EMPTY_HEADS and out and nxt is None:
                pass
            else:
                word = self._word(token, many and i == len(tokens) - 1)
                if word:
                    out.append(word)
            i += 1
        return _tidy(" ".join([*out, *after]))

    def _word(self, token: Token, many: bool = False) -> str:
        if token.pos == "q":
            return self._quoted(token.zh)
        if token.pos == "vn":
            return plural(token.noun) if many and not token.noun.endswith("ing") else token.noun
        if token.pos == "v":
            return gerund(token.en)
        if token.pos == "n" and many:
            return token.plural or plural(token.en)
        return token.en

    def _quoted(self, zh: str) -> str:
        inner = zh[1:-1]
        known = self._glossary.get(zh) or self._glossary.get(inner)
        if known:
            text = known.noun or known.en
        else:
            tokens = self._glossary.segment(inner)
            unknown = sum(len(t.zh) for t in tokens if t.pos == "?")
            # A coined name is spelled, not guessed at: “环保e企管” -> "Huanbao e Qiguan".
            text = self.spell(inner) if unknown * 3 > len(inner) else self.heading(inner)
        return f'"{text[:1].upper()}{text[1:]}"' if text else ""

    def _unknown(self, token: Token, following: Token | None) -> str:
        # A name stands before the noun it names (兰山|分局); an unknown head says what is counted and must be marked.
        if following is not None and following.pos in ("n", "nu", "np") and 2 <= len(token.zh) <= 4:
            return self.spell(token.zh)
        return f"[{token.zh}]"

    def spell(self, zh: str) -> str:
        """Hanyu Pinyin without tones, one capital per run of characters; Latin letters and digits stay."""
        out, run = [], ""
        for char in zh:
            reading = self._readings.get(char)
            if reading is None:
                out += [run.capitalize(), char] if run else [char]
                run = ""
            else:
                # 西安 is Xi'an: a syllable that begins with a vowel is set off.
                run += ("'" if run and reading[0] in "aeo" else "") + reading
        return _tidy(" ".join(p for p in [*out, run.capitalize()] if p.strip()))

    # -- verb phrases and clauses --------------------------------------------------------------------------------

    def _verb(self, token: Token) -> str:
        return token.en or "do"

    def verb_phrase(self, tokens: Sequence[Token], form: str = "gerund") -> str:
        """English of a verb phrase, its first verb as gerund or base form: 完成环境信用修复 -> completing ... restoration."""
        tokens = _trim(tokens)
        parts = _phrases(tokens)
        return " and ".join(p for p in (self._one_verb_phrase(part, form) for part in parts) if p)

    def _one_verb_phrase(self, tokens: Sequence[Token], form: str) -> str:
        at = next((i for i, t in enumerate(tokens) if t.pos in ("v", "vn")), -1)
        if at < 0:
            return self.noun_phrase(tokens)
        if tokens[at].pos == "vn" and (at + 1 == len(tokens) or tokens[at - 1].pos in ("n", "nu", "a", "np")) and at > 0:
            return self.noun_phrase(tokens)
        last = _last_index(tokens, "的")
        if 0 <= at < last and tokens[at].pos == "vn" and at == 0 and last < len(tokens) - 1 and last <= 2:
            return self.noun_phrase(tokens)
        before = tokens[:at]
        verbs = [tokens[at]]
        rest = _trim(tokens[at + 1 :])
        while len(rest) > 1 and rest[0].pos in ("v", "vn") and rest[1].pos in (*_NOMINAL, "v", "a") and (
            rest[0].pos == "v" or len(rest) == 2
        ):
            verbs.append(rest[0])
            rest = _trim(rest[1:])
        words = [gerund(self._verb(v)) if form == "gerund" else self._verb(v) for v in verbs]
        if len(verbs) > 1 and verbs[0].zh in _MAKES:
            told = f"{words[0]} efforts to {' and '.join(self._verb(v) for v in verbs[1:])}"
        else:
            told = listed(words)
        adverbs = [t.en for t in before if t.pos == "d" and t.en]
        lead = self.coverb_phrase([t for t in before if t.pos != "d"])
        first = [a for a in adverbs if a.endswith("ly") or a in ("not", "further")]
        after = [a for a in adverbs if a not in first]
        # 加强审批: an action noun has no plural here.
        object_ = self.noun_phrase(rest, bool(rest) and rest[-1].pos == "n")
        return _tidy(" ".join([*first, told, object_, *after, lead]))

    def coverb_phrase(self, tokens: Sequence[Token]) -> str:
        """通过平台 -> through platforms; 会同公安机关 -> jointly with public security organs; other words as a noun phrase."""
        tokens = _trim(tokens)
        if not tokens:
            return ""
        if tokens[0].pos == "p":
            inner = self.noun_phrase(tokens[1:], False)
            return f"{tokens[0].en} {inner}".strip() if inner else ""
        if tokens[0].pos in ("v", "vn") and len(tokens) > 1:
            return self.verb_phrase(tokens)
        who = self.noun_phrase(tokens)
        return f"by {who}" if who else ""

    def heading(self, zh: str) -> str:
        """English of a heading or short clause, no final stop: 加强组织领导，压实责任 -> strengthening ..., ..."""
        zh = zh.strip(" 。；;:：　")
        whole = self._glossary.clause(zh)
        if whole:
            return whole
        out = [self.clause(part) for part in re.split(r"[，,；;：:]|\s{2,}", zh) if part.strip()]
        return _tidy(", ".join(p for p in out if p))

    def clause(self, zh: str) -> str:
        """English of one clause, from the translation memory when it holds it, else composed."""
        zh = zh.strip(" 。；;、　\t")
        whole = self._glossary.clause(zh)
        if whole:
            return whole
        for pattern, template in _STATEMENTS:
            match = pattern.match(zh)
            if match:
                parts = [self.verb_phrase(self._glossary.segment(part)) for part in match.groups() if part]
                if all(parts):
                    return template.format(*parts)
        for pattern, english in _PREDICATES:
            match = pattern.search(zh)
            if match and match.start() > 0:
                subject = self.noun_phrase(self._glossary.segment(zh[: match.start()]))
                return f"{subject} {english}"
        return self.verb_phrase(self._glossary.segment(zh))

    def sure_clause(self, zh: str) -> str:
        """English of a clause simple enough to be composed reliably, "" for any other.

        Sure are clauses of the translation memory and short ones of known words with one verb and no embedded clause.
        """
        zh = zh.strip(" 。；;、　\t，,")
        if self._glossary.clause(zh):
            return self.clause(zh)
        for pattern, _ in _PREDICATES:
            match = pattern.search(zh)
            if match and match.start() > 0:
                subject = self._glossary.segment(zh[: match.start()])
                if len(subject) > 6 or any(t.pos in ("?", "v", "t", "d", "p") or t.zh in _HARD for t in subject):
                    return ""
                return self.clause(zh)
        tokens = self._glossary.segment(zh)
        verbs = sum(t.pos == "v" for t in tokens)
        if (
            not 2 <= len(tokens) <= _SURE_LENGTH
            or any(t.pos in ("?", "t") or t.zh in _HARD for t in tokens)
            or verbs > 1
            or not (tokens[0].pos in ("v", "d", "vn") or verbs == 0)
            or sum(t.zh == "的" for t in tokens) > 1
            or any(len(t.zh) == 1 and t.pos in ("v", "n", "a") for t in tokens)
        ):
            return ""
        text = self.clause(zh)
        return "" if _HAN.search(text) else text

    def rough_clause(self, zh: str) -> str:
        """English of a clause of known words however it comes out, "" when a word is unknown or it runs long."""
        zh = zh.strip(" 。；;、　\t，,")
        tokens = self._glossary.segment(zh)
        if len(tokens) > _ROUGH_LENGTH or any(t.pos == "?" for t in tokens):
            return ""
        text = self.clause(zh)
        return "" if _HAN.search(text) else text

    def has_verb(self, tokens: Iterable[Token]) -> bool:
        """Whether any of the tokens is a verb."""
        return any(t.pos == "v" for t in tokens)


_HAN = re.compile("[\u3400-\u9fff]")
_SURE_LENGTH = 9
_ROUGH_LENGTH = 18
_HARD = frozenset("被 把 将 使 让 以 而 所 则 因 由 于 之 其 该 且 对 在 从 至 到 向 为 与 按 按照 根据 依照 结合 围绕 针对".split())

# Whole statements of what is lacking, as the problem sections of such reports put it.
_STATEMENTS = tuple(
    (re.compile(p), e)
    for p, e in (
        (r"^对(.+?)的?(学习|认识|理解|掌握|研究|把握|重视|运用)(?:还|仍)?(?:不够|不足|不)(?:深入|全面|到位|透彻|系统|深|够)?(?:和全面|、全面)?$", "{1} of {0} is not yet thorough enough"),
        (r"^在?(.+?)(?:等)?(?:方面|上)(?:还|仍|仍然|尚)?(?:存在|有)?(?:一定|一些|较大)?的?(?:不足|欠缺|短板|差距|问题|薄弱环节|弱项)$", "there are still shortcomings in {0}"),
        (r"^(.+?)(?:距离|离|与|同|和|对标|较)(.+?)(?:相比)?(?:还|仍|仍然|尚)?(?:有|存在)(?:一定|较大|一些|不小)?的?(?:差距|不足)$", "{0} still falls short of {1}"),
        (r"^(.+?)(?:还|仍|尚)?(?:不能|不)(?:完全|很好)?(?:满足|适应)(.+?)的?(?:要求|需要|需求)?$", "{0} does not yet meet the requirements of {1}"),
        (r"^(.+?)(?:还|仍|仍然|尚)?不够(?:大|强|高|深|深入|到位|全面|完善|健全|规范|充分|紧密|顺畅|均衡|丰富|有力|明显|理想|足)$", "{0} is not yet sufficient"),
        (r"^(.+?)缺乏(.+)$", "{0} lacks {1}"),
    )
)  # fmt: skip

_PREDICATES = tuple(
    (re.compile(p), e)
    for p, e in (
        (r"(?:仍|还|尚)?(?:有待|需要?|亟待|亟需|待)(?:进一步|不断|持续|继续)?(?:提高|提升)$", "needs to be improved"),
        (r"(?:仍|还|尚)?(?:有待|需要?|亟待|亟需|待)(?:进一步|不断|持续|继续)?(?:加强|强化|增强|加大)$", "needs to be strengthened"),
        (r"(?:仍|还|尚)?(?:有待|需要?|亟待|亟需|待)(?:进一步|不断|持续|继续)?(?:完善|健全|优化|改进|规范|丰富|深化|创新|拓展|拓宽)$", "needs further improvement"),
        (r"(?:还|仍|仍然|尚)?(?:不够|不足|不强|薄弱|较弱|偏弱|欠缺|不到位|不完善|不健全|存在不足|有欠缺|相对薄弱|不高)$", "is still inadequate"),
        (r"(?:还|仍|仍然)?(?:比较|较为|过于|较|有些)?单一$", "is rather limited in form"),
        (r"(?:还|仍|仍然)?(?:有|存在)(?:一定|较大|不小)?(?:的)?差距$", "still falls short of what is required"),
        (r"(?:还|仍|仍然)?(?:不|未)(?:够)?(?:理想|明显|显著)$", "is still unsatisfactory"),
        (r"(?:稳步|有序|扎实|顺利)推进$", "made steady progress"),
        (r"(?:不断|持续|进一步|明显|显著|稳步)(?:提升|提高|增强|改善|加大|优化|完善|健全|深化)$", "continued to improve"),
    )
)  # fmt: skip


def listed(items: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    kept = [i for i in items if i]
    return kept[0] if len(kept) == 1 else f"{', '.join(kept[:-1])} and {kept[-1]}" if kept else ""


def light(token: Token) -> bool:
    """A verb that only carries the action noun after it (开展检查)."""
    return token.zh in _LIGHT


def silent(token: Token) -> bool:
    """A verb English leaves out in a label (发生行政诉讼案件)."""
    return token.zh in _DROPPED_VERBS


def _participle(token: Token) -> str:
    return token.participle or participle(token.en)


def past(token: Token) -> str:
    """Past participle of a verb token."""
    return _participle(token)


def _trim(tokens: Sequence[Token]) -> Sequence[Token]:
    a, b = 0, len(tokens)
    while a < b and tokens[a].pos in ("x", "c") and tokens[a].zh not in ("（", "("):
        a += 1
    while b > a and tokens[b - 1].pos in ("x", "c", "p"):
        b -= 1
    return tokens[a:b]


def _without_coverbs(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in tokens if t.pos not in ("p", "d", "x", "t")]


def _last_index(tokens: Sequence[Token], zh: str) -> int:
    return next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].zh == zh), -1)


def _coordinates(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    parts: list[Sequence[Token]] = []
    start = 0
    for i, token in enumerate(tokens):
        if token.zh in ("、", "和", "及", "与", "以及", "或", "/") and start < i < len(tokens) - 1:
            parts.append(tokens[start:i])
            start = i + 1
    parts.append(tokens[start:])
    return parts


def _phrases(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """Cut at a conjunction or 、 that is followed by another verb: 完成整治并|通过验收."""
    parts: list[Sequence[Token]] = []
    start = 0
    for i, token in enumerate(tokens):
        joins = token.pos == "c" or token.zh == "、"
        if joins and start < i < len(tokens) - 1 and tokens[i + 1].pos in ("v", "d"):
            parts.append(_trim(tokens[start:i]))
            start = i + 1
    parts.append(_trim(tokens[start:]))
    return [p for p in parts if p]


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.;)])", r"\1", text)
    return re.sub(r"\bof of\b", "of", text)

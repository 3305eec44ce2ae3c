"""Chinese noun phrases to English, composed from the glossary.

Chinese stacks modifiers before the head; English bears three or four words before it and puts the rest behind a
preposition: 川渝跨界流域水环境联合执法检查 -> joint law enforcement inspections of the water environment of ...
What the glossary does not hold is kept as `[中文]`, a visible mark; a name before the noun it names is spelled in
Pinyin (濑溪河 -> Laixi River).
"""

import re
from collections.abc import Mapping, Sequence

from summarizer.engines.offline import titles
from summarizer.engines.offline.phrase_parts import (
    PREPOSITION,
    has_verb,
    joint,
    modifiers_first,
    noun_of,
    preposition,
    verb_at,
    with_joint_modifiers,
)
from summarizer.engines.offline.word_classes import Words
from summarizer.engines.offline.wording import (
    JOINTS,
    NOMINAL,
    Tokens,
    gerund,
    joined,
    last_index,
    listed,
    past,
    split_at,
    trim,
)
from summarizer.english import plural
from summarizer.glossary import Glossary, Token
from summarizer.patterns import pattern

_MEASURES = frozenset(
    "个 家 件 项 名 次 户 起 宗 份 类 级 式 型 性 化 型的 等 岁 位 处 条 所 座 台 套 场 期 款 版 端 侧".split()
)
_DIGITS = frozenset("一二两三四五六七八九十")
_EMPTY_HEADS = frozenset("情况 工作 方面 事宜 问题情况 环节 过程".split())
_OF = pattern(r" of(?= )")
_DAYS = pattern("(?:number|proportion|share) of days")
_NUMBERS = frozenset("数 数量 人数 户数 件数 家数".split())
_TOTALS = frozenset("总量 总数 总额".split())
# Nouns with an adjective of their own before another noun.
_AS_MODIFIER = {
    "环境": "environmental", "生态环境": "eco-environmental", "城市": "urban", "国家": "national",
    "工业": "industrial", "经济": "economic", "文化": "cultural", "农业": "agricultural", "财政": "fiscal",
    "法律": "legal", "法治": "rule-of-law", "产业": "industrial", "科学": "scientific", "社会": "social",
    "农村": "rural", "医学": "medical", "职业": "vocational", "海洋": "marine", "群众": "public",
    "公众": "public", "技术": "technical", "人民": "people's", "党": "Party",
}  # fmt: skip
_INVOLVING = frozenset("涉 涉及 涉嫌".split())
_OF_HEADS = pattern(
    r"(?:率|比例|比重|占比|指数|浓度|面积|能力|总量|规模|里程|覆盖面|均值|总额|总值|增加值|产量|长度|时间|时限|满意度|成本|余额|力度|水平|意识|作用|质量|效能|效率)$"
)
_MIXED = pattern("[\u4e00-\u9fff][a-z]|[a-z][\u4e00-\u9fff]")  # 环保e企管
_ENVIRONMENT = frozenset(("环境", "生态环境"))
_NAMED_SO = tuple("省市区县旗州镇乡村河湖江山路港岛湾桥园站")
_CAMPAIGNS = ("监督", "检查", "整治", "执法", "督察", "演练", "巡查", "排查")
_STATE = "中华人民共和国"
_CHANNELS = ("平台", "热线", "渠道", "信箱")
_WIDE = 4
_NARROW = 3

_PLACED_APART = frozenset("stad")  # a compound without these keeps its order
_DIVIDING = frozenset((*JOINTS, "的", "等"))  # a phrase without these is one compound


class NounPhrases:
    """Composes noun phrases; `readings` spell names the glossary lacks."""

    def __init__(self, glossary: Glossary, readings: Mapping[str, str]) -> None:
        self.glossary = glossary
        self._readings = readings
        self.words = Words(glossary, self.spell).cut
        self._phrases: dict[tuple[Tokens, bool], str] = {}
        self._verb_phrases: dict[tuple[Tokens, str], str] = {}
        # Labels by the id of their frame, with the frame.
        self.labels: dict[int, tuple[object, str]] = {}

    def noun_phrase(self, tokens: Sequence[Token], many: bool = False) -> str:
        """English of a noun phrase; `many` puts its head into the plural.

        行政处罚案件 -> administrative penalty cases; A的B -> B of A; 完成整改的企业 -> enterprises completing
        rectification.
        """
        if not tokens:
            return ""
        key = (tuple(trim(tokens)), many)
        told = self._phrases.get(key)
        if told is None:
            told = self._phrases[key] = self._noun_phrase(*key)
        return told

    def _noun_phrase(self, tokens: Sequence[Token], many: bool) -> str:
        if not tokens:
            return ""
        if _DIVIDING.isdisjoint([t.zh for t in tokens]):
            return self._compound(tokens, many)
        at = last_index(tokens, "的")
        if 0 < at < len(tokens) - 1:
            return self._modified(tokens[:at], tokens[at + 1 :], many)
        if at == len(tokens) - 1:
            return self.noun_phrase(tokens[:-1], many)
        tokens = with_joint_modifiers(tokens)
        others = next((i for i, t in enumerate(tokens) if t.zh == "等" and 0 < i < len(tokens) - 1), 0)
        if others and any(t.zh in JOINTS for t in tokens[:others]):
            # A、B等平台: A, B and other platforms.
            examples = ", ".join(filter(None, (self.noun_phrase(p, many) for p in split_at(tokens[:others], JOINTS))))
            return f"{examples} and other {self.noun_phrase(tokens[others + 1 :], many)}"
        if others and all(t.pos == "q" or t.zh in JOINTS for t in tokens[:others]):
            # “雷霆”“绿剑”等专项行动: special campaigns such as "Thunder" and "Green Sword".
            names = listed(self.quoted(t.zh) for t in tokens[:others] if t.pos == "q")
            return f"{self.noun_phrase(tokens[others + 1 :], True)} such as {names}"
        parts = split_at(tokens, JOINTS)
        if len(parts) > 1 and (told := self._from_channels(parts)):
            return told
        if len(parts) > 1:
            last = "or" if any(t.zh in ("或", "或者") for t in tokens) else "and"
            return listed((self.noun_phrase(p, many) for p in parts), last)
        return self._compound(tokens, many)

    def _from_channels(self, parts: Sequence[Sequence[Token]]) -> str:
        """A平台、B热线信访: petitions from A and B, of which only the last noun is counted."""
        last = parts[-1]
        if len(last) < 2 or last[-1].zh.endswith(_CHANNELS) or not last[-2].zh.endswith(_CHANNELS):
            return ""
        if not all(part and part[-1].zh.endswith(_CHANNELS) for part in parts[:-1]):
            return ""
        channels = listed(self.noun_phrase(part) for part in (*parts[:-1], last[:-1]))
        return f"{self.noun_phrase(last[-1:], True)} from {channels}"

    # -- 的 --------------------------------------------------------------------------------------------------------

    def _modified(self, left: Sequence[Token], right: Sequence[Token], many: bool) -> str:
        """A的B, each 的 phrase its own modifier, the nearest first."""
        told = self.noun_phrase(right, many)
        for part in reversed(split_at(left, ("的",))):
            told = self._with_modifier(trim(part), told)
        return told

    def _with_modifier(self, left: Sequence[Token], head: str) -> str:
        if not left or not head:
            return head
        over = last_index(left, "对")
        if over > 0 and not has_verb(left):
            # 党对法治政府建设的领导: leadership of the Party over it.
            return f"{head} of {self.noun_phrase(left[:over])} over {self.noun_phrase(left[over + 1 :])}"
        if all(t.pos in ("a", "d", "s", "c", "x") or t.zh == "、" for t in left):
            return f"{self.noun_phrase(left) or ' and '.join(t.en for t in left if t.en and t.pos in 'ad')} {head}"
        if left[0].zh == "被":
            done = [past(t) for t in left if t.pos in ("v", "vn")]
            return f"{head} {listed(done, 'or' if any(t.zh in ('或', '或者') for t in left) else 'and')}"
        at = verb_at(left)
        if left[0].pos == "p" and at < 0:
            return f"{head} {self.coverb_phrase(left)}"
        if at == 0 and any(t.pos == "c" for t in left):
            return f"{head} {self.verb_phrase(left)}"
        if at < 0:
            return f"{head} of {self.noun_phrase(left, True)}"
        return f"{head} {self._relative(left[:at], left[at], trim(left[at + 1 :]))}"

    def _relative(self, before: Sequence[Token], verb: Token, rest: Sequence[Token]) -> str:
        """群众反映的 -> reported by the public; 完成整改的 -> completing rectification; 以区政府名义印发的 -> issued in
        the name of the district government.
        """
        negated = "not" if any(t.zh in ("未", "不", "没有", "不予") for t in before) else ""
        manner = [t.en for t in before if t.pos == "d" and t.en and t.en != "not" and t.en != "-"]
        coverb = next((i for i, t in enumerate(before) if t.pos == "p"), -1)
        where = self.coverb_phrase(before[coverb:]) if coverb >= 0 else ""
        subject = before[:coverb] if coverb >= 0 else before
        who = self.noun_phrase([t for t in subject if t.pos not in ("d", "x", "t", "p")])
        if not rest:
            return joined(negated, past(verb), f"by {who}" if who else "", *manner, where)
        told = self.noun_phrase(rest, True)
        if who:
            be = "were" if rest[-1].pos == "n" else "was"
            return joined("for which", told, be, negated, past(verb), "by", who, where)
        form = past(verb) if verb.en.startswith("be ") else gerund(verb)
        return joined(negated, form, told, *manner, where)

    def coverb_phrase(self, tokens: Sequence[Token]) -> str:
        """通过平台 -> through platforms; 会同公安机关 -> jointly with public security organs; 以…名义."""
        tokens = trim(tokens)
        if not tokens or tokens[0].pos != "p":
            return ""
        inside = tokens[1:]
        if tokens[0].zh == "以" and inside and inside[-1].zh == "名义":
            return f"in the name of {self.noun_phrase(inside[:-1])}"
        told = self.noun_phrase(inside, True)
        return f"{tokens[0].en} {told}".strip() if told else ""

    # -- compounds ---------------------------------------------------------------------------------------------------

    def _compound(self, tokens: Sequence[Token], many: bool) -> str:
        if len(tokens) > 2 and tokens[0].pos == "q" and (tokens[-1].pos == "vn" or tokens[-1].zh.endswith(_CAMPAIGNS)):
            # “绿盾2019”自然保护地强化监督: the name is that of the campaign, not of what it is about.
            return joined(self.quoted(tokens[0].zh), self._compound(tokens[1:], many))
        if _PLACED_APART.isdisjoint([t.pos for t in tokens]):
            rest = self._merged(tokens)
            return self._stack(rest, many) if rest else ""
        scope = [t.en for t in tokens if t.pos == "s" and t.en]
        # 群众反映 (reported by the public) follows its noun.
        after = [
            t for t in tokens if (t.pos == "a" and " by " in t.en) or (t.pos == "d" and " " in t.en) or t.pos == "t"
        ]
        rest = modifiers_first(self._merged([t for t in tokens if t.pos != "s" and t not in after]))
        told = self._stack(rest, many) if rest else ""
        return joined(told, *(t.en for t in after), *dict.fromkeys(scope))

    def _merged(self, tokens: Sequence[Token]) -> list[Token]:
        """Unknown names spelled, measure words, particles and empty heads left out."""
        out: list[Token] = []
        for i, token in enumerate(tokens):
            following = tokens[i + 1] if i + 1 < len(tokens) else None
            if token.pos == "?" and token.zh in _DIGITS and following is not None and following.zh in _MEASURES:
                continue  # 五|类|案件: how many kinds is none of the label's business
            if token.pos == "e" and out and f"({token.zh})" in out[-1].en:
                continue  # 细颗粒物（PM2.5）, whose English says it
            if (token.zh in _MEASURES and out and (following is not None or token.pos == "?")) or (
                token.pos in ("x", "t", "c") and not token.en
            ):
                continue
            if token.pos == "?" and following is not None:
                out.append(self._named(token, following))
            elif token.zh in _EMPTY_HEADS and out and following is None:
                continue
            else:
                out.append(token)
        return out

    def _named(self, token: Token, following: Token) -> Token:
        # A name stands before the noun it names (兰山|分局); an unknown head says what is counted and must be marked,
        # and a single character is a name only before what has one (洪|河).
        if len(token.zh) == 1 and not following.zh.endswith(_NAMED_SO):
            return token
        if following.pos in (*NOMINAL, "vn", "a") and len(token.zh) <= 6:
            return Token(token.zh, "np", self.spell(token.zh))
        return token

    def _stack(self, tokens: Sequence[Token], many: bool) -> str:
        """Modifiers before the head as far as English bears them, the rest behind a preposition."""
        if tokens[0].pos == "e" and len(tokens) > 1:
            return joined(tokens[0].en, self._stack(tokens[1:], many))
        if len(tokens) > 1 and tokens[-1].zh in _TOTALS:
            return f"total {self._stack(tokens[:-1], True)}"
        if len(tokens) > 1 and tokens[-1].zh in _NUMBERS:
            return f"{tokens[-1].en if tokens[-1].zh == '金额' else 'number'} of {self._stack(tokens[:-1], True)}"
        if tokens[0].zh in _INVOLVING and len(tokens) > 2:
            return f"{self._words(tokens[-1:], many)} involving {self._stack(tokens[1:-1], True)}"
        if len(tokens) > 1 and tokens[-1].pos in ("n", "nu", "vn") and PREPOSITION.search(noun_of(tokens[-1])):
            return self._before_of(tokens[:-1], tokens[-1], many)
        cut = self._cut(tokens)
        if not cut:
            return self._words(tokens, many)
        head = self._words(tokens[cut:], many)
        if cut == 1 and tokens[0].zh in _ENVIRONMENT:
            return f"{_AS_MODIFIER[tokens[0].zh]} {head}"
        return f"{head} {preposition(tokens[-1], tokens[cut - 1])} {self._stack(tokens[:cut], True)}"

    def _before_of(self, before: Sequence[Token], head: Token, many: bool) -> str:
        """城市 + compliance rate of drinking water sources -> compliance rate of city drinking water sources."""
        told = self._word(head, many)
        if "rule of law" in told:
            return f"{told} of {self._stack(before, True)}"
        match = next(reversed(list(_OF.finditer(told))), None) or PREPOSITION.search(told)
        if match is None:
            return f"{self._words(before, False)} {told}"
        if _DAYS.match(told) and before[-1].pos != "a":
            # 县城|优良天数: the place is where the days are counted.
            return f"{told} in {self._stack(before, False)}"
        if all(t.pos == "a" for t in before):
            return f"{self._words(before, False)} {told}"
        front, back = told[: match.end()], told[match.end() :]
        inner = self._words(before, False)
        if PREPOSITION.search(inner):
            return f"{told} {preposition(head, before[-1])} {inner}"
        article = re.match(r" (?:a|an|the) ", back)
        return f"{front} {inner} {back[article.end() :] if article else back.strip()}"

    def _cut(self, tokens: Sequence[Token]) -> int:
        """Where the words before the head group begin; 0 when all of them stand before the head."""
        n = len(tokens)
        if n == 1:
            return 0
        nouns = [t.noun if t.pos == "vn" else t.en for t in tokens]
        widths = [noun.count(" ") + 1 for noun in nouns]
        forced = 0
        for i in range(n - 1, 0, -1):
            if widths[i - 1] > 1 and PREPOSITION.search(nouns[i - 1]):
                forced = i
                break
        measure = (n > 2 or widths[-1] >= _NARROW) and bool(_OF_HEADS.search(tokens[-1].zh))
        if not forced and not measure and (n < 3 or sum(widths) <= _WIDE):
            return 0
        start = n - 1
        width = widths[-1]
        while start > forced and (
            (tokens[start - 1].pos == "a" and width < _WIDE + 1) or width + widths[start - 1] <= _NARROW
        ):
            start -= 1
            width += widths[start]
        if forced:
            return max(start, forced)
        left = tokens[:start]
        if all(t.pos in ("a", "d") for t in left) or (
            len(left) == 1 and (left[0].pos in ("np", "e", "q") or (widths[0] < _NARROW and not measure))
        ):
            return 0
        return start

    def _words(self, tokens: Sequence[Token], many: bool) -> str:
        out: list[str] = []
        i = 0
        while i < len(tokens):
            token = tokens[i]
            following = tokens[i + 1] if i + 1 < len(tokens) else None
            if token.pos == "?":
                out.append(f"[{token.zh}]")
            else:
                word = _AS_MODIFIER.get(token.zh, "") if following else ""
                word = word or self._word(token, many and following is None)
                if word:
                    if following and token.noun and following.noun:
                        word += joint(tokens, i)
                    out.append(word.removeprefix("the ") if following else word)
            i += 1
        return " ".join(out)

    def _word(self, token: Token, many: bool = False) -> str:
        if token.pos == "q":
            return self.quoted(token.zh)
        if token.pos == "vn":
            return plural(token.noun) if many and not token.noun.endswith("ing") else token.noun
        if token.pos == "v":
            return token.noun or gerund(token)
        if token.pos == "n" and many:
            return token.plural or plural(token.en)
        return token.en

    # -- names -------------------------------------------------------------------------------------------------------

    def quoted(self, zh: str) -> str:
        """A quoted title or slogan in English quotation marks; a coined name is spelled, not guessed at."""
        inner = zh[1:-1]
        if zh[0] == "《" and inner.startswith(_STATE) and inner not in self.glossary:
            of = self.quoted(f"《{inner.removeprefix(_STATE)}》")
            return f"{of[:-1]} of the People's Republic of China\"" if of else ""
        trial = ""
        if zh[0] == "《" and inner not in self.glossary and zh not in self.glossary:
            inner, trial = titles.bare(inner)
        known = self.glossary.get(zh) or self.glossary.get(inner)
        if known:
            text = (known.noun or known.en).strip('"')
        else:
            tokens = self.words(inner)
            unknown = sum(len(t.zh) for t in tokens if t.pos == "?")
            coined = unknown * 3 > len(inner) or len(inner) < 3 or _MIXED.search(inner)
            text = self.spell(inner) if coined else self._titled(inner) + trial
        text = text.replace('"', "'") if zh[0] == "《" else text.replace('"', "")
        return f'"{text[:1].upper()}{text[1:]}"' if text else ""

    def _titled(self, inner: str) -> str:
        found = titles.shape(inner)
        if found:
            template, parts = found
            return template.format(*(self._part(part, form) for part, form in parts))
        words = self.words(inner)
        many = words[-1].zh in ("措施", "规定") and not any(t.pos == "v" for t in words)
        return self._part(inner, "many" if many else "verb")

    def _part(self, zh: str, form: str) -> str:
        words = self.words(zh)
        return self.verb_phrase(words) if form == "verb" else self.noun_phrase(words, form == "many")

    def verb_phrase(self, tokens: Sequence[Token], form: str = "gerund") -> str:
        """English of a verb phrase. Here every phrase is a noun phrase: see `VerbPhrases`."""
        return self.noun_phrase(tokens)

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
        return joined(*(p.strip() for p in [*out, run.capitalize()]))

"""Words whose class depends on their neighbours, settled before anything is composed.

通过 is `through` before an action and `pass` before its own object; 大|清流|河 is one name; 规范|透明|运行 begins with
a modifier. Pieces are merged, never changed: joined again they still give the text.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from summarizer.engines.offline.wording import NOMINAL, past
from summarizer.glossary import Glossary, Token
from summarizer.patterns import pattern

PLACE = {
    "省": "Province", "市": "City", "区": "District", "县": "County", "旗": "Banner", "州": "Prefecture", "镇": "Town",
    "乡": "Township", "村": "Village", "街道": "Subdistrict", "社区": "Community", "新区": "New Area", "河": "River",
    "江": "River", "湖": "Lake", "水库": "Reservoir", "山": "Mountain", "路": "Road", "桥": "Bridge", "港": "Port",
    "园区": "Park", "开发区": "Development Zone", "高新区": "High-tech Zone", "流域": "River basin", "大道": "Avenue",
    "片区": "Area", "机场": "Airport", "湾": "Bay", "岛": "Island", "大桥": "Bridge", "大学": "University",
    "公园": "Park", "医院": "Hospital", "学校": "School", "中学": "Middle School", "小学": "Primary School",
    "溪": "Creek", "涌": "Creek", "渠": "Canal", "街": "Street", "屯": "Hamlet", "苏木": "Sumu", "嘎查": "Gacha",
    "广场": "Plaza", "分局": "Sub-bureau",
}  # fmt: skip
_WATERS = frozenset("河江湖溪涌渠")
_LEADS_A_NAME = frozenset("大小东西南北上下新老中")
_PASS = Token("通过", "v", "pass")
_NEW = frozenset("新 新增".split())
_LONGEST_NAME = 4
_YEAR = pattern(r"(?:19|20)\d\d(?:[-—~](?:19|20)?\d\d)?")

# Without one of these nothing is merged and no class changes.
_TURNING = frozenset((*PLACE, *_NEW, "年", "年度", "通过"))


class Words:
    """Cuts text into words of settled class; one report repeats its phrases, so cuts are remembered."""

    def __init__(self, glossary: Glossary, spell: Callable[[str], str]) -> None:
        self._glossary = glossary
        self._spell = spell
        self.cut = lru_cache(maxsize=4096)(self._cut)

    def _cut(self, text: str) -> tuple[Token, ...]:
        tokens = self._glossary.segment(text)
        if _TURNING.isdisjoint([t.zh for t in tokens]):
            return tuple(tokens)
        return tuple(_passed(_newly(_dated(self._named(tokens)))))

    def _named(self, tokens: list[Token]) -> list[Token]:
        """Merge a name with its place word: 濑溪|河, 大|清流|河, 兰山|区."""
        if not any(t.zh in PLACE for t in tokens):
            return tokens
        out: list[Token] = []
        for token in tokens:
            if token.zh in PLACE and out and _is_name(out[-1], token):
                name = out.pop()
                zh = name.zh
                if out and out[-1].zh in _LEADS_A_NAME and token.zh in _WATERS:
                    zh = out.pop().zh + zh
                spelled = name.en if name.pos == "np" and zh == name.zh else self._spell(zh)
                out.append(Token(zh + token.zh, "np", f"{spelled} {PLACE[token.zh]}"))
            else:
                out.append(token)
        return out


def _is_name(token: Token, place: Token) -> bool:
    if token.pos == "?":
        return len(token.zh) <= _LONGEST_NAME
    return token.pos == "np" and place.zh in _WATERS and len(token.zh) <= 3 and " " not in token.en


def _dated(tokens: list[Token]) -> list[Token]:
    """Merge a year with its word: 2023|年 is `in 2023`."""
    out: list[Token] = []
    for token in tokens:
        if token.zh in ("年", "年度") and out and out[-1].pos == "e" and _YEAR.fullmatch(out[-1].zh):
            year = out.pop().zh
            out.append(Token(year + token.zh, "t", f"in {year}"))
        else:
            out.append(token)
    return out


def _newly(tokens: list[Token]) -> list[Token]:
    """Merge 新|引进: newly introduced."""
    out: list[Token] = []
    for token in tokens:
        if out and out[-1].zh in _NEW and token.pos == "v" and token.en:
            merged = out.pop().zh + token.zh
            out.append(Token(merged, "v", f"newly {token.en}", token.noun, f"newly {past(token)}"))
        else:
            out.append(token)
    return out


def _passed(tokens: list[Token]) -> list[Token]:
    """通过市级验收的 has its own object; 通过平台开展检查 is a coverb."""
    for i, token in enumerate(tokens):
        if token.zh == "通过" and token.pos == "p" and i + 1 < len(tokens) and not _acts_later(tokens, i + 1):
            tokens[i] = _PASS
    return tokens


def _acts_later(tokens: Sequence[Token], start: int) -> bool:
    for i in range(start, len(tokens)):
        token = tokens[i]
        if token.zh == "的" or (token.pos == "c" and i > start):
            return False
        if token.pos == "v":
            return True
        if token.pos == "vn" and i > start and i + 1 < len(tokens) and tokens[i + 1].pos in (*NOMINAL, "a"):
            return True
    return False

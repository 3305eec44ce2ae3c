"""Whose figures they are: the names a report uses for its own area, and words for areas that are not its own."""

from summarizer.patterns import pattern
from summarizer.records import record

_REGION = pattern(r"[\u4e00-\u9fff]{1,7}?(?:自治区|自治州|省|市|新区|[区县盟旗]|州(?!市))")
_BRANCH = pattern(r"局([\u4e00-\u9fff]{2,4}?)分局")
_LEVEL = pattern("^[省市区县州盟旗](?=人民政府|政府|生态环境)")
_ENDINGS = {"自治区": "区", "自治州": "州", "新区": "区"}
_SCOPES = ("全省", "全市", "全区", "全县", "全州", "全盟", "全旗")
_ELSEWHERE = ("全国", "各省", "各市", "各区", "各县", "各镇街", "各街道", "全球", "世界", "亚洲")


@record
class Area:
    """The area a report is about.

    Attributes:
        own: what the report may call it (荣昌区, 荣昌, 全区, 我区).
        other: words that show a figure to be of another area (全国, and 全市 in the report of a district).
    """

    own: frozenset[str]
    other: tuple[str, ...]


def area_of(*mastheads: str | None) -> Area:
    """The area named last, and so lowest, in issuer or title, whichever names one first.

    Example: 重庆市荣昌区生态环境局 is about 荣昌区; 全市 then stands for another area. Without a name nothing is told
    apart but what is never a report's own area.
    """
    for text in mastheads:
        if not text:
            continue
        if "国务院" in text:
            return Area(frozenset({"全国", "我国", "中国"}), ("全球", "世界"))
        branch = _BRANCH.search(text)
        if branch:
            name = branch[1].rstrip("区县市")
            return _area({name, f"{name}区", f"{name}县", f"{name}市", branch[1]}, "区县")
        regions = _REGION.findall(text)
        if regions:
            lowest = regions[-1]
            ending = next((e for e in _ENDINGS if lowest.endswith(e)), lowest[-1])
            bare = lowest.removesuffix(ending)
            return _area({lowest, "".join(regions), bare if len(bare) > 1 else lowest}, _ENDINGS.get(ending, ending))
        level = _LEVEL.search(text)
        if level:
            return _area(set(), level[0])
    return Area(frozenset(_SCOPES), ())


def _area(names: set[str], levels: str) -> Area:
    said = {f"{before}{level}{after}" for level in levels for before, after in (("全", ""), ("我", ""), ("", "内"))}
    return Area(frozenset(names | said), tuple(w for w in (*_SCOPES, *_ELSEWHERE) if w not in said))

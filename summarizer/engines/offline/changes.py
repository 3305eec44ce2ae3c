"""Changes and ranks: what rose or fell, what was ranked and among whom."""

from dataclasses import replace

from summarizer.document import Quantity
from summarizer.engines.offline.clause_reading import parse
from summarizer.engines.offline.edges import clean_edges, strip
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.surroundings import Surroundings
from summarizer.engines.offline.wording import Cut, Tokens, zh_of
from summarizer.patterns import pattern

_CHANGE_WORDS = pattern(
    r"(?:[高低快慢]于(?:上年|去年)?(?:同期)?|[较比](?:上届|上期|年初|上年末|上年底|去年末|去年底|上月末?|上季度|常年同期|常年|历年同期|往年同期|往年|前年)|同口径|同比|环比|较上年(?:同期)?|较去年(?:同期)?|比上年(?:同期)?|比去年(?:同期)?|与去年同期相比|较前年|按可比价格?(?:计算)?|年均|平均"
    r"|增长|增加|上升|提高|提升|增幅|下降|减少|降低|降幅|回落|改善|上涨|下跌|缩短|压缩|压减|偏多|偏少|偏高|偏低|(?<=[年期初末])[多少高低]|高达|低至|最|了|达|近|约|超过?|(?<=[长降升])率|名义|实际|分别|均|又|再|(?<![的不相对比])[较比]|、|，|,|\s)+$"
)
_COMPARED = pattern("[较比](?:法定|承诺|国家|规定|全国|全省|全市|原)[^，,；;。]{0,8}$")
# 增长9.6%，高于全省平均水平0.3个百分点: how far from another figure.
_MARGIN = pattern(
    r"(?:(?P<below>低于|慢于)|高于|高出|超出|快于|好于|优于|领先)了?(?P<other>(?![上去]年|同期)[^，,；;。]{2,16}?)[约近]?$"
)
_YEARLY = pattern(r"同比|上年|去年|同口径|年均")
_RANK_SCOPE = pattern(
    r"(?:(?:(?<=[列居])|(?<=排名)|(?<=排)(?!名))[\u4e00-\u9fff]{2,10}|[一二三四五六七八九十\d]+(?:个)?[区县市省州]|全[市省区县州国球系统]+|全市各区|全省各市|同类\w{0,4}|在?[\u4e00-\u9fff]{0,8}中)(?=(?:排名?|排行|位居|位列|居|名列|列)?第?$)"
)
_RANK_WORDS = pattern(r"(?:排名|排行|排在|排|位居|位列|位于|居|名列|列|并列|目前|均|各|为|第|、|\s)+$")


def change(cut: Cut, place: Surroundings, quantity: Quantity, previous: Frame | None) -> Frame:
    """What changed: named in the clause itself (PM2.5浓度同比下降), else the figure before (1540件，同比下降16.2%)."""
    before = clean_edges(place.before)
    yearly = bool(_YEARLY.search(before[-24:]))
    own = strip(cut(clean_edges(_COMPARED.sub("", _CHANGE_WORDS.sub("", before)))))
    suffix = "率" if quantity.unit in ("%", "倍") or (quantity.stated_in_words and not quantity.unit) else "量"
    base = previous or Frame()
    if base.aspect.endswith("rank"):
        # 五区第1名。同比改善8.2%: whom it was ranked among is not what changed.
        base = replace(base, scope=())
    if own and not place.shared and not (place.opens is False and previous):
        mine = parse(own)
        if mine.noun:
            base = mine
            if not mine.verb and previous and previous.noun and len(zh_of(own)) <= 2:
                base = replace(mine, topic=previous.noun)
    return replace(base, aspect="change", suffix=suffix, yearly=yearly)


def margin(cut: Cut, place: Surroundings, previous: Frame | None) -> Frame | None:
    """How far the figure before is from that of another body; None when the clause tells of no such thing."""
    found = _MARGIN.search(clean_edges(place.before))
    if found is None or previous is None:
        return None
    side = "below" if found["below"] else "above"
    return replace(previous, aspect=side, scope=tuple(cut(found["other"])), suffix="", yearly=False)


def rank(cut: Cut, place: Surroundings, previous: Frame | None) -> Frame:
    """What was ranked, and among whom: 综合指数4.73，五区第1名."""
    before = clean_edges(_RANK_WORDS.sub("", clean_edges(place.before)))
    match = _RANK_SCOPE.search(before)
    scope: Tokens = ()
    if match:
        scope = tuple(cut(match[0].lstrip("在")))
        before = clean_edges(_RANK_WORDS.sub("", before[: match.start()]))
    own = strip(cut(before))
    base = parse(own) if own and not place.shared else (previous or Frame())
    aspect = "change rank" if not own and base.aspect == "change" else "rank"
    return replace(base, aspect=aspect, scope=scope, suffix="排名")

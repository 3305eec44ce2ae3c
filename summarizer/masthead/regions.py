"""The region of a public body: 市生态环境局 in a report about Hangzhou is 杭州市生态环境局.

There is no list of regions below the province; a name is believed when the report uses it again and again.
"""

import re
from collections import Counter

from summarizer.masthead.names import HAN
from summarizer.patterns import pattern

_GENERIC = pattern(r"(?:自治[区州县]|新区|[省市区县州盟旗](?!场))")  # no 市 in 市场监督管理局
_DISTRICT = pattern(rf"([{HAN}]{{2,5}}?(?:新区|区|旗))(?=[{HAN}])")
_WITH_CITY = pattern(rf"[{HAN}]{{2,6}}[省市州盟][{HAN}]")
_SURE = 5  # a region named this often is the one the report is about
_CANDIDATES = 40
_LONGEST = 5  # characters of a name without its level
_PROVINCES = {
    "省": "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃"
    "|青海",
    "自治区": "内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔",
}
_PREPOSITIONS = "在由向对与和从为至赴经到被将把按据依于及全驻"
_LEVELS = "省市区县州盟旗"
# 加快区域协调, 通过市人大: what follows a level that stands without its name.
_AFTER_BARE_LEVEL = (
    "(?:域|级|场|民|直|委|人大|人民|政府|政协|属|司法|内|外|间|位|别|长|际|情|划|分|块|容|领导|工业|商|区|县|局)"
)
_COMMON_WORD = pattern(
    r"[全我各本该每跨外一两三的个省市区县盟旗和与在为强]|推[动进]|建[成设立]|打造|新型|工业|示范|加快|完[善成]|提[升高]|实[现施]|落实"
    r"|优化|深化|扩大|发展|按照|围绕|通过|召开|成立|出台|编制|突出|保障|安排|普惠|部分"
)
_NO_REGION = pattern(
    r"(?:[城片园社地湾特辖校景街新郊小库专分灾厂禁院之]|先行|试验|合作|开发|保护|功能|中心|自治|高新|核心|保税|启动|住宅|半岛|商务|集聚"
    r"|测试|主力|管控|防范|办公|生活|产业|运营|排放|水源|居民)区|[都城超门上集股楼入夜闹菜大等]市|[节外大]省|[属郡]县"
)


def with_region(text: str, name: str) -> str:
    """Complete the name of a public body with what the report says of its region; unchanged where it says nothing.

    市生态环境局 gets the city's name; 荣昌区生态环境局 gets the city above it when the report joins the two
    (重庆市荣昌区).
    """
    generic = _GENERIC.match(name)
    if generic:
        name = (_region(text, generic[0]) or "") + name
    district = _DISTRICT.match(name)
    if district and not _WITH_CITY.match(name):
        name = (_city_above(text, district[1]) or "") + name
    return name


def _city_above(text: str, district: str) -> str | None:
    """The city that the report joins to a district: 重庆市 for 荣昌区.

    Most names have two characters; more are believed when a boundary or repetition shows them (办理深海市某山区 is
    深海市, 石家庄市长安区 is 石家庄市).
    """
    cities = Counter[str](re.findall(rf"([{HAN}]{{2}}[市州盟])(?={re.escape(district)})", text))
    if not cities:
        return None
    city = cities.most_common(1)[0][0]
    longer = Counter[str](re.findall(rf"(?<![{HAN}])([{HAN}]{{1,3}}{city})(?={re.escape(district)})", text))
    bounded = re.search(rf"(?<![{HAN}]){city}{re.escape(district)}", text)
    if longer and not bounded:
        name, times = longer.most_common(1)[0]
        if times > 1 or (len(name) == len(city) + 1 and name[0] not in _PREPOSITIONS):
            return name
    return city


def _region(text: str, level: str) -> str | None:
    """Name of the region of a level (区, 市 ...) that a report is about, without the level; None when unsure.

    The most frequent two characters before the level that are no common word, lengthened to the left as long as the
    same character stands there (石 before 景山区).
    """
    if level in _PROVINCES:
        provinces = Counter[str](re.findall(_PROVINCES[level], text)).most_common(1)
        return provinces[0][0] if provinces and provinces[0][1] >= _SURE else None
    found = re.findall(rf"(?=([{HAN}]{{2}}){level}(?!{_AFTER_BARE_LEVEL}))", text)
    names = Counter[str](name for name in found if _may_be_region(name, level))
    if not names:
        return None
    best = max((name for name, _ in names.most_common(_CANDIDATES)), key=lambda name: names[name] * text.count(name))
    if text.count(best) < _SURE or not re.search(rf"(?:^|[^{HAN}]|[省市州盟]){best}{level}", text):
        return None
    return _lengthened(text, best, level, names[best])


def _may_be_region(name: str, level: str) -> bool:
    if _COMMON_WORD.search(name):
        return False
    return level == "新区" or not _NO_REGION.search(name + level)


def _lengthened(text: str, name: str, level: str, times: int) -> str:
    while len(name) < _LONGEST and times >= _SURE:
        before = Counter[str](re.findall(rf"([{HAN}])(?={name}{level})", text)).most_common(1)
        if not before or before[0][0] in _LEVELS or before[0][1] < 0.8 * times:
            break
        name = before[0][0] + name
    return name

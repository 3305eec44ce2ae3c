"""Figures written out in Chinese: digits of any script, numerals, and the words that state an amount.

`三起`, `半数`, `翻番`, `数十家`, `零投诉`, `未发生诉讼案件` state one; `进一步`, `统一`, `第三方` state none;
`三项制度`, `2023年`, `12345热线` may be told where the stretch has them.
"""

import re
from collections.abc import Iterator
from typing import Final

from summarizer.checking.known import (
    COUNTERS,
    Known,
    Name,
    left_context,
    right_context,
    token_around,
)
from summarizer.checking.plain import is_digit, plain
from summarizer.checking.spans import merged
from summarizer.document import DismissalReason, Span
from summarizer.quantities import dates, measures, numbers, zeros
from summarizer.quantities.alphabet import DIGITS, HAN

# Words with a numeral in them that state no number.
_LEXICAL: Final = re.compile(
    "(?:第?[一二三][、和]){1,2}三产(?:业|比|融合)?|[一二三]产业?(?=占|比|增|增加|融合|、|服务)|百分点|百分比|百分率|百姓|老百姓|百花|百家争鸣|百科|百货|百年大计|千方百计|千家万户"
    "|千丝万缕|千篇一律|千瓦时?|千米|千克|千伏|万众|万物"
    "|万一|万无一失|万事|万全|亿万|成千上万(?=的)|十分(?![钟之])|十足|十字|四川|三亚|三峡|三角洲|三维|三明|六安|九江|七台河|五台|二维|二手"
    "|二氧化|二噁英|三氧化|四氯|五氧化|二次污染|二次感染|二次供水|二审|一审|三审|四季|四面八方|四通八达|五金|五一(?=劳动|期间|假)|三农"
    "|三农问题|第三方|第三者|第三人|第三产业|第一产业|第二产业|第一时间|第一线|两岸|两侧|两旁|两难|两极|两者|两手抓|两会|双管齐下|举一反三"
    "|三令五申|五花八门|七嘴八舌|四平八稳|九牛一毛|一五一十|一清二楚|一丝不苟|接二连三|再三(?![成倍分])|独一无二|说一不二|不二|两全|三思|六神"
    "|零距离|零容忍|零售|零星|零散|零碎|零部件|零件|零工|化整为零|零起点|零门槛|零和|清零|归零|凋零|零钱|一元化|多元|二元|三甲"
    "|一心一意|三心二意|五湖四海|百折不挠|千锤百炼|百尺竿头|百密一疏|万能|万象|丝毫不|三番五次|四级|三级(?=甲等|医院)|五星|四星|两张皮"
)
# 一 that counts nothing: what stands before it or after it makes a word of it.
_ONE_WORD: Final = re.compile(
    "[统唯同专合逐归单划某每任这那另各凡进如其万之到]一|一[步批系定些般直样律切方面线旦贯致段点度并经时味再来共概带连同番举把手流体站网窗键"
    "图码号档策目览块边侧揽者下角席身生环盘朝夕向路支社刀]|一次性|一件事|一门式|一条龙|一条心|一对一|一老一小|一事一|一企一|一户一|一案一"
    "|一品一|一源一|一园一|一区一|一厂一|一县一|一村一|一人一|一车一|一河一|一行一|一厅|一张网|一把手|一家人|一刻|一日(?=一)|一年(?=来|一)"
    "|一年一度|一季度|一心|一丝|一概|一齐|一头|一味|一口气|一臂|一席|一己"
)
_ONE_LEAD: Final = re.compile(
    "(?:处罚|立案|查处|办理|审结|受理|新增|共|仅|仅有|只有|各|获|获得|发生|移送|结案|办结|签订|出台|制定|死亡|完成|开展|召开|举办|新建"
    "|累计|其中|了|有|查|达|为|计|行政处罚|检查|实现|发布|印发|出具|评为|发现|整改|接到|收到|配备|聘请)(?:了|案件|共)?$"
)
_ONE_COUNTED: Final = re.compile(
    "[^，,。；;：:]{0,6}?(?:案|诉讼|投诉|事故|事件|复议|信访|违法|企业|处罚|隐患|火灾|律师|人员|文件|意见|会议)"
)
_ENUMERATION: Final = re.compile(
    "(?:^|[，,。；;：:、！？\\s])(?:[一二三四五六七八九十]{1,2}是|其[一二三四五六七八九][，,是])"
)

# Words that state an amount without a numeral.
_AMOUNTS: Final = re.compile(
    "[一大小多过超对折减近达泰]半(?!年|导体|岛|径|数?天)|半数|各半|参半|一半|半成|翻[一两几]?番|翻了?[一两几]?[番倍]|翻倍|成倍|倍增|加倍(?!努力)"
    "|(?<![加事功])倍(?!感|加|受|率)|[数几][十百千万亿]+|上[百千万亿]+|成[百千万]上[千万亿]|几[件起宗例家户名人位次份项条个天年倍成]|好几|十几"
    "|(?:绝大)?大?多数(?!据|字|额|量|值)|大部分|大半|过半|全数|[俩仨]|成百|成千|一两|打(?=鸡蛋)|双倍|双份|俩人|若干倍|零头"
)
_FRACTION: Final = re.compile("[近约超逾][一二三四五六七八九两]?成|成以上")
_ENGLISH_IN_CHINESE: Final = re.compile("[A-Za-z]{2,}(?:-[A-Za-z]+)*")
_FIRST: Final = re.compile("首[次个家例批创届部宗起条项座位]|头一[次个家例批]")
_DOUBLE: Final = re.compile("双(?![方向边重语休手人击亚赢])[\u4e00-\u9fff]{1,2}")
_ZERO_WORDS: Final = re.compile(
    "没有(?=被|一[起件宗例]被)|[未没无](?:有?发生|有?出现|有?发现|有?接到|有?收到|有?产生)?|持平|[保维]持不变"
)
_FORMAL: Final = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟萬億兩弐参]+")
_FORMAL_WORDS: Final = (
    "队伍",
    "大陆",
    "内陆",
    "陆续",
    "陆域",
    "陆地",
    "登陆",
    "收拾",
    "入伍",
    "着陆",
    "水陆",
    "参与",
    "参加",
    "参考",
    "参",
)
_RUN: Final = re.compile(f"[{HAN}]+")


def chinese_numbers(masked: str, known: Known) -> Iterator[Span]:
    """Places of a masked Chinese text that write a figure out; names and dates of the stretch are none."""
    text = plain(masked)
    fine = bytearray(len(text))
    _allow(fine, _ENUMERATION, text)
    _allow(fine, _LEXICAL, text)
    found: list[Span] = []
    at = 0
    while at < len(text):
        char = text[at]
        if is_digit(char):
            end = _run_end(text, at)
            at = _digits(text, at, end, known, fine, found)
        elif char in HAN:
            end = _RUN.match(text, at).end()  # type: ignore[union-attr]
            at = _numerals(text, at, end, known, fine, found)
        else:
            at += 1
    found += _words(text, known, fine)
    yield from merged(found)


def _run_end(text: str, at: int) -> int:
    """End of the digits that start at a place, points and commas between digits included: 138.75625, 1,813, 4·15."""
    while at < len(text) and (is_digit(text[at]) or (text[at] in ".,·" and is_digit(text[at + 1 : at + 2] or " "))):
        at += 1
    return at


def _allow(fine: bytearray, pattern: re.Pattern[str], text: str) -> None:
    for match in pattern.finditer(text):
        fine[match.start() : match.end()] = b"\x01" * (match.end() - match.start())


def _digits(text: str, start: int, end: int, known: Known, fine: bytearray, found: list[Span]) -> int:
    """Judge a run of digits; the place to go on from."""
    run = start
    while run < end and text[run] in DIGITS:
        run += 1
    date = dates.date_at(text, start, run, len(text)) if run > start else None
    if date is not None:
        if known.allows_date(date.first, date.last):
            fine[start : date.end] = b"\x01" * (date.end - start)
        else:
            found.append(Span(start, date.end))
        return max(date.end, end)
    low, high = token_around(text, start, end)
    if (low < start or high > end) and text[low:high].lower() in known.tokens:
        fine[low:high] = b"\x01" * (high - low)
        return high
    if _named(text, start, end, known) or (not text[start].isascii() and text[start : end + 1] in known.stretch):
        fine[start:end] = b"\x01" * (end - start)
        return end
    number = numbers.arabic_at(text, start, len(text)) if text[start] in DIGITS else None
    end = max(end, number.after if number else end)
    unit = measures.unit_at(text, end, len(text))
    found.append(Span(start, unit.end if unit else end))
    return end


def _numerals(text: str, start: int, end: int, known: Known, fine: bytearray, found: list[Span]) -> int:
    """Judge a run of Han numerals; the place to go on from."""
    if all(fine[start:end]):
        return end
    date = dates.han_date_at(text, start, len(text))
    if date is not None and known.allows_date(date.first, date.last):
        fine[start : date.end] = b"\x01" * (date.end - start)
        return max(date.end, end)
    if _named(text, start, end, known):
        fine[start:end] = b"\x01" * (end - start)
        return end
    if text[start:end] == "一" and text[start - 1 : start] != "第" and not _one_counts(text, start):
        return end
    if text[start:end] in ("百", "千", "万", "亿") and start and text[start - 1] == "\ue000":
        return end  # a scale word glued to a reference is the neighbour rule's
    unit = measures.unit_at(text, end, len(text))
    found.append(Span(start, unit.end if unit else end))
    return end


def _one_counts(text: str, at: int) -> bool:
    """处罚一件, 一起事故, 一倍 count; 一体化, 一次性, 一项工作 do not."""
    for match in _ONE_WORD.finditer(text, max(0, at - 1), min(len(text), at + 5)):
        if match.start() <= at < match.end():
            return False
    unit = measures.unit_at(text, at + 1, len(text))
    if unit is None:
        after = text[at + 1 : at + 2]
        return after in "\ue000半" if after else False
    if unit.name in ("倍", "成", "番", "元", "吨", "天", "公里", "亩", "小时", "百分点", "%"):
        return True
    if _ONE_LEAD.search(text[max(0, at - 8) : at]):
        return True
    closed = unit.end >= len(text) or text[unit.end] in "，,。；;：:、！？）)"
    return (closed and unit.name not in ("起", "人")) or _ONE_COUNTED.match(text, unit.end) is not None


def _named(text: str, start: int, end: int, known: Known) -> bool:
    """Whether the numeral is that of a name of the stretch, in its whole form."""
    names = known.names.get(text[start:end])
    if not names:
        return False
    left = left_context(text[max(0, start - 14) : start])
    right = right_context(text[end : end + 14])
    return any(_same(name, left, right, text, end) for name in names)


def _same(name: Name, left: str, right: str, text: str, end: int) -> bool:
    after = _common(name.right, right)
    before = _common(name.left[::-1], left[::-1])
    if after and name.left.endswith("第") and left.endswith("第"):
        return True
    if after >= 2 or (name.right and after == len(name.right) and before >= 2):
        return True
    if name.right and (left, right) == (name.left, name.right):
        return True
    if name.reason is DismissalReason.VAGUE:
        return False
    counted = right[:1] in COUNTERS or measures.unit_at(text, end, len(text)) is not None or right[:1] in "万千百亿余多"
    if len(name.written) >= 2 and not counted and not _plain_count(name.written):
        return bool(right) or before >= 1  # 十四五 is no value, 12345 a hotline wherever no measure word follows
    if after >= 1:
        return name.right[0] not in COUNTERS
    return before >= 2 and not right[:1].strip()


def _plain_count(written: str) -> bool:
    """二十, 12: reads as a count; 十四五, 八五, 12345 do not."""
    if written.isascii():
        return len(written) < 3
    return not re.fullmatch("[一二三四五六七八九]{2}|十[一二三四五六七八九]{2,}|[〇零一二三四五六七八九]{3,}", written)


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _words(text: str, known: Known, fine: bytearray) -> Iterator[Span]:
    for pattern in (_AMOUNTS, _FRACTION):
        for match in pattern.finditer(text):
            if not all(fine[match.start() : match.end()]) and not _stands(text, match, known):
                yield Span(*match.span())
    for match in _FIRST.finditer(text):
        if match[0][:2] not in known.stretch and "第一" not in known.stretch:
            yield Span(*match.span())
    for match in _DOUBLE.finditer(text):
        if match[0][:2] not in known.stretch:
            yield Span(*match.span())
    for match in _FORMAL.finditer(text):
        around = text[max(0, match.start() - 1) : match.end() + 1]
        counts = len(match[0]) > 1 or text[match.end() : match.end() + 1] in COUNTERS
        if counts and not any(word in around for word in _FORMAL_WORDS):
            yield Span(*match.span())
    for match in _ZERO_WORDS.finditer(text):
        if zeros.nil_at(text, match.start(), match.end(), 0, len(text)):
            yield Span(*match.span())


def _stands(text: str, match: re.Match[str], known: Known) -> bool:
    """Whether a word of amount stands in the stretch with the two characters after it: 大多数群众."""
    whole = text[match.start() : match.end() + 2]
    return len(whole) > len(match[0]) and whole in known.stretch

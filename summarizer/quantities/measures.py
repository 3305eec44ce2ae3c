"""Measure words of Chinese official practice: which unit follows a number."""

from typing import Final, NamedTuple

from summarizer.patterns import pattern
from summarizer.quantities.alphabet import CLOSERS, DIGITS, SPACES, words

# Order means nothing here; the longest word that fits wins.
_COUNTS = words(
    """
    件 宗 起 例 项 个 份 条 次 场 期 家 户 人 名 位 批 台 辆 套 处 座 所 栋 幢 间 篇 本 册 幅 块 面 支 队 班 轮 稿 部
    款 枚 张 只 头 金 银 铜 羽 株 棵 对 组 类 种 艘 架 列 趟 节 堂 届 道 匹 口 盏 根 颗 粒 瓶 箱 袋 桶 盒 包 捆 卷 盘
    顶 扇 把 副 枝 朵 束 首 则 幕 集 讲 门 科 院 站 亩 公顷 顷 平方公里 平方千米 平方米 平米 立方米 立方 方 吨 公斤
    千克 克 斤 毫克 微克 升 毫升 公里 千米 里 海里 米 厘米 毫米 微米 纳米 层 楼 级 度 元 角 美元 港元 欧元 日元 英镑
    澳元 卢布 韩元 新台币 天 日 小时 分钟 秒 秒钟 毫秒 周 个月 个工作日 工作日 个小时 个学时 个课时 个季度 个位次 位次
    个百分点 百分点 个点 点 分 分贝 倍 成 番 折 人次 人日 人天 家次 户次 车次 件次 点次 批次 场次 台次 项次 轮次 班次
    架次 艘次 组次 例次 列次 个次 份次 处次 篇次 店次 频次 课时 学时 学分 学年 标段 标准箱 标箱 人份 人月 床 床位
    张床位 个床位 个泊位 泊位 车位 个车位 千瓦时 千瓦 瓦时 瓦 兆瓦 兆瓦时 千伏 千伏安 伏 吉瓦 吉瓦时 度电 千卡 卡 千乏
    马力 吨标准煤 吨标煤 标准煤 吨公里 人公里 摄氏度 帕 千帕 兆帕 千字节 字节 比特 像素 万像素 赫兹 兆赫 贝克 微西弗
    毫西弗 毫米汞柱 省市 省份 省区市 省区 省 市 市县 市州 县 县区 县市 县市区 区县 市区 旗县 镇街 乡镇 街镇 镇 乡 村
    村居 街道 社区 国 国家 部门 单位 剂次 剂 针次 针 单 笔 股 单元 丸 床日 床次 页 字 词 行 段 句 格 档 卷次 案 案次
    片 大类 小类 中类 大项 小项 子项 大件 门次 门类 节次 课 课次 堂课 节课 站次 队次 车 船 舰 桌 席 杯 碗 壶 尾 峰 丛
    窝 垛 堆 票 标 延米 点位 人民币 平方 公分 立方分米 元人民币 起次 宗次 种次 航次 柜 标准柜 品种 品规 语种 天次 天数
    """
)
UNITS: Final = frozenset(_COUNTS)
_LONGEST = max(map(len, UNITS))

# A measure word is none when it begins another word: 3分局, 15处室, 2023本市. Only what a report's numbers really
# meet: 家, 个, 次, 种, 例 are left alone, as 10家电力企业, 5个体系, 5次日常检查, 12种植物, 1例行政诉讼 are counts.
_NOT_BEFORE: Final[dict[str, str]] = {
    "人": "民大力才均口物类员",
    "名": "录称牌额",
    "家": "庭",
    "分": "局别公支",
    "场": "所景地馆",
    "台": "账阶风州湾",
    "天": "然气津空河府",
    "日": "常均益本报记",
    "本": "市区县省局级院地年月周报科土着质行部轮届次",
    "部": "署队委级",
    "面": "积向对临粉",
    "口": "岸头径",
    "间": "货接",
    "米": "粉",
    "元": "旦素",
    "位": "于列置",
    "组": "织成建",
    "批": "准评复",
    "轮": "换胎椅",
    "队": "伍员",
    "头": "部",
    "支": "持付出撑",
    "座": "谈",
    "处": "罚理置于室长分",
    "所": "有需以",
    "段": "落",
    "片": "面",
    "方": "面式案法向米位",
    "点": "多",
    "把": "握",
    "首": "次批个要届家",
    "节": "约能点水",
    "道": "路",
    "单": "位",
    "门": "户",
    "科": "技学研普",
    "院": "士校",
    "站": "点",
    "国": "家有务内际道债",
    "市": "场民政委级直",
    "区": "域间块级委内政",
    "省": "级委政直内",
    "县": "级委政域处",
    "镇": "级",
    "乡": "村镇级",
    "村": "级民庄",
    "层": "次面级",
    "成": "立为员效果都功长交",
    "案": "例件",
    "标": "准志题",
    "票": "据",
    "车": "辆间站",
    "行": "政业动",
    "格": "局",
    "档": "案",
    "周": "年岁边",
    "卷": "入",
    "里": "程",
    "字": "节号",
    "倍": "增",
}
_SHUN: Final = {unit: frozenset(chars) for unit, chars in _NOT_BEFORE.items()}
# Words that measure only before a mark or another figure: 夫妇2对, 获4金1银.
_LAST: Final = frozenset("对金银铜")
_PLAIN: Final = {"个百分点": "百分点", "个点": "百分点", "个位次": "位次", "元人民币": "元", "人民币": "元"}
_BRACKETED: Final = pattern(
    "[(（](套|次|户|组|处|人|个|家|件|座|册|项|批|部|台|只|间|所|份|条|场|起|宗|辆|元|人次)[)）]"
)

_LATIN: Final = pattern(
    r"(?:[μµu]g|mg|ng|g|kg|t)/(?:m(?:3|³|<sup>3</sup>)|Nm3|L|l|kg|d|h|a)"
    r"|[kcmμµ]?m(?:2|²|3|³|<sup>[23]</sup>)?|k?g|mg|k?t|mL|ml|L|[kMGT]?Wh?|kVA?|MVA|dB(?:\([AＡ]\))?"
    r"|[kMGT]B|[MGT]bps|Mbit/s|ppm|ppb|pm|hm2|hm²|Bq(?:/L)?|[μn]?Sv(?:/h)?|nGy/h|Hz|TEU|tce|pct|ha"
)
_SYMBOLS: Final = {
    "%": "%",
    "％": "%",
    "﹪": "%",
    "‰": "‰",
    "㎡": "m2",
    "㎞": "km",
    "㎏": "kg",
    "℃": "℃",
    "¥": "元",
}
_LATIN_FIRST: Final = frozenset("μµumngktLlcMGTWVdpBSAHhP")
_PER: Final = words(
    "天 日 年 月 周 小时 时 人 户 亩 吨 次 平方公里 平方米 立方米 升 个 套 秒 分钟 "
    "公里 千人 万人 百万人 公顷 件 台 辆 千瓦时 度 餐 节 课时 课 学时 场 间 床 张 米 斤 公斤 千克 人次 人年 份 车 头 只"
    " 株 盏 位 学期 学年 季 季度 班 家 例 站 单 棵 孔 平米 生 床日 标箱 集 套 工日 ㎡"
)
_RATE: Final = pattern("/(?:10万|100万|百万|千|万)人?(?![元余多0-9])")  # 发病率158.62/10万
_PER_MORE: Final = pattern("[·•/／](?:人次|学期|学年|小时|人|户|月|年|天|日|次|生|床)")
_PER_LATIN: Final = pattern(r"(?:km2|km²|km|m2|m²|m3|m³|m|L|d|h|s|a|kg|t|kWh)(?![A-Za-z0-9])")
_TO_PLAIN: Final = str.maketrans("µ²³", "μ23")
_MARKUP: Final = pattern(r"</?sup>")


class Unit(NamedTuple):
    """A measure word as found: its last character's end and its plain form."""

    end: int
    name: str


def unit_at(text: str, at: int, stop: int) -> Unit | None:
    """The measure word that starts at `at`, longest first; None if there is none.

    `name` is without scale and in plain characters (％ -> %, μg/m³ and μg/m<sup>3</sup> -> μg/m3).
    """
    if at >= stop:
        return None
    char = text[at]
    symbol = _SYMBOLS.get(char)
    if symbol is not None:
        return _per(text, Unit(at + 1, symbol), stop)
    if char == "/":
        rate = _RATE.match(text, at, stop)
        return Unit(rate.end(), rate[0]) if rate else None
    if char in _LATIN_FIRST:
        match = _LATIN.match(text, at, stop)
        after = text[match.end()] if match and match.end() < stop else "\n"
        if match and after not in DIGITS and not (after.isascii() and after.isalpha()):
            return _per(text, Unit(match.end(), _MARKUP.sub("", match[0]).translate(_TO_PLAIN)), stop)
        return None
    if char < "一":
        return None
    for size in range(min(_LONGEST, stop - at), 0, -1):
        word = text[at : at + size]
        if word in UNITS:
            end = at + size
            after = text[end] if end < stop else "\n"
            shun = _SHUN.get(word)
            if shun and after in shun:
                continue
            if word in _LAST and after not in CLOSERS and after not in DIGITS and after != "以":
                continue
            return _per(text, _with_bracket(text, Unit(end, _PLAIN.get(word, word)), stop), stop)
    return None


def _with_bracket(text: str, unit: Unit, stop: int) -> Unit:
    """3417台(套): two measure words in one, the second in brackets."""
    match = _BRACKETED.match(text, unit.end, stop)
    return Unit(match.end(), f"{unit.name}({match[1]})") if match else unit


def _per(text: str, unit: Unit, stop: int) -> Unit:
    """吨/天, 元/立方米, 人/平方公里."""
    at = unit.end
    if at >= stop or text[at] not in "/／每":
        return unit
    if text[at] == "每":  # 32微克每立方米
        return Unit(at + 4, f"{unit.name}/立方米") if text.startswith("立方米", at + 1) and at + 4 <= stop else unit
    at += 1
    while at < stop and text[at] in SPACES and at < unit.end + 3:
        at += 1
    match = _PER_LATIN.match(text, at, stop)
    if match:
        return Unit(match.end(), f"{unit.name}/{match[0].translate(_TO_PLAIN)}")
    for size in (4, 3, 2, 1):
        word = text[at : at + size]
        if word in _PER and at + size <= stop:
            return _twice(text, Unit(at + size, f"{unit.name}/{word}"), stop)
    return unit


def _twice(text: str, unit: Unit, stop: int) -> Unit:
    """元/人·月, 元/人/年: a second measure to which the rate refers."""
    match = _PER_MORE.match(text, unit.end, stop)
    return Unit(match.end(), f"{unit.name}{match[0].replace('／', '/')}") if match else unit

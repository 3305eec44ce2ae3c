"""Measure words and units of Chinese official reports and how English writes them. Data only."""

from typing import NamedTuple


class Unit(NamedTuple):
    """How English writes a unit behind a number.

    Attributes:
        one, many: singular and plural; equal for symbols.
        tight: written without a space (%).
    """

    one: str
    many: str
    tight: bool = False


# Money: the currency code stands before the number.
CURRENCIES = {
    "元": "CNY",
    "块钱": "CNY",
    "人民币": "CNY",
    "元人民币": "CNY",
    "人民币元": "CNY",
    "美元": "USD",
    "美金": "USD",
    "港元": "HKD",
    "港币": "HKD",
    "澳门元": "MOP",
    "澳门币": "MOP",
    "新台币": "TWD",
    "欧元": "EUR",
    "日元": "JPY",
    "英镑": "GBP",
    "澳元": "AUD",
    "加元": "CAD",
    "新元": "SGD",
    "卢布": "RUB",
    "韩元": "KRW",
}


def _symbols(pairs: str) -> dict[str, Unit]:
    found = {}
    for pair in pairs.split():
        zh, en = pair.split("=")
        found[zh] = Unit(en, en)
    return found


def _words(pairs: str) -> dict[str, Unit]:
    found = {}
    for pair in pairs.strip().split(";"):
        zh, forms = pair.strip().split("=")
        one, _, many = forms.partition("|")
        found[zh] = Unit(one, many or one + "s")
    return found


# Units that a figure cannot be read without: English gives them after the number.
UNITS: dict[str, Unit] = {
    "%": Unit("%", "%", tight=True),
    "％": Unit("%", "%", tight=True),
    "‰": Unit("‰", "‰", tight=True),
    "℃": Unit(" °C", " °C", tight=True),
    **_symbols(
        "公里=km 千米=km 米=m 延米=m 厘米=cm 毫米=mm 微米=µm 平方公里=km² 平方千米=km² 平方米=m² 平米=m² ㎡=m² km2=km² "
        "m2=m² 立方米=m³ ㎥=m³ m3=m³ 公斤=kg 千克=kg 克=g 毫克=mg 微克=µg 纳克=ng μg=µg ug=µg 毫升=mL 亩=mu 摄氏度=°C "
        "千瓦=kW 瓦=W 兆瓦=MW 吉瓦=GW 千瓦时=kWh 兆瓦时=MWh 千伏=kV 千伏安=kVA 兆伏安=MVA 伏=V 兆帕=MPa "
        "千卡=kcal 千焦=kJ 焦耳=J 赫兹=Hz 兆赫=MHz 分贝=dB 贝可=Bq 毫西弗=mSv 微西弗=µSv "
        "标箱=TEU 标准箱=TEU 兆=Mbit 兆字节=MB 太字节=TB"
    ),
    **_words(
        "百分点=percentage point;个百分点=percentage point;吨=tonne;公顷=hectare;升=litre;公升=litre;"
        "海里=nautical mile;吨标准煤=tonne of standard coal equivalent|tonnes of standard coal equivalent;"
        "吨标煤=tonne of standard coal equivalent|tonnes of standard coal equivalent;"
        "标准立方米=standard m³|standard m³;度电=kWh|kWh;英亩=acre;英里=mile;英寸=inch|inches;里=li|li"
    ),
    **_words(
        "天=day;日=day;小时=hour;个小时=hour;学时=class hour;课时=class hour;分钟=minute;秒=second;秒钟=second;"
        "月=month;个月=month;年=year;周=week;个周=week;星期=week;工作日=working day;个工作日=working day;"
        "季度=quarter;个季度=quarter;自然日=calendar day;周岁=year of age|years of age;岁=year of age|years of age"
    ),
    **_words(
        "人次=person-time;家次=enterprise-visit;户次=household-visit;厂次=plant-visit;企次=enterprise-visit;"
        "车次=vehicle-trip;辆次=vehicle-time;台次=unit-time;架次=sortie;班次=run;航次=voyage;艘次=vessel-trip;"
        "例次=case-time;件次=item-time;点次=site-visit;户日=household-day;人日=person-day;人天=person-day;"
        "人年=person-year;台时=machine-hour;倍=time;成=tenth;分=point;元钱=yuan|yuan"
    ),
}

# Measure words whose noun the text around the figure gives; the gloss is for the unit column only.
COUNTS = {
    "件": "items",
    "起": "cases",
    "宗": "cases",
    "例": "cases",
    "桩": "cases",
    "家": "entities",
    "户": "households",
    "名": "people",
    "人": "people",
    "位": "people",
    "个": "",
    "只": "",
    "项": "items",
    "条": "items",
    "款": "items",
    "次": "times",
    "回": "times",
    "趟": "times",
    "遍": "times",
    "场": "events",
    "场次": "events",
    "期": "sessions",
    "轮": "rounds",
    "轮次": "rounds",
    "批": "batches",
    "批次": "batches",
    "份": "copies",
    "本": "volumes",
    "册": "volumes",
    "篇": "articles",
    "稿": "drafts",
    "幅": "pieces",
    "张": "sheets",
    "座": "",
    "栋": "buildings",
    "幢": "buildings",
    "套": "sets",
    "台": "units",
    "部": "units",
    "辆": "vehicles",
    "艘": "vessels",
    "架": "aircraft",
    "所": "institutions",
    "处": "sites",
    "棵": "trees",
    "株": "plants",
    "头": "head",
    "类": "kinds",
    "种": "kinds",
    "组": "groups",
    "支": "teams",
    "队": "teams",
    "块": "plots",
    "枚": "",
    "字": "characters",
    "席": "seats",
    "班": "classes",
    "间": "rooms",
    "吨次": "tonne-times",
    "层": "floors",
    "级": "grades",
    "步": "steps",
    "省": "provinces",
    "市": "cities",
    "县": "counties",
    "区": "districts",
    "村": "villages",
    "镇": "towns",
    "街道": "subdistricts",
    "社区": "communities",
    "企业": "enterprises",
    "部门": "departments",
    "个点位": "sites",
    "点位": "sites",
}

# What kind of thing a unit measures. Levels of one metric can be compared when their units are of one family.
FAMILIES = frozenset(
    "count times visits money percent points growth duration concentration index area length mass volume energy power "
    "containers ratio".split()
)
_MEMBERS = {
    "percent": "% ％ ‰ 倍 成",
    "points": "百分点 个百分点",
    "duration": "天 日 小时 个小时 学时 课时 分钟 秒 秒钟 月 个月 年 周 个周 星期 工作日 个工作日 季度 个季度 自然日 "
    "周岁 岁",
    "concentration": "微克/立方米 μg/m3 ug/m3 μg/m³ µg/m³ ㎍/㎥ mg/m3 毫克/立方米 毫克/升 mg/L 微克/升 μg/L "
    "纳克/立方米",
    "area": "平方公里 平方千米 平方米 平米 ㎡ km2 m2 亩 公顷",
    "length": "公里 千米 米 厘米 毫米 海里 里",
    "mass": "吨 公斤 千克 克 毫克 微克 吨标准煤 吨标煤",
    "volume": "立方米 ㎥ m3 升 公升 毫升 标准立方米",
    "energy": "千瓦时 兆瓦时 度电 千焦 焦耳 千卡",
    "power": "千瓦 瓦 兆瓦 吉瓦 千伏安 兆伏安",
    "times": "次 回 趟 遍 场 场次 期 轮 轮次 届",
    "visits": "人次 家次 户次 厂次 企次 车次 辆次 台次 架次 班次 航次 艘次 例次 件次 点次 批次",
    "containers": "标箱 标准箱",
    "index": "分",
}
_FAMILY = {unit: family for family, units in _MEMBERS.items() for unit in units.split()}
_TIMES = frozenset("年 月 日 天 小时 年度 周".split())


def family(unit: str) -> str:
    """The family a unit belongs to: 万元 has been multiplied out, so 元 is `money`; measure words and "" are `count`,
    what counts occasions (次, 场) is `times`.

    A unit over time keeps its family (元/月, 吨/日); mass in a volume is a concentration; any other quotient is a
    `ratio`.
    """
    known = _FAMILY.get(unit)
    if known is not None:
        return known
    if unit in CURRENCIES:
        return "money"
    above, slash, below = unit.replace("每", "/", 1).partition("/")
    if not slash:
        return "count"
    if not above or not below:
        return "ratio"
    if below in _TIMES:
        return family(above)
    return "concentration" if (family(above), family(below)) == ("mass", "volume") else "ratio"

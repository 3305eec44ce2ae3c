"""Nothing of a figure stands beside a reference: no scale word, unit, currency, sign or qualifier of the model's own.

Code fills in `[5]` as 138.75625万元 and CNY 1.3875625 million, so `约[5]`, `[5]万元`, `CNY [5]`, `[5] million` and
`more than [5]` would alter or repeat it. Ordinary words may stand there: 共[5], a total of [5].
"""

import re
from collections.abc import Iterator
from typing import Final

from summarizer.checking.context import Context
from summarizer.checking.faults import Fault, FaultCode, Lang
from summarizer.checking.plain import lower, plain
from summarizer.checking.references import Marked, Reference
from summarizer.display import display, qualifiers_of
from summarizer.document import Bound, Kind, Quantity, Span
from summarizer.units import UNITS

_NEAR: Final = 28

# zh, directly before a reference.
_ZH_BEFORE: Final = re.compile(
    "(?:不少于|不低于|不超过|不高于|不多于|不小于|未超过|至少|最少|最多|至多|大约|约为|约|将近|接近|逼近|近乎|近|超过|超出|超|逾|突破|不足|不到|多于|"
    "高于|低于|少于|大于|小于|第|上百|上千|数|几|[+＋±~～≈≥≤<>＜＞￥¥$€£#＃]|[-－−–]|人民币|美元|RMB|CNY|USD)[\\s）)”]*$"
)
_ZH_BEFORE_WORDS: Final = re.compile(
    "(?:最近|附近|临近|预约|公约|节约|合约|条约|履约|违约|签约|契约|靠近|就近|邻近|条数|件数|总数|个数|人数|次数|户数|天数|份数|家数|宗数|起数|例数|数量"
    "|[\u4e00-\u9fff]数|反超|赶超)\\s*$"
)
# zh, directly after.
_ZH_SCALE: Final = re.compile(
    "\\s*(?:[万亿兆]|[千百](?![瓦姓货强分])|[十百千万亿]+[余多]?|余(?!下|热|额|地|姚|杭)|多(?!部门|元|方|层|功|样|种|次|家|个|维|项|点)|来(?=[万亿千百个件家人次])"
    "|左右|上下|(?:及|或)?以上|(?:及|或)?以下|以内|之内|之多|有余|开外|不等|强(?=[，。；、]|$)|[%％‰﹪+＋×xX*]|个?百分点|倍|成(?=[，。；、以的]|$)|元|美元|人民币|块钱|个点)"
)
_ZH_UNIT: Final = re.compile(
    "\\s*(?:人次|家次|户次|件次|批次|场次|台次|轮次|车次|辆次|厂次|企次|个工作日|工作日|个小时|小时|分钟|个月|平方公里|平方米|立方米|公里|千米|公顷"
    "|吨|公斤|千克|千瓦时|千瓦|毫克|微克|[μµ]g|mg|km|kg|件(?!数)|宗(?!旨|教)|起(?![草诉点源来始到步伏因])|例(?![会外行如])|项(?!目)|个(?![人体性案别税])"
    "|份(?!额)|条(?![例款文目件])|次(?![数序日生干支])|场(?![所景地馆次])|期(?![间限满])|家(?![庭长具政访属])|户(?![外籍主])|人(?![行大民员才力口物均群工类士事们])"
    "|名(?![录称单牌额列义])|位(?![于列置居])|批(?![准复评])|台(?![账阶风])|辆|套|处(?![罚理置室长分级])|座(?!谈)|所(?![有属需在])|栋|间(?![接隔])|篇(?!幅)"
    "|本(?![科领土市区县级省年月局地院行部])|册|幅(?!度)|块|支(?![路管流持付撑队])|轮(?![换子])|稿|部(?![门分署委队])|枚|张|只(?![有要能是减增])|头(?!部)|棵|株|艘|架(?!构)"
    "|趟|节(?![约能点])|亩|度(?=[，。；、]|$)|天(?![然气津使])|日(?=[，。；、内]|$)|年(?=[，。；、内以]|$))"
)
_OWN_TRAILS: Final = frozenset("余 多 强 左右 上下 以上 以下 及以上 以内 之多 不等".split())
# en, directly before.
_EN_BEFORE: Final = re.compile(
    r"(?:\b(?:about|around|approximately|approx\.?|roughly|circa|ca\.|some|nearly|almost|close to|well over|just over|"
    r"over|more than|greater than|above|exceed(?:ed|ing|s)?|surpass(?:ed|ing|es)?|topp(?:ed|ing)|in excess of"
    r"|upwards of|north of|at least|"
    r"at most|at minimum|a minimum of|a maximum of|minimum of|maximum of|up to|no more than|no less than"
    r"|not less than|not more than|no fewer than|"
    r"not fewer than|fewer than|less than|lower than|under|below|just under|short of|as many as|as much as|as few as|"
    r"top|no\.|cny|rmb|usd|hkd|eur|yuan|renminbi|dollars?|us\$|hk\$|minus)|[¥￥$€£#~≈±<>≤≥＋]|(?<!\w)[+\-−–]|(?<=\w)[+±])[\s)”]*$"
)
_EN_BEFORE_WORDS: Final = re.compile(
    r"\b(?:(?:supervision|control|jurisdiction|oversight|authority|watch|power|presided|presiding|handed|taken|took"
    r"|taking|hand|handing|turned|went|carried|spread) over|(?:placed|brought|filed|listed|included|put|falling|fall"
    r"|enterprises|handled) under|the number)\s*$"
)
# en, directly after.
_EN_SCALE: Final = re.compile(
    r"\s*[-‐‑]?\s*(?:(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore)s?\b|(?:mln|bn|mn|tn|[mk])\b"
    r"|yuan\b|renminbi\b|cny\b|rmb\b|"
    r"usd\b|dollars?\b|[%‰％+×*°]|per\s?cent\b|percent(?:age)?\b(?!\s+points?\b)|percentage points?\b|pp\b|pct\b"
    r"|fold\b|odd\b|plus\b|or (?:more|so|less|fewer|above|over|"
    r"thereabouts)\b|and (?:more|above|over|counting|up)\b|or (?:higher|lower)\b|at (?:least|most|minimum)\b|some\b"
    r"|ish\b)|(?:st|nd|rd|th)\b|\s*[x]\b(?!\s*\ue000)|-[a-z]"
)
# Units that are ordinary words as well are left to _EN_VISITS or to the reader: second-instance, runs, year on year.
_ORDINARY: Final = frozenset(
    "run runs second year month week day quarter quarters hour minute minutes point points time times li tenth "
    "voyage voyages sortie".split()
)
_MEASURES: Final = frozenset(
    word
    for unit in UNITS.values()
    for word in (unit.one.strip().lower(), unit.many.strip().lower())
    if len(word) > 1 and word not in _ORDINARY
)
_EN_MEASURE: Final = re.compile(
    r"[\s-]+(?:"
    + "|".join(re.escape(w) for w in sorted(_MEASURES, key=len, reverse=True))
    + r"|square (?:met|kilomet)(?:er|re)s?"
    r"|cubic met(?:er|re)s?|micrograms?|milligrams?|kilomet(?:er|re)s?|kilograms?|tons?|met(?:er|re)s)(?![\w/])"
)
_EN_VISITS: Final = re.compile(
    r"[\s-]+(?:person[- ]visits?|visits?|times|trips?|days?|hours?|months?|years?|points?)\b(?![- ]on[- ])"
)
_RANGE: Final = re.compile(r"^\s*(?:-|–|—|~|～|至|到|to|and)\s*$")


def beside_faults(lang: Lang, marked: Marked, context: Context) -> Iterator[Fault]:
    """Everything beside the references of a text that belongs to a figure."""
    chinese = lang == "zh"
    text = plain(marked.masked) if chinese else lower(plain(marked.masked))
    for i, reference in enumerate(marked.references):
        quantity = context.quantities.get(reference.id)
        if quantity is None:
            continue
        before = text[max(0, reference.start - _NEAR) : reference.start]
        after = text[reference.end : reference.end + _NEAR]
        if _joins_range(marked, i, context, -1):
            before = ""
        if _joins_range(marked, i, context, 1):
            after = ""
        judge = _zh_faults if chinese else _en_faults
        yield from judge(marked, reference, quantity, before, after, context)


def _joins_range(marked: Marked, i: int, context: Context, step: int) -> bool:
    """Whether a reference and its neighbour are the two ends of one range of the report: [3]至[4]."""
    if not 0 <= i + step < len(marked.references):
        return False
    one, other = sorted((marked.references[i], marked.references[i + step]), key=lambda r: r.start)
    low, high = context.quantities.get(one.id), context.quantities.get(other.id)
    return (
        low is not None
        and high is not None
        and low.bound is Bound.LOW
        and high.bound is Bound.HIGH
        and low.start == high.start
        and bool(_RANGE.match(marked.text[one.end : other.start]))
    )


def _zh_faults(
    marked: Marked, reference: Reference, quantity: Quantity, before: str, after: str, context: Context
) -> Iterator[Fault]:
    shown = display(quantity, context.text).zh or ""
    lead, trail = qualifiers_of(shown)
    match = _ZH_BEFORE.search(before)
    # A qualifier that the report itself puts there is shown once: filling takes the doubled one away.
    own = match is not None and context.text.endswith(match[0].strip(), 0, quantity.start)
    if match and not own and not _ZH_BEFORE_WORDS.search(before) and not (lead and before.endswith(lead)):
        yield _fault("zh", marked, Span(reference.start - len(match[0]), reference.end), reference.id, shown, match[0])
    if trail and after.startswith(trail):
        return
    found = _ZH_SCALE.match(after) or _ZH_UNIT.match(after)
    if found and not after.startswith("级", found.end()) and not _is_own(found[0].strip(), quantity, context):
        yield _fault("zh", marked, Span(reference.start, reference.end + found.end()), reference.id, shown, found[0])


def _is_own(word: str, quantity: Quantity, context: Context) -> bool:
    """Whether the report has this very qualifier behind the figure, outside of what the display repeats: 翻了一番多."""
    return word in _OWN_TRAILS and context.text.startswith(word, quantity.end)


def _en_faults(
    marked: Marked, reference: Reference, quantity: Quantity, before: str, after: str, context: Context
) -> Iterator[Fault]:
    shown = display(quantity, context.text).en or ""
    match = _EN_BEFORE.search(before)
    if match and not _EN_BEFORE_WORDS.search(before):
        yield _fault("en", marked, Span(reference.start - len(match[0]), reference.end), reference.id, shown, match[0])
    found = _EN_SCALE.match(after) or _EN_MEASURE.match(after)
    if found is None and (visits := _EN_VISITS.match(after)) and not _is_noun(quantity, visits[0].strip(" -")):
        found = visits
    if found:
        yield _fault("en", marked, Span(reference.start, reference.end + found.end()), reference.id, shown, found[0])


def _is_noun(quantity: Quantity, word: str) -> bool:
    """Whether `times`, `visits`, `days` after a reference is the noun of a plain count: inspected [3] times."""
    if quantity.kind is Kind.RANK or quantity.unit in UNITS:
        return False
    return word.startswith(("time", "visit", "trip", "point", "person"))


def _fault(lang: Lang, marked: Marked, span: Span, n: int, shown: str, word: str) -> Fault:
    return Fault(
        FaultCode.BESIDE_REFERENCE,
        lang,
        *span,
        f"{marked.text[span.start : span.end]!r}: leave out {word.strip()!r}, since [{n}] will read {shown!r}",
        f"{word.strip()!r} is written by the model beside the figure {shown!r}",
    )

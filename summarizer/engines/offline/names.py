"""English names of issuing bodies and report titles."""

import re

from summarizer.document import Masthead
from summarizer.engines.offline.translation import Translator
from summarizer.english import capitalize
from summarizer.glossary import Glossary
from summarizer.patterns import pattern

_PLACE = pattern(
    r"([\u4e00-\u9fff]{2,8}?(?:壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|自治县|自治旗|特别行政区|省|市|地区|盟|州|新区|区|县|旗|镇|乡|街道))"
)
_KIND = (
    ("壮族自治区", "Zhuang Autonomous Region"), ("回族自治区", "Hui Autonomous Region"),
    ("维吾尔自治区", "Uygur Autonomous Region"), ("自治区", "Autonomous Region"), ("自治州", "Autonomous Prefecture"),
    ("自治县", "Autonomous County"), ("自治旗", "Autonomous Banner"), ("特别行政区", "Special Administrative Region"),
    ("省", "Province"), ("新区", "New Area"), ("地区", "Prefecture"), ("盟", "League"), ("州", "Prefecture"),
    ("区", "District"), ("县", "County"), ("旗", "Banner"), ("镇", "Town"), ("乡", "Township"), ("街道", "Subdistrict"),
)  # fmt: skip
_MUNICIPALITIES = {"北京市": "Beijing", "上海市": "Shanghai", "天津市": "Tianjin", "重庆市": "Chongqing"}
_DEPARTMENTS = pattern(r"厅$")
_BRANCH = pattern(r"^(?P<organ>.+?(?:局|厅|委员会|委))(?P<name>[\u4e00-\u9fff]{2,8})分局$")


def issuer(zh: str, glossary: Glossary, translator: Translator) -> str:
    """`重庆市荣昌区生态环境局` -> `Ecology and Environment Bureau of Rongchang District, Chongqing`."""
    settled = glossary.get(zh)
    if settled and settled.pos == "np":
        return settled.en
    branch = _BRANCH.match(zh)
    if branch:
        above = issuer(branch["organ"], glossary, translator)
        return f"{place(branch['name'], glossary, translator)} Branch of the {above}"
    places, rest = [], zh
    while True:
        match = _PLACE.match(rest)
        # 区生态环境局 has no place of its own; 市场监督管理局 begins with 市 but not with a city.
        if not match or len(match[0]) == len(rest) or rest.startswith("市场"):
            break
        places.append(match[0])
        rest = rest[match.end() :]
    organ = _organ(rest, glossary, translator)
    if not places:
        return organ
    return f"{organ} of {', '.join(place(p, glossary, translator) for p in reversed(places))}"


def place(zh: str, glossary: Glossary, translator: Translator) -> str:
    """`荣昌区` -> `Rongchang District`; cities go without `City`."""
    if zh in _MUNICIPALITIES:
        return _MUNICIPALITIES[zh]
    settled = glossary.get(zh)
    if settled and settled.pos == "np":
        return settled.en
    for ending, english in _KIND:
        if zh.endswith(ending) and len(zh) - len(ending) >= 1:
            stem = zh[: -len(ending)]
            # A one-character name keeps its kind in Chinese: 郏县 is Jia County, not Jiaxian.
            return f"{translator.spell(stem)} {english}"
    if zh.endswith("市") and len(zh) > 2:
        return translator.spell(zh[:-1])
    return translator.spell(zh)


def _organ(zh: str, glossary: Glossary, translator: Translator) -> str:
    settled = glossary.get(zh)
    if settled:
        text = settled.en
    elif zh.endswith("厅") and (bureau := glossary.get(zh[:-1] + "局")):
        text = re.sub(r"^(.*) [Bb]ureau$", r"Department of \1", bureau.en)
    else:
        text = translator.noun_phrase(glossary.segment(zh))
    return " ".join(w if w in ("and", "of", "the", "for") else w[:1].upper() + w[1:] for w in text.split(" "))


def titled(text: str) -> str:
    """Capitals as in a title: `building a law-based government` -> `Building a Law-based Government`."""
    words = text.split(" ")
    return " ".join(w if i and w in _SMALL else capitalize(w) for i, w in enumerate(words))


_SMALL = frozenset("a an the of in on for to and or with by at from into over".split())
_TITLE = pattern(
    r"^(?P<issuer>[\u4e00-\u9fff（）()]*?)(?:关于)?(?P<year>(?:19|20)\d\d)\s*年(?:度)?(?P<about>.*?)(?:的)?(?:工作)?(?P<genre>年度报告|情况报告|情况的报告|工作报告|报告|工作总结|总结|情况|公报|统计公报|要点)$"
)
_GENRE = {
    "年度报告": "Annual Report on", "情况报告": "Report on", "情况的报告": "Report on", "工作报告": "Work Report on",
    "报告": "Report on", "工作总结": "Work Summary on", "总结": "Summary of", "情况": "Account of",
    "公报": "Bulletin on",
    "统计公报": "Statistical Bulletin on", "要点": "Key Points of",
}  # fmt: skip


def title(masthead: Masthead, glossary: Glossary, translator: Translator) -> str:
    """English of the report's title, "" when it has none.

    `…关于2023年法治政府建设情况的报告` -> `Report on Building a Law-based Government in 2023`
    """
    if not masthead.title:
        return ""
    zh = re.sub(r"\s+", "", masthead.title)
    match = _TITLE.match(zh)
    if not match:
        return titled(translator.heading(zh))
    about = match["about"].removesuffix("情况").removesuffix("工作").removesuffix("的").strip()
    subject = translator.heading(about) if about else ""
    genre = _GENRE[match["genre"]]
    if not subject:
        genre = genre.rpartition(" ")[0]
    return f"{genre} {titled(subject)} in {match['year']}".replace("  ", " ")

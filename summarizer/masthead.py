"""What a report says about itself: title, issuing body, the year it is about, date of issue.

Only the text is evidence, never the file name. Each fact has its sources in order of trust, and the first that speaks
decides: for the issuing body the signature, 我代表…人民政府, the title, the metadata table, the opening sentence.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from summarizer.document import Document, Masthead, Section

_HAN = r"\u4e00-\u9fff"
# What the name of a public body ends in, longer ends first.
_BODY_END = (
    r"(?:人民政府办公[厅室]|人民政府|管理委员会|常务委员会|委员会办公室|委员会|管委会|领导小组办公室|街道办事处|办事处|人民法院|人民检察院|国务院办公厅|国务院"
    r"|派出所|总局|分局|支局|总队|支队|大队|研究院|监测站|监测中心|服务中心|指挥中心|税务局|办公[厅室]|政府|党委|市委|区委|县委|省委|卫健委|发改委|国资委|住建委"
    r"|局|厅|署|院|部|委|海关|中心|公司|集团|大学|学院|协会|总站|中队|站|处|所|科|办)"
)
_ORGANISATION = rf"[{_HAN}（）()·、]{{1,28}}?{_BODY_END}(?:[{_HAN}]{{2,12}}(?:分局|支队|大队|分中心))?"
_DATE = r"(?P<y>(?:19|20)[0-9]{2})\s?[-/.年]\s?(?P<m>[0-9]{1,2})\s?[-/.月]\s?(?P<d>[0-9]{1,2})\s?日?"
_DIGITS = "〇一二三四五六七八九"
_HAN_DATE = (
    r"(?P<hy>[二一][〇○零ＯO0一二三四五六七八九]{3})\s?年\s?(?P<hm>[一二三四五六七八九十元正]{1,3})\s?月\s?(?P<hd>[一二三四五六七八九十]{1,3})\s?日"
)
_SIGN_DATE = rf"(?:{_DATE.replace('[-/.年]', '年').replace('[-/.月]', '月').replace('日?', '日')}|{_HAN_DATE})"
_BLANK = r"[ \t\u3000\u00a0\u2002\u2003|]"
_DATE_LINE = re.compile(rf"^{_BLANK}*[（(]?{_SIGN_DATE}[)）]?{_BLANK}*$", re.MULTILINE)
_DATE_END = re.compile(rf"[\s。！）)|](?:(?P<org>{_ORGANISATION})\s{{1,8}})?[（(]?{_SIGN_DATE}[)）]?\s*$")
_ORG_LINE = re.compile(rf"(?:[（(]?(?:公章|盖章|印章|此件公开发布)[)）]?)?({_ORGANISATION})(?:[（(](?:公章|盖章|印章|章)[)）])?$")
_SIGNATURE_TAIL = 6  # a signature without a date stands in the last lines of the body


def identify(document: Document, sections: Sequence[Section]) -> Masthead:
    """Read the masthead of a report; what the report does not say is None. Never raises."""
    signer, signed = _signature(document)
    if signed is None:
        signer, signed = signer or _head_signer(document), _head_date(document)
    title = _title(document)
    issuer = _issuer(document, signer, title)
    issued = signed or _metadata_date(document, _WRITTEN) or _metadata_date(document, _POSTED) or _posting_date(document)
    year = _year(document, sections, title, issued)
    return Masthead(title, issuer, year, issued.isoformat() if issued else None)


# --- signature --------------------------------------------------------------------------------------------------


def _signature(document: Document) -> tuple[str | None, date | None]:
    """Issuing body and date under the report (成文日期), each None where missing."""
    text, body = document.text, document.body
    found = None
    for match in _DATE_LINE.finditer(text, body.start + (body.end - body.start) // 2, body.end):
        found = match
    if found:
        return _org_above(text, body.start, found.start()), _to_date(found)
    tail_start = max(body.start, body.end - 120)
    match_end = _DATE_END.search(text[tail_start : body.end])
    if match_end:
        return match_end["org"], _to_date(match_end)
    lines = [line.strip(" \t\u3000\u00a0|") for line in text[tail_start : body.end].splitlines()]
    for line in reversed([line for line in lines[1:] if line][-_SIGNATURE_TAIL:]):
        match = _ORG_LINE.match(line)
        if match and len(line) >= 4:
            return match[1], None
    return None, None


def _head_signer(document: Document) -> str | None:
    """The bureau named under the title, as statistical bulletins do."""
    for stretch in _furniture(document, "byline"):
        for line in stretch.splitlines():
            match = _ORG_LINE.match(re.split(r"[\s\u3000]+", line.strip())[0])
            if match:
                return match[1]
    return None


def _head_date(document: Document) -> date | None:
    """A date in official form on a line of its own under the title; a posting date has a label or hyphens."""
    for stretch in _furniture(document, "byline", "posting"):
        match = _DATE_LINE.search(stretch)
        if match:
            return _to_date(match)
    return None


def _org_above(text: str, start: int, end: int) -> str | None:
    """The name right above a date line."""
    lines = [line.strip(" \t\u3000\u00a0|") for line in text[max(start, end - 120) : end].splitlines()]
    lines = [line for line in lines if line]
    match = _ORG_LINE.match(re.sub(r"\s+", "", lines[-1])) if lines else None
    return match[1] if match else None


def _to_date(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    try:
        if groups["y"]:
            return date(int(groups["y"]), int(groups["m"]), int(groups["d"]))
        if groups.get("hy"):
            year = int("".join(str(max(0, _DIGITS.find(char))) for char in groups["hy"]))
            return date(year, _small(groups["hm"]), _small(groups["hd"]))
    except ValueError:  # 2月30日
        return None
    return None


def _small(numeral: str) -> int:
    """Read 一 to 三十一, 元 and 正 as 1."""
    numeral = numeral.replace("元", "一").replace("正", "一")
    tens, ten, ones = numeral.rpartition("十")
    value = max(0, _DIGITS.find(ones)) if ones else 0
    return value + (10 * (max(1, _DIGITS.find(tens)) if tens else 1) if ten else 0)


# --- metadata table and posting line ----------------------------------------------------------------------------

_WRITTEN = r"成文(?:日期|时间)|生成日期|印发日期|发文(?:日期|时间)"
_POSTED = r"发布(?:日期|时间)|公开(?:日期|时间)|发表(?:日期|时间)|发稿时间|更新(?:日期|时间)|日期|时间"
_POSTER = r"发布(?:机构|单位|机关)|发文(?:机关|机构|单位)|公开(?:主体|责任部门)|制发机关|责任部门"
_NAMED = r"信息名称|名\s*称|标\s*题|题\s*名"


def _furniture(document: Document, *reasons: str) -> Iterator[str]:
    for removed in document.removed:
        if removed.reason in reasons:
            yield document.text[removed.start : removed.end]


def _field(document: Document, names: str, value: str) -> re.Match[str] | None:
    """First field of the metadata table with one of these names: `发布机构: X` or `[ 发布机构 ]` above `X`."""
    pattern = re.compile(rf"(?:{names})\s*[\]】〕]?\s*[:：]?[\s•·|*]*{value}")
    for stretch in _furniture(document, "metadata", "posting", "navigation", "footer", "credits"):
        match = pattern.search(stretch)
        if match:
            return match
    return None


def _metadata_date(document: Document, names: str) -> date | None:
    match = _field(document, names, _DATE)
    return _to_date(match) if match else None


def _posting_date(document: Document) -> date | None:
    for stretch in _furniture(document, "posting"):
        match = re.search(_DATE, stretch)
        if match:
            return _to_date(match)
    return None


# --- title ------------------------------------------------------------------------------------------------------

_RUN_IN_TITLE = re.compile(rf"[{_HAN}0-9 （）()“”《》、—-]{{6,60}}?(?:报告|总结|情况|公报|年报|汇报)(?=[ \t\u3000\u00a0]+\S)")
_SITE_SUFFIX = re.compile(r"\s*[-_|—]+\s*[^-_|—]{2,30}(?:网|门户网站|局|政府|厅)\s*$")


def _title(document: Document) -> str | None:
    titles = list(_furniture(document, "title"))
    if titles:
        return _joined(titles[-1])
    named = _field(document, _NAMED, r"(?P<value>[^\r\n|\t]{4,80})")
    if named:
        return _joined(named["value"])
    match = _RUN_IN_TITLE.match(document.text, document.body.start, document.body.end)
    return _joined(match[0]) if match else None


def _joined(title: str) -> str:
    """Undo line breaks and letter-spacing inside a title: 关于 / 2023年 … is one line, 工 作 报 告 one word."""
    title = _SITE_SUFFIX.sub("", title.strip())
    title = re.sub(r"[\s\u200b\ufeff|]+", " ", title).strip()
    return re.sub(rf"(?<=[{_HAN}0-9”》）]) (?=[{_HAN}0-9“《（])", "", title)


# --- issuing body -----------------------------------------------------------------------------------------------

_ON_BEHALF = re.compile(rf"代表(?P<org>国务院|[{_HAN}]{{1,24}}?(?:人民政府|政府|管委会|管理委员会|常务委员会|常委会|人民法院|人民检察院|法院|检察院)(?:筹备组)?)")
_TITLE_ISSUER = re.compile(rf"(?P<org>{_ORGANISATION})(?=关于|[0-9二“]|法治|政府信息|工作|年度|推进|贯彻|落实|执法|依法|$)")
_OPENING = re.compile(rf"(?:^|[，,。：:\s])(?P<org>[{_HAN}]{{2,28}}?{_BODY_END}(?:[{_HAN}]{{2,8}}分局)?)(?=坚持|以|深入|认真|全面|紧紧|始终|严格|高度|切实|积极|在|按照|根据|围绕|党组)")
_GENERIC = re.compile(r"(?:[省市区县州盟旗](?!场)|自治[区州县]|新区)")
_SURE = 5  # a region named this often is the one the report is about
_LONGEST_REGION = 5
_PROVINCES = {
    "省": tuple(
        "河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海".split()
    ),
    "自治区": tuple("内蒙古 广西壮族 西藏 宁夏回族 新疆维吾尔".split()),
}
_REGION_END = "省市区县州盟旗"
# 加快区域协调, 通过市人大: what follows a level that stands without its name
_AFTER_BARE_LEVEL = "(?:域|级|场|民|直|委|人大|人民|政府|政协|属|司法|内|外|间|位|别|长|际|情|划|分|块|容|领导|工业|商|区|县|局)"
_COMMON_WORD = re.compile(r"[全我各本该每跨外一两三的个省市区县盟旗和与在为]|推[动进]|建[成设]|打造|新型|工业|示范|强")
_NO_REGION = re.compile(
    r"(?:城|片|园|社|地|湾|特|辖|校|景|街|新|郊|小|库|专|分|灾|厂|禁|先行|示范|试验|合作|开发|保护|功能|中心|自治|高新|核心|保税|启动|院|之|住宅|半岛|商务|集聚|测试|主力|管控|防范|办公|生活|产业|运营|排放|水源|居民)区"
    r"|(?:都|城|超|门|上|集|股|楼|入|夜|闹|菜|大|中等)市|(?:节|外|大)省|(?:属|郡|强)县"
)
_OPENING_CHARACTERS = 700


def _issuer(document: Document, signer: str | None, title: str | None) -> str | None:
    opening = document.text[document.body.start : min(document.body.end, document.body.start + _OPENING_CHARACTERS)]
    name = signer or _on_behalf(opening) or _from_title(title) or _from_metadata(document) or _from_opening(opening)
    if not name or name in ("我局", "本局"):
        return None
    return _with_region(document.text, re.sub(r"\s+", "", name))


def _on_behalf(opening: str) -> str | None:
    match = _ON_BEHALF.search(opening)
    return match["org"] if match else None


def _from_title(title: str | None) -> str | None:
    match = _TITLE_ISSUER.match(title) if title else None
    return match["org"] if match and len(match["org"]) >= 3 else None


def _from_metadata(document: Document) -> str | None:
    match = _field(document, _POSTER, rf"(?P<value>{_ORGANISATION})(?=[\s|]|$)")
    return match["value"] if match else None


def _from_opening(opening: str) -> str | None:
    for match in _OPENING.finditer(opening):
        if not re.search(r"领导|在|党组|委|上级", match["org"]):
            return match["org"]
    return None


def _with_region(text: str, name: str) -> str:
    """Complete a name with its region where the report gives it: 市生态环境局 -> 杭州市生态环境局."""
    generic = _GENERIC.match(name)
    if generic:
        region = _region(text, generic[0])
        name = region + name if region else name
    district = re.match(rf"([{_HAN}]{{2,5}}?(?:新区|区|县|旗))(?=[{_HAN}])", name)
    if district and district[1][-1] in "区旗" and not re.match(rf"[{_HAN}]{{2,6}}[省市州盟][{_HAN}]", name):
        above = Counter(re.findall(rf"(?<![{_HAN}])([{_HAN}]{{2,4}}[市州盟])(?={re.escape(district[1])})", text))
        if above:
            return above.most_common(1)[0][0] + name
    return name


def _region(text: str, level: str) -> str | None:
    """The region of a level (区, 市 ...) that a report speaks of, without the level: 杭州 for 市; None if unsure.

    The most frequent two characters before the level that are no common word, lengthened to the left as long as the
    same character stands there (石 before 景山区). Provinces are known by name.
    """
    if level in ("省", "自治区"):
        name = max(_PROVINCES[level], key=text.count)
        return name if text.count(name) >= _SURE else None
    found = re.findall(rf"(?=([{_HAN}]{{2}}){level}(?!{_AFTER_BARE_LEVEL}))", text)
    names = Counter(n for n in found if not _COMMON_WORD.search(n) and (level == "新区" or not _NO_REGION.search(n + level)))
    if not names:
        return None
    best = max(names, key=lambda n: names[n] * text.count(n))
    if text.count(best) < _SURE or not re.search(rf"(?:^|[^{_HAN}]|[省市州盟]){best}{level}", text):
        return None
    while len(best) < _LONGEST_REGION and names[best[-2:]] >= _SURE:
        before = Counter(re.findall(rf"([{_HAN}])(?={best}{level})", text))
        char, count = before.most_common(1)[0] if before else ("", 0)
        if not char or char in _REGION_END or count < 0.8 * names[best[-2:]]:
            break
        best = char + best
    return best


# --- year -------------------------------------------------------------------------------------------------------

_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s?年")
_HAN_YEAR = re.compile(r"([二一][〇○零ＯO0一二三四五六七八九]{3})\s?年")
_ABOUT = re.compile(r"((?:19|20)[0-9]{2})\s?年度?(?:以来)?[^。，,；\r\n]{0,16}(?:工作|法治|情况|总结|报告|年报)")
_PLAN = re.compile(r"安排|打算|计划|思路|下一?步|任务|目标|展望|重点工作|建议|今后")
_FIRST_MONTHS = 3  # a report issued up to March is about the year before


def _year(document: Document, sections: Sequence[Section], title: str | None, issued: date | None) -> int | None:
    """The year a report is about; a government work report is about the year it looks back on."""
    text, body = document.text, document.body
    opening = text[body.start : min(body.end, body.start + _OPENING_CHARACTERS)]
    speech = _ON_BEHALF.search(opening) is not None or (title is not None and "政府工作报告" in title)
    titled = _years(title) if title else []
    if titled and not speech:
        return titled[0]
    reviewed = _reviewed(sections)
    if reviewed:
        return reviewed
    if titled:
        return titled[0] - 1
    about = _ABOUT.search(opening) or _YEAR.search(opening)
    if about and not speech:
        return int(about[1])
    return _most_frequent_year(text[body.start : body.end], issued)


def _years(title: str) -> list[int]:
    """Years of a title, in order: 2023年, 二〇二三年."""
    found = [int(year) for year in _YEAR.findall(title)]
    found += [int("".join(str(max(0, _DIGITS.find(c))) for c in year)) for year in _HAN_YEAR.findall(title)]
    return found


def _reviewed(sections: Sequence[Section]) -> int | None:
    """Year of the first outer heading that looks back (一、2023年工作回顾)."""
    for section in sections:
        if section.level <= 2 and not _PLAN.search(section.title):
            years = _years(section.title)
            if years:
                return max(years)
    return None


def _most_frequent_year(body: str, issued: date | None) -> int | None:
    if issued:
        return issued.year - 1 if issued.month <= _FIRST_MONTHS else issued.year
    years = Counter(_YEAR.findall(body))
    return int(years.most_common(1)[0][0]) if years else None

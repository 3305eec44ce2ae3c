"""What a line of the report itself looks like: prose, heading, addressee, title, signature."""

from summarizer.patterns import pattern
from summarizer.reading.line_kinds import COMMA, DATE, STOP, kind

_HEADING = pattern(
    r"[#*\s]*(?:第[一二三四五六七八九十]{1,3}(?:[章节编篇]|部分)|[一二三四五六七八九十]{1,3}[、．.]|[（(〈][一二三四五六七八九十]{1,3}[)）〉]"
    r"|[0-9]{1,2}[、．.﹒](?![0-9])\s*[\u4e00-\u9fff《“]|[一二三四五六七八九十]是|——)"
)
_ADDRESSEE = pattern(
    r"(?:各位(?:人大)?代表|各位(?:委员|领导|同志)|同志们|主任、各位副主任|尊敬的).{0,20}[:：!！,，]?$"
    r"|(?:[\u4e00-\u9fff]{0,12}(?:委|政府|人大常委会|人民政府|办公室|厅|局|院|部|办|委员会|领导小组|各单位|代表大会|常务委员会)"
    r"[、，,\s]*(?:并报)?){1,6}[:：]?$"
)
_TITLE = pattern(
    r"(?:报\s?告|总\s?结|情\s?况|公\s?报|年\s?报|通\s?报|汇\s?报|要\s?点|工\s?作\s?计\s?划|白皮书|简\s?报|通\s?知|公\s?告|清\s?单|述\s?职|思路|打算|纲要|意见|方案"
    r"|总结及.{0,12}(?:计划|打算|安排))(?:\s*[（(〔【].{1,40}[)）〕】])?[”》]?\s*(?:\[[0-9]\]|[①*＊])?$"
)
_BUREAU = (
    r"(?:[\u4e00-\u9fff（）()]{2,30}(?:局|厅|委员会|人民政府|管委会|办公室|院|分局|总队|支队|调查队)\s*){1,3}(?:关于)?"
)
_TITLE_PART = pattern(
    rf".{{0,30}}(?:19|20)[0-9]{{2}}\s?年(?:度)?.{{0,30}}|关于.{{2,40}}|{_BUREAU}|[—–-]{{2}}.{{4,60}}|[（(].{{4,60}}[)）]"
)
_SPEAKER = r".{0,30}(?:市长|区长|县长|省长|主任|局长|总理|州长|盟长|主席|镇长|乡长)\s{0,4}[\u4e00-\u9fff·\s]{2,8}$"
_OFFICE = r".{2,24}(?:局局|厅厅|院院|检察院检察|署署)长$|.{2,24}(?:委员会|办公室|委)主任$"
_BY_LINE = pattern(rf"[（(]?\s*{DATE}.{{0,60}}[)）]?$|{_SPEAKER}|{_OFFICE}")
_SIGNED_DATE = pattern(
    r"(?:.{2,40}\s)?[（(]?(?:(?:19|20)[0-9]{2}\s?年\s?[0-9]{1,2}\s?月\s?[0-9]{1,2}\s?日"
    r"|[二一][〇○零ＯO0一二三四五六七八九十]{3}\s?年\s?[一二三四五六七八九十元正]{1,3}\s?月\s?[一二三四五六七八九十]{1,3}\s?日)[)）]?$"
)
_OCCASION = pattern(rf"[—–-]{{2}}\s*{DATE}.{{0,60}}$")
_LONGEST_TITLE = 80
_LONGEST_ADDRESSEE = 60
_SHORTEST_PROSE = 25


def is_prose(line: str) -> bool:
    """A sentence of the report: long, with its comma and its stop, and no field of a metadata table."""
    if len(line) < _SHORTEST_PROSE or kind(line):
        return False
    return (STOP.search(line) is not None or len(line) >= 60) and COMMA.search(line) is not None


def is_report_line(line: str) -> bool:
    """A line that only a report has: a whole sentence, or a long one."""
    if kind(line):
        return False
    return (STOP.search(line) is not None and len(line) >= 8) or (len(line) >= 40 and COMMA.search(line) is not None)


def is_heading(line: str) -> bool:
    """A line that begins with a heading marker; ——2023年8月29日在…会议上 is the occasion under a title."""
    return _HEADING.match(line) is not None and _OCCASION.match(line) is None


def leads_in(line: str) -> bool:
    """A line right above prose that belongs to the report: heading, addressee (主送机关), salutation."""
    if kind(line):
        return False
    if is_heading(line):
        return True
    return len(line) <= _LONGEST_ADDRESSEE and _ADDRESSEE.match(line) is not None and not _TITLE.search(line)


def is_signed_date(line: str) -> bool:
    """A date in official form, alone or after the name of a body: 2024年1月4日."""
    return _SIGNED_DATE.match(line) is not None


def title_kind(line: str, above: list[str], below: list[str]) -> str | None:
    """`title` for a line of the title, `byline` for what stands around it: speaker, occasion, bureau; else None.

    `above` and `below` are the neighbouring lines, the nearest last and first.
    """
    if len(line) > _LONGEST_TITLE or is_heading(line):  # 一、工作情况 ends as titles do
        return None
    if _TITLE.search(line) and (len(line) >= 6 or (above and _TITLE_PART.fullmatch(above[-1]))):
        return "title"  # or the end of one: 道县文广新局2013年度信息公开工作 / 年度报告
    if not any(_TITLE.search(other) for other in above + below):
        return None
    if _TITLE_PART.fullmatch(line):
        follows = bool(below) and _TITLE.search(below[0]) is not None
        return "title" if follows and line[0] not in "（(—–-" else "byline"
    return "byline" if _BY_LINE.match(line) else None

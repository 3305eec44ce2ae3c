"""Web-page furniture around a report: told apart by line, from the top down and from the bottom up.

A saved page is navigation, a metadata table, the title, a posting line, the report, then credits and a footer. The
report proper runs from its first line of prose (or its addressee) to its signature and date. What lies outside is
listed as `Removed`, nothing is cut out of the text. When in doubt a line stays in the body: furniture kept costs a
reader a second, a paragraph lost costs the report.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.document import Removed, Span


@dataclass(frozen=True, slots=True)
class Stripped:
    """A page taken apart.

    Attributes:
        body: the report proper, without blanks and table bars at its ends.
        removed: the furniture outside and inside it, in order, not overlapping.
        prose: whether there is any running text; a menu or a list of links has none.
    """

    body: Span
    removed: tuple[Removed, ...]
    prose: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: [start, end) without blanks and table bars at its ends; `text` is that stretch."""

    start: int
    end: int
    text: str


_TRIM = " \t|\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\x0c"
_LINES = re.compile(r"[^\r\n\x0b\x85\u2028\u2029]+")
_ONLY_BARS = re.compile(r"[|+\-=_\s\u3000\u00a0]*[|][|+\-=_\s\u3000\u00a0]*")

# --- what a line of furniture looks like, by kind; each pattern must account for the line's beginning ------------

_NAVIGATION = re.compile(
    r"(?:您?(?:现在|目前)?(?:的)?(?:当前)?(?:所在)?位置(?:是)?[:：\s]|当前位置|所在位置|您的位置|您现在的位置)"
    r"|>{1,2}|首页(?:$|[\s>|/·-])|网站首页|返回(?:首页|顶部|上一页|列表|手机版)"
    r"|(?:无障碍|长者(?:助手|模式|版)|适老化|繁体|简体|English|登录|注册|个人中心|网站地图|高级搜索|站内搜索|搜索位置|我的收藏)"
    r"|(?:设为首页|加入收藏)|\S{1,12}(?:\s*(?:>|»|›|＞|→)\s*\S{1,24}){1,}"
)
_META_FIELD = (
    r"(?:索\s*引?\s*号(?:码)?|信息(?:索引号|名称|分类|公开类别|来源|类别)?|发文(?:字号|文号|机关|单位|日期|时间)|文\s*号|文件编号"
    r"|公文种类|主题(?:分类|词)|体裁(?:分类)?|组配分类|服务对象|分\s*类|成文(?:日期|时间)|发布(?:日期|时间|机构|单位|机关|人)"
    r"|公开(?:日期|时间|方式|形式|范围|主体|责任部门|类别|时限|属性)|生成日期|印发(?:日期|机关)|生效(?:日期|时间)|失效(?:日期|时间)|废止(?:日期|时间)|制发(?:日期|机关)"
    r"|有\s*效\s*性|有性|时\s*效\s*性?|名\s*称|标\s*题|题\s*名|关键[词字]|内容概述|责任(?:部门|单位)|载体类型|统一登记号|语\s*种)"
)
_METADATA = re.compile(rf"[•·●*\-\s]*[\[【〔（(]?\s*{_META_FIELD}\s*[\]】〕）)]?\s*(?:[:：]|$|\t)")
_META_BRACKETED = re.compile(rf"[•·●*\-\s]*[\[【〔]\s*{_META_FIELD}\s*[\]】〕]")
_META_ROW = re.compile(rf"{_META_FIELD}\s*[:：]?\s*[|]")  # a row of a metadata table, bars between its cells
_DATE = r"(?:19|20)[0-9]{2}\s?[-/.年]\s?[0-9]{1,2}\s?[-/.月]\s?[0-9]{1,2}\s?日?(?:\s*[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?)?"
_POSTING = re.compile(
    rf"(?:(?:发布|发表|更新|发稿|公布|编辑|信息)?\s*(?:日期|时间|于)\s*[:：]?\s*{_DATE}"
    rf"|{_DATE}\s*(?:$|[|]|来源|点击|浏览|阅读|作者|信息|字[体号]|【|\[|发布|访问|分享|打印|稿源|人气)"
    r"|(?:信息|文章|稿件|内容|新闻)?(?:来源|稿源|作者|编辑|供稿)\s*[:：]"
    r"|(?:浏览|阅读|点击|访问|查看)(?:次数|量|数|人次)?\s*[:：]|字\s*[体号]\s*[:：【\[]|【?\s*字体|【字号|\[字号|视力保护色|分享(?:到|至)?\s*[:：]?\s*$|分享到)"
)
_CREDITS = re.compile(
    r"(?:(?:责任|网站|值班|文字|执行)?编\s*辑|责编|初审|复审|终审|一审|二审|三审|审核人?|校对|监制|供稿(?:单位|人)?|撰稿|作者|信息来源|文章来源|来源|稿源|信息员)\s*[:：]"
    r"|[【\[（(]?\s*(?:责任)?编辑\s*[:：]"
)
_CONTROLS = re.compile(
    r"[\[【〔（(<\s]*(?:打印(?:本页|此页|文章|页面)?|关闭(?:本页|窗口|页面|此页)?|返回顶部|收藏(?:本页)?|我要纠错|分享|字体|下载(?:文字|图片)版|下载|回到顶部"
    r"|大|中|小|返回|顶部|纠错|复制链接|朗读|全文|PDF|扫一扫\S{0,16}|用手机\S{0,12}|手机(?:扫一扫|阅读)\S{0,12}|微信扫一扫\S{0,12}|一键分享|点击收藏|放大|缩小|默认|超大|A\+|A-)"
    r"(?:[\]】〕）)>\s|:：、]+(?=$|\S)|$)"
)
_FOOTER = re.compile(
    r"版权所有|版权声明|主办(?:单位|方)?\s*[:：]|承办(?:单位)?\s*[:：]|协办(?:单位)?\s*[:：]|主管(?:单位)?\s*[:：]|主办、承办|维护单位|技术支持|运维单位|开发维护|网站维护|制作单位"
    r"|(?:[\u4e00-\u9fff]{0,12})?(?:主办|承办)$|(?:\S{0,3}ICP备案?|ICP备案)|[\u4e00-\u9fff]ICP备|网站标识码|政府网站标识|[\u4e00-\u9fff]?公网安备|Copyright|©|All Rights"
    r"|微信公众号\s*$|官方微信|官方微博|政务(?:微博|微信|新媒体)\s*$|网站地图|关于我们|联系我们|网站声明|隐私(?:声明|保护)|使用帮助|友情链接|站点地图|法律声明|免责声明"
    r"|上一[篇条页]|下一[篇条页]|相关(?:链接|阅读|文档|附件|信息|推荐|文章|报道|新闻|稿件|解读)\s*(?:[:：]?$|[:：]\s)|(?:附件|文件)下载\s*[:：]?$|扫一扫|扫描二维码|用手机(?:打开|扫)|手机版|电脑版|建议使用|最佳浏览|浏览器"
    r"|(?:邮政编码|邮编|联系电话|电话|传真|联系地址|地址|地\s*址|邮箱|电子邮箱|投稿邮箱|办公地址|咨询电话|举报电话|值班电话)\s*[:：]|您(?:正在|是第)|访问(?:量|总数)|当前在线|返回顶部|[（(]?右侧滑动条|无障碍浏览"
    r"|登录注册\s*$|地方部门平台链接|图解\s*$|一图读懂|https?://\S+$|www\.\S+$|[×✕]\s*$|\S{0,10}e读版$"
)
_ATTACHMENT = re.compile(
    r"附\s?件(?:下载)?\s?[0-9一二三四五]{0,2}\s*[:：.．、]?\s*$|附\s?件\s?[0-9一二三四五]{0,2}\s*[:：.．、]"
    r"|.{0,80}\.(?:docx?|xlsx?|pdf|wps|et|ofd|jpe?g|png|zip|rar|pptx?|txt)\s*(?:[（(\[【].{0,20})?$",
    re.I,
)
_PAGE_NUMBER = re.compile(
    r"[ \t\u3000\u00a0]*(?:[-—－–―─]{1,2}[ \u3000]?[0-9０-９]{1,3}[ \u3000]?[-—－–―─]{1,2}|第[ ]?[0-9]{1,3}[ ]?页(?:[ ,，/]{0,3}共[ ]?[0-9]{1,3}[ ]?页)?)[ \t\u3000\u00a0|]*"
)
_INSIDE = re.compile(
    r"^[ \t|\u3000\u00a0]*(?:(?P<controls>[【\[〔（(](?:打印(?:本页)?|关闭窗口|关闭|关闭本页|返回顶部|返回|我要纠错|收藏|字体[:：]?[\s大中小]*)[】\]〕）)][ \t|\u3000\u00a0]*)+"
    r"|(?P<page>[-—－–―─]{1,2}[ \u3000]?[0-9０-９]{1,3}[ \u3000]?[-—－–―─]{1,2}|第[ ]?[0-9]{1,3}[ ]?页(?:[ ,，/]{0,3}共[ ]?[0-9]{1,3}[ ]?页)?)"
    r"|(?P<bars>[|][| \t\u3000\u00a0]*))[ \t|\u3000\u00a0]*$",
    re.MULTILINE,
)
# Lines of the report itself that are no prose: never furniture.
_HEADING = re.compile(
    r"[#*\s]*(?:第[一二三四五六七八九十]{1,3}[章节部编篇]|[一二三四五六七八九十]{1,3}[、．.]|[（(〈][一二三四五六七八九十]{1,3}[)）〉]|[0-9]{1,2}[、．.﹒](?![0-9])\s*[\u4e00-\u9fff《“]|[一二三四五六七八九十]是|——)"
)
_ADDRESSEE = re.compile(
    r"(?:各位(?:人大)?代表|各位(?:委员|领导|同志)|同志们|主任、各位副主任|尊敬的).{0,20}[:：!！,，]?$"
    r"|(?:(?:[\u4e00-\u9fff]{0,12}(?:委|政府|人大常委会|人民政府|办公室|厅|局|院|部|办|委员会|领导小组|各单位|代表大会|常务委员会))[、，,\s]*(?:并报)?){1,6}[:：]?$"
)
_TITLE = re.compile(
    r"(?:报\s?告|总\s?结|情\s?况|公\s?报|年\s?报|通\s?报|汇\s?报|要\s?点|工\s?作\s?计\s?划|白皮书|简\s?报|通\s?知|公\s?告|清\s?单|述\s?职|总结及.{0,12}(?:计划|打算|安排)|[思打]路|打算|纲要|意见|方案)"
    r"(?:\s*[（(〔【].{1,40}[)）〕】])?[”》]?\s*$"
)
_TITLE_PART = re.compile(r".{0,12}(?:19|20)[0-9]{2}\s?年(?:度)?.{0,30}|关于.{2,40}|(?:[\u4e00-\u9fff（）()]{2,30}(?:局|厅|委员会|人民政府|管委会|办公室|院|分局|总队|支队|调查队)\s*){1,3}(?:关于)?|[—–-]{2}.{4,60}|[（(].{4,60}[)）]")
_BY_LINE = re.compile(rf"[（(]?\s*{_DATE}.{{0,60}}[)）]?$|.{{0,30}}(?:市长|区长|县长|省长|主任|局长|总理|州长|盟长|主席|镇长|乡长)\s{{0,4}}[\u4e00-\u9fff·\s]{{2,8}}$")
_SIGN_DATE = r"(?:19|20)[0-9]{2}\s?年\s?[0-9]{1,2}\s?月\s?[0-9]{1,2}\s?日"
_HAN_DATE = r"[二一][〇○零Ｏ0O一二三四五六七八九十]{3}\s?年\s?[一二三四五六七八九十元正]{1,3}\s?月\s?[一二三四五六七八九十]{1,3}\s?日"
_SIGNED_DATE = re.compile(rf"(?:.{{2,40}}\s)?[（(]?(?:{_SIGN_DATE}|{_HAN_DATE})[)）]?$")
_COMMA = re.compile(r"[，,；;：:]")
_STOP = re.compile(r"[。！？]")


def strip(text: str) -> Stripped:
    """Find the report proper in a saved page.

    Returns: body and furniture; the furniture covers all that is outside the body but white space. Without a sign of
        furniture, and without any running text, the whole text is body. Linear in the text.
    """
    lines = _split_ends(list(_lines(text)))
    if not lines:
        return Stripped(Span(0, len(text)), (), False)
    first, last = 0, len(lines) - 1
    tail: dict[int, str] = {}
    # A page without any running text is no report with furniture around it: nothing is given up.
    prose = any(_is_report_line(line.text) for line in lines)
    if prose:
        first = _first_line(lines)
        last, tail = _last_line(lines, first)
    body = Span(lines[first].start, lines[last].end)
    kinds = _head_kinds(lines[:first])
    removed = _outside(text, Span(0, body.start), [(line, kind) for line, kind in zip(lines, kinds, strict=False)])
    removed += _inside(text, body, lines, tail)
    after = [(line, tail.get(at, "footer")) for at, line in enumerate(lines[last + 1 :], last + 1)]
    removed += _outside(text, Span(body.end, len(text)), after)
    return Stripped(body, tuple(removed), prose)


def _lines(text: str) -> Iterator[_Line]:
    for match in _LINES.finditer(text):
        raw = match[0]
        lead = len(raw) - len(raw.lstrip(_TRIM))
        if lead == len(raw):
            continue  # blank, or a bar of a table
        kept = raw.strip(_TRIM)
        start = match.start() + lead
        yield _Line(start, start + len(kept), kept)


_SPLIT_LINES = 40  # furniture printed on one line with the report stands in the first or last lines
_PIECE = re.compile(r"[^\s|]+")
_SMALL_VALUE = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[0-9]{1,6}|[大中小\]】]+")
_HEAD_LENGTH = 500  # how far into a line its furniture may reach
_TAIL_LENGTH = 500
_TAIL_TOKEN = re.compile(
    r"(?<=[\s|])(?:相关附件|相关链接|上一[篇条]|下一[篇条]|版权所有|主办(?:单位)?[:：]|承办单位[:：]|网站标识码|\S{0,3}ICP备|[\u4e00-\u9fff]公网安备|责任编辑[:：]|信息来源[:：]|扫一扫"
    r"|[【\[（(]\s?(?:打印|关闭|责任编辑|返回)|打印本页|关闭窗口)"
)


def _split_ends(lines: list[_Line]) -> list[_Line]:
    """Take apart lines in which furniture and report stand together, at both ends of the page.

    `…情况报告 发布日期:2025-01-15 来源:本网 【打印】【关闭】 区委…办公室: 2024年,…` is title, posting and report.
    """
    if len(lines) <= 2 * _SPLIT_LINES:
        return [piece for line in lines for part in _split_head(line) for piece in _split_tail(part)]
    head = [part for line in lines[:_SPLIT_LINES] for part in _split_head(line)]
    tail = [part for line in lines[-_SPLIT_LINES:] for part in _split_tail(line)]
    return head + lines[_SPLIT_LINES:-_SPLIT_LINES] + tail


def _split_head(line: _Line) -> list[_Line]:
    if len(line.text) < 30 or _kind(line.text):
        return [line]
    runs: list[Span] = []  # stretches of furniture within the line
    value_follows = False
    for match in _PIECE.finditer(line.text, 0, min(len(line.text), _HEAD_LENGTH)):
        piece = match[0]
        near = bool(runs) and match.start() - runs[-1].end < 4
        if _kind(piece) or (near and ((value_follows and len(piece) <= 20) or _SMALL_VALUE.fullmatch(piece))):
            if near:
                runs[-1] = Span(runs[-1].start, match.end())
            else:
                runs.append(Span(match.start(), match.end()))
        elif _STOP.search(piece):
            break
        value_follows = piece.endswith((":", "："))
    cuts = [0, *(place for run in runs for place in run), len(line.text)]
    parts = [_piece(line, start, end) for start, end in itertools.pairwise(cuts)]
    return [part for part in parts if part.text] if runs else [line]


def _piece(line: _Line, start: int, end: int) -> _Line:
    raw = line.text[start:end]
    kept = raw.strip(_TRIM)
    start += line.start + len(raw) - len(raw.lstrip(_TRIM))
    return _Line(start, start + len(kept), kept)


def _split_tail(line: _Line) -> list[_Line]:
    if len(line.text) < 30 or _kind(line.text):
        return [line]
    since = max(0, len(line.text) - _TAIL_LENGTH, *(line.text.rfind(stop) + 1 for stop in "。！？"))
    match = _TAIL_TOKEN.search(line.text, since)
    if not match:
        return [line]
    parts = [_piece(line, 0, match.start()), _piece(line, match.start(), len(line.text))]
    return [part for part in parts if part.text]


# --- the head ---------------------------------------------------------------------------------------------------


def _first_line(lines: list[_Line]) -> int:
    """Index of the first line of the report proper."""
    prose = next((at for at, line in enumerate(lines) if _is_prose(line.text)), None)
    if prose is None:
        prose = next((at for at, line in enumerate(lines) if _HEADING.match(line.text)), None)
        if prose is None:
            return 0
    first = prose
    while first and _belongs_above(lines[first - 1].text):
        first -= 1
    if first == 0:
        return 0
    return first if _is_head(lines[:first]) else _after_title(lines, first)


def _is_prose(line: str) -> bool:
    """A sentence of the report: long, with its comma and its stop, and no field of a metadata table."""
    if len(line) < 25 or _kind(line):
        return False
    return (_STOP.search(line) is not None or len(line) >= 60) and _COMMA.search(line) is not None


def _belongs_above(line: str) -> bool:
    """A line right above prose that is part of the report: a heading, an addressee, a salutation."""
    if _kind(line):
        return False
    if _HEADING.match(line):
        return True
    return len(line) <= 60 and _ADDRESSEE.match(line) is not None and not _TITLE.search(line)


def _is_head(lines: list[_Line]) -> bool:
    """Tell whether all lines above the report can be given up: some are surely furniture or title, none is doubtful."""
    kinds = _head_kinds(lines)
    sure = sum(1 for kind in kinds if kind != "navigation?")
    return sure > 0 and all(len(line.text) <= 60 or kind != "navigation?" for line, kind in zip(lines, kinds, strict=True)) and (
        "navigation?" not in kinds or any(kind not in ("title", "navigation?") for kind in kinds)
    )


def _after_title(lines: list[_Line], first: int) -> int:
    """Give up the known lines at the top only; the first unknown one starts the body."""
    kinds = _head_kinds(lines[:first])
    return next((at for at, kind in enumerate(kinds) if kind == "navigation?"), first)


def _head_kinds(lines: list[_Line]) -> list[str]:
    """Kind of every line above the report; `navigation?` for short lines that only their company tells."""
    kinds = []
    after_field = False
    for at, line in enumerate(lines):
        kind = _kind(line.text) or _title_kind(lines, at)
        if kind is None:
            kind = "metadata" if after_field else "navigation?"
        after_field = kind == "metadata" and _META_BRACKETED.match(line.text) is not None
        kinds.append(kind)
    return kinds


def _title_kind(lines: list[_Line], at: int) -> str | None:
    """`title` for a line of the title, `byline` for what stands around it: the speaker, the occasion, the bureau."""
    text = lines[at].text
    if len(text) > 80:
        return None
    if _TITLE.search(text) and len(text) >= 6:
        return "title"
    near = lines[max(0, at - 3) : at] + lines[at + 1 : at + 3]
    if not any(_TITLE.search(other.text) for other in near):
        return None
    follows = at + 1 < len(lines) and _TITLE.search(lines[at + 1].text)
    if _TITLE_PART.fullmatch(text):
        return "title" if follows and text[0] not in "（(—–-" else "byline"
    return "byline" if _BY_LINE.match(text) else None


def _kind(line: str) -> str | None:
    """Kind of furniture a line is by itself, or None."""
    if len(line) > 400:
        return None
    if _META_BRACKETED.match(line) or _META_ROW.match(line) or _METADATA.match(line) and len(line) <= 200 and not (len(line) > 60 and _STOP.search(line)):
        return "metadata"
    if _NAVIGATION.match(line) and not _STOP.search(line):
        return "navigation"
    if _POSTING.match(line) and not _STOP.search(line):
        return "posting"
    if _CREDITS.match(line) and len(line) <= 120:
        return "credits"
    if _CONTROLS.match(line) and len(line) <= 60 and not _STOP.search(line):
        return "controls"
    if _ATTACHMENT.match(line) and len(line) <= 120:
        return "attachment"
    if _FOOTER.match(line) and len(line) <= 200:
        return "footer"
    return None


# --- the tail ---------------------------------------------------------------------------------------------------


def _last_line(lines: list[_Line], first: int) -> tuple[int, dict[int, str]]:
    """Index of the last line of the report, and the kinds of the furniture lines after the last line of prose."""
    end = len(lines) - 1
    while end > first and not _is_report_line(lines[end].text) and not _is_signature(lines, end):
        end -= 1
    kinds = {at: kind for at in range(end + 1, len(lines)) if (kind := _kind(lines[at].text))}
    footer = next((at for at in range(end + 1, len(lines)) if kinds.get(at, "attachment") != "attachment"), len(lines))
    last = end
    listing = False
    for at in range(end + 1, footer):
        text = lines[at].text
        if kinds.get(at) == "attachment":
            listing = True
        elif listing and re.match(r"[0-9]{1,2}\s?[.．、]|附\s?件", text):
            kinds[at] = "attachment"
        else:
            last = at
            listing = listing and not _SIGNED_DATE.match(text)
    return last, kinds


def _is_report_line(line: str) -> bool:
    """A line that only the report itself has: prose, a heading, the date under a signature."""
    if _kind(line):
        return False
    if _STOP.search(line) and len(line) >= 8:
        return True
    return len(line) >= 40 and _COMMA.search(line) is not None


def _is_signature(lines: list[_Line], at: int) -> bool:
    """A date in official form (2024年1月4日) that closes a report, and no date in a list of other pages."""
    if not _SIGNED_DATE.match(lines[at].text):
        return False
    return at == 0 or _kind(lines[at - 1].text) in (None, "attachment")


# --- spans ------------------------------------------------------------------------------------------------------


def _outside(text: str, span: Span, kinds: list[tuple[_Line, str]]) -> list[Removed]:
    """Cover everything of `text[span]` that is not white space, neighbours of one kind as one stretch."""
    removed: list[Removed] = []
    here = span.start
    for line, kind in kinds:
        name = kind.rstrip("?")
        stretch = _trimmed(text, here, line.end)
        if stretch is None:
            continue
        if removed and removed[-1].reason == name:
            removed[-1] = Removed(removed[-1].start, stretch.end, name)
        else:
            removed.append(Removed(stretch.start, stretch.end, name))
        here = line.end
    rest = _trimmed(text, here, span.end)
    if rest is not None:
        removed.append(Removed(rest.start, rest.end, "table"))
    return removed


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    kept = piece.strip()
    if not kept:
        return None
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(kept))


def _inside(text: str, body: Span, lines: list[_Line], tail: dict[int, str]) -> list[Removed]:
    """Furniture within the body: page numbers, close-window buttons, bars, lists of attachments above the date."""
    found = [
        Removed(at.start, at.end, match.lastgroup or "controls")
        for match in _INSIDE.finditer(text, body.start, body.end)
        if (at := _trimmed(text, match.start(), match.end()))
    ]
    found += [Removed(lines[at].start, lines[at].end, kind) for at, kind in tail.items() if lines[at].end <= body.end]
    found.sort(key=lambda removed: removed.start)
    kept: list[Removed] = []
    for removed in found:
        if not kept or removed.start >= kept[-1].end:
            kept.append(removed)
    return kept

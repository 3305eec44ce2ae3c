"""Numerals that state nothing: words, slogans, names, ordinals, document numbers."""

from typing import Final

from summarizer.document import DismissalReason
from summarizer.patterns import pattern
from summarizer.quantities.alphabet import CLOSERS, SPACES, words

# 统一, 唯一, 进一步 ...: 一 glued to the character before it.
ONE_BEFORE: Final = frozenset("统唯之万同专合不逐归单如划其又每任某这那新各另凡第为进无")
# 一批, 一步, 一系列 ...: figures of speech.
ONE_VAGUE: Final = frozenset("步批系定些般直样律切方面线起向旦贯致段点度并经时味再来共概带连如同番手")
# 一体化, 一站式, 一件事, 一流: words and names.
ONE_NAME: Final = frozenset(
    "体把键窗网站审号流图把心路揽览对员等类本老次级企事院县村镇岗策码证照单库平中端口张盘杆抹刻目品域二三四五六七八九会环江湖"
)
_VAGUE_WORDS: Final = ("十分", "千方百", "万无", "百花", "千家万", "万家", "亿万", "十足", "成千", "万众", "一")
_RHYTHM: Final = pattern("一[^，,。；;、一0-9]{1,4}、?[一二双两多零]")
_SLOGAN: Final = pattern(
    "[三一]次产业|[三四五六七八九]项制度|[两二]个?(?:维护|确立|结合|毫不动摇|健康|大局|务必|永远|责任|手抓|率先|坚决|清单|不愁|不变"
    "|先行|示范|优先|免予|全|重点一大|翼|山|岸|会|委|办|院|区|新|法衔接|法|高|项改革|个毫不|重|种资源|项补贴|市场、?两种)"
    "|[三四五六七八九十](?:个)?(?:意识|自信|全面|坚持|最严|不摘|革命|伟大|代表|区分|必须|一律|严|结合|到位|服从"
    "|统筹|关键|面向|不变|有利于|力|创|比|强化|统一|善于|带头|聚焦|突出|"
    "务实|敢为|过硬|不两直|不放过|统一分|同步|同时|位一体|重一大|会一课|线一单|查三|农|公|甲|大|级|讲|实"
    "|化|者|废|产|角|峡|通|包|保|清|基|进|治|链|师|区|医|馆|险|海|北|外|堂|届|稳|类地区|防)"
    "|八项规定|五篇大文章|三项(?:制度|机制|清单|规定)|[三四五六]条(?:红线|控制线|底线)|两张皮|三张清单|十个一"
    "|[四五六七八]张清单|[一二三四五六七八九十]号(?:工程|文件|公告|提案)"
)
# Structure of prose, not things counted: 七个方面, 三个层面, 六个专项.
_STRUCTURE: Final = pattern(
    "(?:个|大|项|类|种)?(?:方面|环节|层面|维度|角度|层次|步骤|阶段|字|层级|方向|坚持|领域发力|关键词|不|全覆盖"
    "|必须|转变|部分|到位|零|聚焦|结合|更|新突破|原则|导向|意识|要素)"
)
# 突出抓好四项工作：, 主要做了以下三件事。: the number announces a list.
_LIST_LEAD: Final = pattern(
    "(?:以下|如下|下列|这)[ \u3000]?$|(?:抓好|抓实|做好|做实|突出|聚焦|围绕|着力|坚持|处理好|把握好?"
    "|实施|强化|办好|推进|落实|做到|体现|抓住|打好)"
    "(?:了|好|以下|如下)?[ \u3000]?$"
)
_LIST_END: Final = pattern("[^，,。；;：:\n0-9]{0,8}[：:]|[项件个大](?:重点)?工作[。；;]")
_LINES: Final = pattern(
    "条(?:工作)?(?:主线|战线|底线|红线|路径|腿走|渠道|思路|途径|原则)|[项组类](?:数据|指标(?!任务|体系))"
)
_SCALE_ONLY: Final = pattern("[百千万亿]+")

_HOTLINES: Final = words(
    """
    110 119 120 122 114 12110 12122 12306 12309 12313 12315 12316 12317 12318 12319 12320 12328 12329 12331 12333
    12335 12336 12338 12345 12348 12349 12350 12351 12355 12356 12358 12359 12360 12361 12365 12366 12368 12369 12371
    12377 12378 12379 12380 12381 12385 12386 12388 12389 12393 12395 12398 985 211 996 123456
    """
)
_HOTLINE_AFTER: Final = pattern(
    '[ \u3000]?[“"（(]?(?:热线|政务|市民|便民|平台|举报|服务|投诉|报警|指挥|接警|工单|急救|联动|公益|'
    "行业|专线|电话|工程|高校|环保|消费|应急|营商|、1[12]|和1[12]|等热线|短号)"
)
# 12号线, 一期工程, 5号楼: the number is part of a name.
_NAME_AFTER: Final = pattern(
    "[ \u3000]?(?:号线|号楼|号院|号门|号桥|号地|号路|号[^，。；、令文]|期工程|期项目|期建设|强(?![制化度调])"
    "|周年|周岁|岁|英寸|甲(?!烷)|A级|级|届|代(?!表|办|理)|型|版|路|街|道街|元桥|部曲|国际|大(?!于)|中(?=[学、])"
    "|小(?=[学、])|公馆|高速|比)"
)
_DOCNO: Final = pattern(
    "[ \u3000]?[0-9０-９]{2,6}[ \u3000]?[〕］\\]】)）]?[ \u3000]?第?[ \u3000]?[0-9０-９]{0,6}[ \u3000]?号"
)
_BRACKETS: Final = frozenset("〔［[【(（﹝")
_TOKEN: Final = pattern(r"[A-Za-z0-9_@./\\:+#?=&%-]{1,200}")
_SERIES: Final = pattern(
    r"[0-9]{1,4}(?:\.[0-9]{1,4}){2,8}|[0-9]{3,4}-[0-9]{5,8}(?:-[0-9]{1,5})?|[0-9]{1,6}(?:-[0-9]{1,12}){2,6}"
)
_SIGNED: Final = pattern(r"[0-9]{1,3}(?:[+＋×xX*/对][0-9NXn]{1,3}){1,6}")


def title_end(text: str, at: int, stop: int) -> int | None:
    """End of the 《...》 or <...> that holds the place `at`; None outside of one."""
    low = max(0, at - 120)
    opened = text.rfind("《", low, at)
    if opened > text.rfind("》", low, at):
        closed = text.find("》", at, min(stop, at + 120))
        if closed >= 0 and text.find("\n", opened, closed) < 0:
            return closed
    return None


def quote_of(text: str, at: int, stop: int) -> tuple[int, int] | None:
    """The inside of the short “...” that holds the place `at`; None outside of one."""
    low = max(0, at - 40)
    opened = text.rfind("“", low, at)
    if opened < 0 or text.rfind("”", opened, at) >= 0:
        if at > 0 and text[at - 1] in "\"'＂‘「『":
            closed = text.find(
                text[at - 1] if text[at - 1] in "\"'＂" else "’」』"["‘「『".index(text[at - 1])], at, at + 24
            )
            return (at, closed) if closed > 0 else None
        return None
    closed = text.find("”", at, min(stop, at + 40))
    if closed < 0 or text.find("\n", opened, closed) >= 0:
        return None
    return opened + 1, closed


def docno_end(text: str, at: int, stop: int) -> int | None:
    """End of 2023〕74号 when the year's bracket opens just before `at`."""
    place = at - 1
    if place < 0 or text[place] not in _BRACKETS:
        return None
    match = _DOCNO.match(text, at, stop)
    return match.end() if match else None


def token_end(text: str, at: int, run: int, stop: int) -> int | None:
    """End of a code the digits belong to: PM2.5, 5G, C919, an address of the web, 0755-1234567, 1.2.3, 3+1."""
    series = _SERIES.match(text, at, stop)
    if series:
        return series.end()
    sums = _SIGNED.match(text, at, stop)
    if sums:
        return sums.end()
    previous = text[at - 1] if at else " "
    if previous.isascii() and (previous.isalpha() or previous in "_@#&+＋"):
        match = _TOKEN.match(text, at, stop)
        end = match.end() if match else run
        while end > run and text[end - 1] in "./:-?%+":
            end -= 1
        return end
    return None


def hotline(text: str, at: int, end: int) -> bool:
    """12345热线, 110: `text[at:end]` are plain digits."""
    digits = text[at:end]
    if (digits in _HOTLINES and (end >= len(text) or not _counts_after(text, end))) or _phone(digits):
        return True
    return 3 <= end - at <= 6 and _HOTLINE_AFTER.match(text, end) is not None


def known_line(text: str, at: int, end: int) -> bool:
    """12369环保举报平台: a number known as a hotline and used as one, whatever measure word its next letter makes."""
    return text[at:end] in _HOTLINES and _HOTLINE_AFTER.match(text, end) is not None


def _counts_after(text: str, end: int) -> bool:
    while end < len(text) and text[end] in SPACES:
        end += 1
    return end < len(text) and text[end] in "件个家人份项起宗名条次万元余多%％天户台亩公吨篇例所期场批"


def _phone(digits: str) -> bool:
    return len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789"


def named_after(text: str, end: int, stop: int) -> bool:
    """12号线, 985工程, 500强, 60周年: the word after the number makes a name of it."""
    return _NAME_AFTER.match(text, end, stop) is not None


def han_word(text: str, start: int, end: int) -> DismissalReason | None:
    """Why the run of Han numerals `text[start:end]` is part of a word or slogan; None if it may be a number."""
    after = text[end] if end < len(text) else ""
    if end - start == 1 and text[start] == "一":
        if start and text[start - 1] in ONE_BEFORE:
            return DismissalReason.VAGUE
        if text.startswith("翻一番", start - 1) or text.startswith("翻了一番", start - 2):
            return None
        if after in ONE_VAGUE:
            return DismissalReason.VAGUE
        if _RHYTHM.match(text, start):
            return DismissalReason.NAME
        if after in ONE_NAME:
            return DismissalReason.VAGUE if after in "次张本" else DismissalReason.NAME
        return None
    if text.startswith(_VAGUE_WORDS[:-1], start):
        return DismissalReason.VAGUE
    if _SLOGAN.match(text, start):
        return DismissalReason.NAME
    return None


def rhythm(text: str, at: int) -> bool:
    """一月一调度, 一企一策, 一废一品: a slogan in pairs that starts at the 一 at `at`."""
    inside = (at > 0 and text[at - 1] in ONE_BEFORE) or text[at + 1 : at + 2] in ONE_VAGUE  # 进一步统一 is none
    return not inside and _RHYTHM.match(text, at) is not None


def structure_after(text: str, end: int) -> bool:
    """七个方面, 3个环节: the number counts parts of the prose."""
    return _STRUCTURE.match(text, end) is not None


def list_announced(text: str, start: int, end: int) -> bool:
    """抓好四项工作：, 以下三类问题, 两条主线: the number `text[start:end]` counts parts of the prose."""
    if _LINES.match(text, end):
        return not text[start].isdigit() and end - start == 1
    lead = _LIST_LEAD.search(text, max(0, start - 6), start)
    return lead is not None and (lead[0].startswith(("以", "如", "下", "这")) or _LIST_END.match(text, end) is not None)


# 五类案件, 八类暴力犯罪: a class fixed by law or practice, unless the clause says what was done with the classes.
_CLASS_AFTER: Final = pattern(
    "类(?:[严重]+|重点|特殊|新型|主要|困难|高危)?(?:案件|暴力|犯罪|刑事|违法犯罪|人员|人群|对象|主体|群体|慢性|慢病|传染病|职业|工业|行业|企业"
    "|医疗|保险|补贴|用户|纳税人|学校|水质|水体|水(?![利务果产])|地区|情形|产品|药品|食品|特种)"
)
_CLASS_DONE: Final = pattern(
    "(?:梳理|明确|涵盖|包括|包含|涉及|覆盖|分为|分成|分|确定|列出|公布|发布|推出|制定|收集|提供|归纳|划分|细化|共|等|形成|新增|增加|扩大到|扩展到|达|整理|归集"
    "|开放|排查出?|梳理出|编制|查处|检测|抽检|监测|完成)(?:了|出|到|为)?[ \u3000]?$"
)


def fixed_class(text: str, start: int, end: int) -> bool:
    """Whether the numeral before 类 belongs to the name of a class (八类暴力犯罪); not 梳理出五类案件."""
    if _CLASS_AFTER.match(text, end) is None:
        return False
    if text.startswith("暴力", end + 1) or text.startswith("暴力", end + 3):
        return True
    return not text[start].isdigit() and not classes_counted(text, start)


def classes_counted(text: str, start: int) -> bool:
    """梳理出, 公布, 涵盖 before N类: the classes are what was done."""
    return _CLASS_DONE.search(text, max(0, start - 6), start) is not None


def scale_only(run: str) -> bool:
    """百, 千, 万亿: a scale without a digit."""
    return _SCALE_ONLY.fullmatch(run) is not None


_RANK_UNIT: Final = pattern("[ \u3000]?(?:名(?!单)|位(?![的一老次]))")
_RANK_LEAD: Final = pattern(
    "(?:排名|位次|位列|位居|名列|列|居|排|跃居|升至|升到|蝉联|保持|稳居|勇夺|获|获得|荣获|获评|得分|成绩|名次"
    "|均为|排位|并列|位于|"
    "[全各][国省市区县州盟旗球]|区县|世界|亚洲|全系统|大中城市|百强|五百强|增速|连续[0-9一二三四五六七八九十两]{1,3}年|总量|(?:排名|位列|位居"
    "|名列)[^，,。；;、]{1,8}|、第[一二三四五六七八九十0-9]{1,3})[ \u3000]?$"
)
_RANK_COMPARED: Final = pattern("(?:与|和|跟|距|放在|摆在|摆到|作为|放到)(?:工作|首位|最)?[^，,。；;、]{0,6}$")
_FRONT_LEAD: Final = pattern(
    "(?:排名|位列|位居|名列|列|居|排|跻身|进入|保持|稳居|挤进|[全各][国省市区县州盟旗球]|世界|全球|亚洲|区县"
    "|城市|百强|榜)[ \u3000]?前$"
)
_DOC_UNIT: Final = pattern(
    "[ \u3000]?(?:号|次|届|条|款|章|节|轮|批|期|版|集|场|个|类|项|卷|篇|辑|稿|部|份|例|家|座|人|条线|任|代|回"
    "|度|年|天|周|站|单|张|套|讲|课|号令|目)"
)
_QUARTER: Final = pattern("[ \u3000]?(?:季度|月|学期)")
_NAME_ORDINAL: Final = pattern(
    "[ \u3000]?(?:方|责任|时间|议题|书记|线|产业|医院|人民|中学|小学|高级|中级|附属|高速|梯队|方阵|档|现场|要务"
    "|资源|生产力|动力|步|位的|大)"
)


def rank_end(text: str, ordinal: int, end: int, low: int) -> int | None:
    """End of a rank 第N名, 第N位 or a bare 第N after 排名, 全省 ...; `ordinal` is the 第, `end` ends the numeral."""
    unit = _RANK_UNIT.match(text, end)
    if unit:
        return None if _RANK_COMPARED.search(text[max(low, ordinal - 10) : ordinal]) else unit.end()
    stop = end
    while stop < len(text) and text[stop] in SPACES and stop < end + 2:
        stop += 1
    if stop < len(text) and text[stop] not in CLOSERS and not text.startswith(("的", "和", "；"), stop):
        return None
    return end if _RANK_LEAD.search(text[max(low, ordinal - 12) : ordinal]) else None


def ordinal_reason(text: str, end: int, *, han: bool) -> DismissalReason:
    """Why 第N is no rank: 第三季度, 第53次会议, 第三方."""
    if _QUARTER.match(text, end):
        return DismissalReason.DATE
    if _NAME_ORDINAL.match(text, end):
        return DismissalReason.NAME
    if _DOC_UNIT.match(text, end):
        return DismissalReason.DOCNO
    return DismissalReason.NAME if han else DismissalReason.DOCNO


def front_rank(text: str, start: int, end: int, low: int) -> int | None:
    """End of 前三, 前10名, 前5位 as a rank reached; `text[start:end]` is the numeral. None for 前三季度, 前5个月."""
    if not _FRONT_LEAD.search(text[max(low, start - 10) : start]):
        return None
    unit = _RANK_UNIT.match(text, end)
    if unit:
        return unit.end()
    return end if end >= len(text) or text[end] in CLOSERS or text[end] in "的和" else None

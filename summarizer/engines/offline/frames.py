"""From the words around a quantity to a frame: what was done, to what, in what respect.

`查处12起环境违法案件` and `查处环境违法案件12起` give the same frame (verb 查处, noun 环境违法案件). Chinese and English
labels are both written from the frame, so they say the same thing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from summarizer.document import Kind, Quantity
from summarizer.engines.offline.surroundings import Surroundings
from summarizer.glossary import Glossary, Token

Tokens = tuple[Token, ...]

NOMINAL = frozenset({"n", "nu", "np", "q", "e", "?"})
_LOOSE = frozenset({"x", "c", "d", "t"})


@dataclass(frozen=True, slots=True)
class Frame:
    """What a quantity counts or measures, as pieces of Chinese with their English.

    Attributes:
        topic: what the statement is about, carried over from an earlier clause.
        means: the coverb phrase or first verb before the main verb (通过…, 会同…).
        subject: who did it.
        verb: what was done.
        noun: what is counted or measured.
        tail: what the counted things do (23名执法人员|通过考试).
        passive: the counted things undergo the tail (对63个行政合同|开展合法性审查).
        noun_first: the verb follows its noun (信访件|办结).
        scope: the group a rank is taken in, or the area.
        suffix: the Chinese word that says what kind of number it is (数量, 金额, 次数 ...), "" when the noun says it.
        aspect: "" | "change" | "rank" | "change rank".
        yearly: the change is against the year before.
    """

    topic: Tokens = ()
    means: Tokens = ()
    subject: Tokens = ()
    verb: Tokens = ()
    noun: Tokens = ()
    tail: Tokens = ()
    passive: bool = False
    noun_first: bool = False
    scope: Tokens = ()
    suffix: str = ""
    aspect: str = ""
    yearly: bool = False


_DATE = re.compile(
    r"(?:截至|截止到?|自|从|到|至|在)?\s*(?:\d{2,4}\s*年?\s*[-—–~至到]\s*)?\d{2,4}\s*年(?:度|底|末|初|以来|来|内)?"
    r"(?:\s*\d{1,2}\s*(?:[-—–~至到]\s*\d{1,2}\s*)?月(?:份)?(?:底|末|初)?)?(?:\s*\d{1,2}\s*日)?(?:以来|来|起|开始|止)?"
    r"|\d{1,2}\s*[-—–~至到]?\s*\d{0,2}\s*月(?:份)?(?:\s*\d{1,2}\s*日)?(?:以来|起|底)?|(?:前|第)[一二三四]季度|上半年|下半年"
)
# Words between what is counted and the number: 金额达, 总数为, 上升至 ... They say nothing of what is counted.
_LEAD_OUT = re.compile(
    r"(?:共计|总计|合计|累计|共有|共|计|已?达到?了?|多达|高达|为|是|约为|约|大约|近|超过?|突破|逾|不少于|不低于|不超过|至少"
    r"|仅有?|只有|各|分别|稳定在|保持在|控制在|维持在|提高到|提升到|提升至|提高至|增加到|增加至|上升到|上升至|下降到|下降至"
    r"|降低到|降低至|降到|降至|增至|升至|减少到|减少至|扩大到|增长到|增长至|压缩至|压缩到|压减至|压减到|缩短至|缩短到|升到|达至|由?(?:原来|上年|去年|原先|此前|法定|年初|期初)的?|由|从|等|了|有|的|上限|第|：|:|（|\(|、|“|\s)+$"
)
_LEAD_IN = re.compile(r"^(?:[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[)）]|[\s、（(）)，,：:；;。]|其中|包括|分别为|分别是|以及|并且|同时|另外|此外|另有|另|以及|和|与|及|并|且|含|即)+")
_CHANGE_WORDS = re.compile(
    r"(?:同口径|同比|环比|较上年(?:同期)?|较去年(?:同期)?|比上年(?:同期)?|比去年(?:同期)?|与去年同期相比|较前年|按可比价格?(?:计算)?|年均|平均"
    r"|增长|增加|上升|提高|提升|增幅|下降|减少|降低|降幅|回落|改善|上涨|下跌|缩短|压缩|压减|了|达|近|约|超过?|率|名义|实际|分别|均|又|再|、|，|,|\s)+$"
)
_YEARLY = re.compile(r"同比|上年|去年|同口径|年均")
_RANK_SCOPE = re.compile(
    r"(?:[一二三四五六七八九十\d]+(?:个)?[区县市省州]|全[市省区县州国球系统]+|全市各区|全省各市|同类\w{0,4}|在?[\u4e00-\u9fff]{0,8}中)(?=(?:排名?|排行|位居|位列|居|名列|列)?第?$)"
)
_RANK_WORDS = re.compile(r"(?:排名|排行|排在|排|位居|位列|位于|居|名列|列|并列|目前|均|各|为|第|、|\s)+$")
STRONG_HEAD = (
    "企业 单位 机构 人员 案件 项目 问题 干部 群众 学生 教师 家庭 用户 镇街 乡镇 街道 社区 部门 个人 车辆 医院 学校 隐患 线索 "
    "合同 文件 公司 市场主体 经营主体 人 户 场 厂 站 所 点 村 地块 断面 水源地 行业 领域 机关 组织 园区 房屋 当事人 居民 农户 职工 党员"
).split()
_STRONG = tuple(STRONG_HEAD)
CAUSATIVE = frozenset("帮助 组织 指导 推动 引导 支持 督促 邀请 协助 促成 推荐 选派 安排 发动 动员 要求 促进 助力 责令 扶持".split())
_PASSIVE_COVERBS = frozenset("对 将 把 向 给 为 与 和 针对 就 在".split())

# After an action noun these make a compound (治理率, 检查组), never verb and object.
_COMPOUND_HEADS = frozenset(
    "率 量 数 额 度 类 费 款 金 员 级 面 点 期 证 书 表 人员 活动 机制 制度 平台 中心 系统 体系 方案 计划 工作 行为 事项 任务 情况 结果 "
    "成果 措施 业务 服务 机构 委员会 小组 专班 办法 条例 文书 决定 意见 报告 通知 人数 次数 面积 能力 水平 时间 时限 金额 数量 比例 比率 队伍 "
    "力度 案卷 规范 标准 程序 范围 重点 行动 站点 基地 项目".split()
)
_CASE_UNITS = frozenset({"件", "起", "宗", "例", "件次"})
CASE = Token("案件", "n", "case")
_ON = Token("对", "p", "for")

SUFFIX = {
    "次": "次数",
    "人次": "人次",
    "家次": "家次",
    "户次": "户次",
    "车次": "车次",
    "批次": "批次",
    "轮次": "轮次",
    "轮": "轮次",
    "场次": "场次",
    "人": "人数",
    "天": "天数",
    "名": "人数",
    "名次": "排名",
}
_AMOUNT_END = re.compile(r"(?:金额|总额|款额|额|资金|经费|收入|支出|投资|产值|价值|增加值|总值|余额|损失|费用|费|税|款|成本|价|预算|奖金)$")
_RATE_END = re.compile(r"(?:率|比例|比重|占比|指数|度|幅|面|程度|贡献)$")
_MEASURE_END = re.compile(r"(?:量|数|数量|天数|人数|面积|长度|里程|规模|能力|浓度|均值|水平|年限|时限|时间|时长|得分|成绩|分数|总长|户数|件数|次数|家数|指数|产量|储量)$")


def frame_quantities(glossary: Glossary, places: Sequence[Surroundings], quantities: Sequence[Quantity]) -> dict[int, Frame]:
    """A frame for every quantity of `places` (in order of place), by position of the quantity."""
    out: dict[int, Frame] = {}
    context = _Context(glossary)
    for sentence, group in groupby(places, key=lambda p: p.sentence):
        context.start()
        found = list(group)
        for clause in _clauses(found):
            for place, frame in zip(clause, context.clause(clause, quantities), strict=True):
                out[place.index] = frame
        del sentence
    return out


def _clauses(places: list[Surroundings]) -> list[list[Surroundings]]:
    clauses: list[list[Surroundings]] = []
    for place in places:
        if place.opens and not (clauses and clauses[-1][-1].before == place.before and clauses[-1][-1].opens):
            clauses.append([place])
        elif clauses:
            clauses[-1].append(place)
        else:
            clauses.append([place])
    return clauses


class _Context:
    """What earlier quantities of a sentence leave for later ones: subject, verb, thing counted."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self.start()

    def start(self) -> None:
        """A new sentence begins. What a change or a rank refers to may still stand in the one before."""
        self.last: Frame | None = getattr(self, "last", None)
        self.previous: Frame | None = None
        self.total: Frame | None = None
        self.items: list[Tokens] = []
        self.unit = ""

    def clause(self, places: list[Surroundings], quantities: Sequence[Quantity]) -> list[Frame]:
        frames = self._respectively(places, quantities)
        if frames is None:
            frames = []
            taken = 0
            for k, place in enumerate(places):
                nxt = places[k + 1] if k + 1 < len(places) else None
                shares = nxt is not None and nxt.shared
                same_unit = shares and nxt is not None and quantities[nxt.index].unit == quantities[place.index].unit
                if place.shared and taken:
                    place = replace(place, before=place.before[taken:])
                frame, taken = self._next(place, quantities[place.index], same_unit, shares)
                frames.append(frame)
            frames = _tail_for_all(places, frames)
        return frames

    def _respectively(self, places: list[Surroundings], quantities: Sequence[Quantity]) -> list[Frame] | None:
        """`参考率、优秀率分别为100%和96.6%`: as many names as numbers, dealt out in order."""
        if len(places) < 2 or any(_clean_edges(p.before) for p in places[1:]):
            return None
        if len({quantities[p.index].start for p in places}) != len(places):
            return None
        tokens = strip(self._glossary.segment(_clean_edges(places[0].before)))
        base = _parse(tokens)
        items = _split_list(base.noun)
        if len(items) != len(places) or not all(items):
            return None
        shared_head = items[-1][-1:] if len(items[-1]) > 1 and len(items[0]) == 1 else ()
        out = []
        for place, item in zip(places, items, strict=True):
            quantity = quantities[place.index]
            noun = item if item is items[-1] or item[-1].zh.endswith("率") else (*item, *shared_head)
            frame = replace(base, noun=noun)
            out.append(self._finish(frame, place, quantity))
        self.previous = out[-1]
        return out

    def _next(self, place: Surroundings, quantity: Quantity, same_unit: bool, shares: bool) -> tuple[Frame, int]:
        """The frame of one quantity, and how much of the text it shares with the next one it has used up."""
        if quantity.stated_in_words and quantity.kind is not Kind.CHANGE:
            return _absence(self._glossary, place), 0
        before_bracket = self.previous
        taken = 0
        if quantity.kind is Kind.CHANGE:
            frame = _change(self._glossary, place, quantity, self.previous or self.last)
        elif quantity.kind is Kind.RANK:
            frame = _rank(self._glossary, place, self.last)
        else:
            frame, taken = _count(self._glossary, place, quantity, same_unit, shares)
            if place.shared and not place.before.strip() and self.previous and not frame.topic and frame.noun:
                frame = replace(frame, topic=self.previous.noun)
            frame = self._finish(frame, place, quantity)
        self.last = frame
        if frame.aspect:
            self.previous = self.previous or replace(frame, aspect="")
            return frame, 0
        self.previous = before_bracket if place.bracketed and before_bracket else frame
        return frame, taken

    def _finish(self, frame: Frame, place: Surroundings, quantity: Quantity) -> Frame:
        frame = self._carry(frame, place, quantity)
        self.unit = quantity.unit
        if quantity.unit in _CASE_UNITS and frame.noun and not frame.verb and not frame.tail:
            last = frame.noun[-1]
            if last.pos == "vn" or last.zh.endswith(("处罚", "拘留", "扣押", "停产", "处罚的", "立案", "一审", "二审", "再审")):
                # 移送拘留197宗 counts cases.
                frame = replace(frame, noun=(*frame.noun, CASE))
        if place.item and not place.opens:
            self.items.append(frame.noun)
        else:
            self.items = [frame.noun]
        return replace(frame, suffix=_suffix(frame, quantity))

    def _carry(self, frame: Frame, place: Surroundings, quantity: Quantity) -> Frame:
        previous = self.previous
        lead = place.before.lstrip(" \u3000、（(")
        if previous is not None and (lead.startswith(("其中", "包括", "含")) or place.bracketed and self.total is None):
            self.total = previous
        if previous is None:
            if (not frame.noun and not frame.verb) or _bare(frame, quantity):
                return self._from_earlier_clause(frame, place)
            if frame.verb and frame.noun and not frame.topic and not frame.means and not frame.subject:
                if _GENERIC.search(frame.noun[-1].zh) and _RESULT.search(frame.verb[-1].zh):
                    return replace(frame, topic=self._activity_before(place))
            return frame
        total = self.total
        if quantity.unit == "元" and not frame.noun and frame.verb and frame.verb[-1].pos == "vn":
            # 罚款138万元 after 行政处罚案件15件: the fines of those cases.
            return replace(frame, noun=frame.verb, verb=(), topic=self._about(previous, quantity))
        if not frame.noun:
            # 已办结366件, 其中维持4起: only what was done; the thing counted is the one before.
            source = total or previous
            noun = source.noun
            if frame.verb:
                return replace(frame, noun=noun, topic=source.topic, noun_first=True)
            return replace(source, aspect="")
        if _bare(frame, quantity):
            return replace(frame, topic=self._about(previous, quantity))
        if (
            previous.noun
            and frame.verb
            and frame.noun[-1].pos == "vn"
            and not frame.subject
            and quantity.unit == self.unit
            and previous.noun[-1].pos in ("n", "nu", "np", "?")
        ):
            # 信访1540件，已完成整改1437件，提交市级核查1307件: an action on the thing counted before.
            return replace(frame, noun=previous.noun, verb=(*frame.verb, *frame.noun), topic=previous.topic, noun_first=True)
        last = frame.noun[-1].zh
        if last.endswith("类") and (total or previous).noun:
            source = total or previous
            return replace(frame, noun=(*frame.noun, *source.noun[-1:]))
        if not frame.verb and not frame.tail:
            if place.item or total is not None:
                # 审查规范性文件6件、合同41件: the verb is said once; so it is after 其中.
                source = total or previous
                return replace(
                    frame,
                    verb=source.verb if not source.noun_first else (),
                    means=source.means,
                    subject=source.subject,
                    tail=source.tail,
                    passive=source.passive,
                )
        elif frame.verb and _GENERIC.search(last) and not frame.topic and not frame.means and not frame.tail:
            if _RESULT.search(frame.verb[-1].zh):
                return replace(frame, topic=previous.topic or _activity(previous.noun))
        return frame

    def _about(self, previous: Frame, quantity: Quantity) -> Tokens:
        items = [i for i in self.items if i]
        nouns: Tokens = previous.noun
        if len(items) > 1 and len(items) < 4 and quantity.unit == "%":
            nouns = items[0]
            for item in items[1:]:
                nouns = (*nouns, Token("和", "c", "and"), *item)
        elif previous.topic and len("".join(t.zh for t in previous.noun)) <= 4:
            nouns = previous.topic
        if quantity.unit == "元" and nouns and nouns[-1].zh in ("案件", "决定书", "书"):
            nouns = nouns[:-1]
        return nouns

    def _activity_before(self, place: Surroundings) -> Tokens:
        for clause in reversed(place.earlier[-3:]):
            noun = _activity(_parse(strip(self._glossary.segment(_clean_edges(clause.replace("#", ""))))).noun)
            if noun and len(noun) <= 7:
                return noun
        return ()

    def _from_earlier_clause(self, frame: Frame, place: Surroundings) -> Frame:
        for clause in reversed(place.earlier[-2:]):
            earlier = _parse(strip(self._glossary.segment(_clean_edges(clause.replace("#", "")))))
            if earlier.noun and len(earlier.noun) <= 9:
                if not frame.noun:
                    return replace(frame, noun=earlier.noun, noun_first=bool(frame.verb))
                return replace(frame, topic=earlier.noun)
        return frame


_GENERIC = re.compile(r"(?:问题|隐患|案件|线索|意见|企业|违法行为|单位|项目|点位|人员|犯罪嫌疑人|信访件?|举报)$")
_RESULT = re.compile(r"(?:发现|整改|查处|查办|立案|罚|移送|排查|责令|约谈|反馈|解决|整治|办结|立行立改|交办|受理|处置|抓获|纠正|督促|接待|发放|参与|参加|覆盖|服务|惠及|走访|检查)$")
_ACTIVITY = re.compile(r"(?:检查|排查|整治|行动|治理|督查|督察|巡查|抽查|监测|评查|审计|暗访|演练|执法|稽查|核查|清查|普查|自查|帮扶|调研|评估|活动)$")
_BARE_RATE = re.compile(r"(?:率|比例|比重|占比|比)$")


def _activity(noun: Tokens) -> Tokens:
    return noun if noun and _ACTIVITY.search(noun[-1].zh) else ()


def _bare(frame: Frame, quantity: Quantity) -> bool:
    """A rate or an amount that does not say of what: 按期办结率, 罚款, 总投资."""
    if frame.verb or frame.tail or frame.topic or not frame.noun:
        return False
    words = "".join(t.zh for t in frame.noun)
    if quantity.unit in ("%", "‰"):
        return len(words) <= 5 and bool(_BARE_RATE.search(words))
    if quantity.unit == "元":
        return len(words) <= 5
    return len(words) <= 4 and bool(_MEASURE_END.search(words))


def _split_list(noun: Tokens) -> list[Tokens]:
    items: list[Tokens] = []
    current: list[Token] = []
    for token in noun:
        if token.zh in ("、", "和", "及", "与"):
            items.append(tuple(current))
            current = []
        else:
            current.append(token)
    items.append(tuple(current))
    return items


def _tail_for_all(places: list[Surroundings], frames: list[Frame]) -> list[Frame]:
    """`8个重点行业392家企业、4个特色行业55家企业已完成整治`: what stands after the last item holds for all of them."""
    last = frames[-1]
    if len(frames) < 2 or not last.tail or last.aspect:
        return frames
    if any(f.verb or f.tail or f.aspect for f in frames[:-1]) or any(p.before.strip(" 、和及") for p in places[1:] if not p.shared):
        return frames
    return [replace(f, tail=last.tail, passive=last.passive) for f in frames]


def _absence(glossary: Glossary, place: Surroundings) -> Frame:
    # 未发生因处理不当引发的群众集访事件: what follows names it; 无重大行政决策 likewise; 均无败诉情况 drops 情况.
    after = re.sub(r"^(?:过|任何|一起|有|涉)+", lambda m: "涉" if m[0].endswith("涉") else "", place.after)
    noun = strip(glossary.segment(re.split(r"[，,。；;！]", after)[0]))
    if len(noun) > 1 and noun[-1].zh in ("情况", "现象", "的情况"):
        noun = noun[:-1]
    noun = strip(noun)
    if not noun:
        noun = _parse(strip(glossary.segment(_clean_edges(place.before)))).noun
    return Frame(noun=noun, suffix="数量")


def _change(glossary: Glossary, place: Surroundings, quantity: Quantity, previous: Frame | None) -> Frame:
    before = _clean_edges(place.before)
    yearly = bool(_YEARLY.search(before[-24:]))
    own = strip(glossary.segment(_clean_edges(_CHANGE_WORDS.sub("", before))))
    suffix = "率" if quantity.unit in ("%", "倍") or quantity.stated_in_words and not quantity.unit else "量"
    base = previous or Frame()
    if own and not place.shared and not (place.opens is False and previous):
        mine = _parse(own)
        if mine.noun:
            base = mine
            if not mine.verb and previous and previous.noun and len("".join(t.zh for t in own)) <= 2:
                base = replace(mine, topic=previous.noun)
    return replace(base, aspect="change", suffix=suffix, yearly=yearly)


def _rank(glossary: Glossary, place: Surroundings, previous: Frame | None) -> Frame:
    before = _clean_edges(_RANK_WORDS.sub("", _clean_edges(place.before)))
    match = _RANK_SCOPE.search(before)
    scope: Tokens = ()
    if match:
        scope = tuple(glossary.segment(match[0].lstrip("在")))
        before = _clean_edges(_RANK_WORDS.sub("", before[: match.start()]))
    own = strip(glossary.segment(before))
    base = _parse(own) if own and not place.shared else (previous or Frame())
    aspect = "change rank" if not own and base.aspect == "change" else "rank"
    return replace(base, aspect=aspect, scope=scope, suffix="排名")


_AFTER_CHANGE = re.compile(r"^(?:提升|提高|增加|增长|上升|下降|降低|降至|降到|减少|压缩|压减|缩短|扩大|调整|上调|下调|升|降|增|减)?(?:至|到|为)")


def _count(
    glossary: Glossary, place: Surroundings, quantity: Quantity, same_unit: bool, shares: bool
) -> tuple[Frame, int]:
    before_text = _clean_edges(place.before)
    after_text = place.after.strip(" \t\u3000，,；;。：:！!|")
    # 养殖场（户）下达: a short bracket with words after it belongs to the noun.
    after_text = re.sub(r"[（(][^（()）\d]{1,3}[）)](?=.)", "", after_text)
    after_text = re.split(r"[（(）)]", after_text)[0].strip()
    after_text = re.sub(r"^(?:以上|以下|以内|左右|以来)?(?:的)?", "", after_text)
    if _AFTER_CHANGE.match(after_text):
        after_text = ""
    after = glossary.segment(after_text) if after_text else []
    before = strip_left(glossary.segment(before_text)) if before_text else ()
    count = leading_nominal(after) if quantity.unit not in ("元", "%", "百分点") else 0
    base = _parse(strip(before))
    if count and not (place.shared and base.noun):
        noun = tuple(after[:count])
        whole = not strip(after[count:])
        frame = _noun_after(base, before, noun, () if same_unit else strip(after[count:]))
        if frame:
            used = len(place.after) - len(place.after.lstrip()) + sum(len(t.zh) for t in noun)
            return frame, used if shares and (same_unit or whole) else 0
    if base.noun and base.noun[0].pos == "p":
        base = replace(base, noun=strip(base.noun[1:]))
    return base, 0


def _noun_after(base: Frame, before: Tokens, noun: Tokens, tail: Tokens) -> Frame | None:
    """`查处|12起|案件`, `对|26家|养殖场|下达处罚决定书`, `帮助|11家|企业|完成修复`; None when the noun is not ours."""
    before = tuple(t for t in before if t.pos != "s")
    coverb = before[-1].zh if before else ""
    if coverb in _PASSIVE_COVERBS:
        rest = _parse(strip(before[:-1])) if len(before) > 1 else Frame()
        lead = (*rest.means, *rest.verb, *rest.noun) if rest.verb else ()
        return Frame(means=lead, noun=noun, tail=tail, passive=coverb not in ("与", "和"), scope=rest.scope)
    if before and before[0].zh in _PASSIVE_COVERBS and base.noun and base.verb:
        return Frame(noun=noun, tail=tail or (*base.verb, *base.noun), passive=True, scope=base.scope)
    if base.noun and base.verb and before[-1].pos != "v":
        # 出台政策16项创新举措: the object stands before the number already, what follows is another word.
        return None
    if base.noun_first:
        base = replace(base, subject=base.noun, noun=(), noun_first=False)
    if base.verb and tail and base.verb[-1].zh in CAUSATIVE:
        return Frame(means=base.means, subject=base.subject, noun=noun, tail=(*base.verb, *tail), scope=base.scope)
    if tail and base.verb and base.verb[-1].zh in ("发现", "有", "共有"):
        return Frame(noun=noun, tail=tail, scope=base.scope)
    if base.noun and not base.verb:
        return Frame(topic=() if tail else base.noun, noun=noun, tail=tail, scope=base.scope)
    return Frame(means=base.means, subject=base.subject, verb=base.verb, noun=noun, tail=() if base.verb else tail, scope=base.scope)


def _suffix(frame: Frame, quantity: Quantity) -> str:
    words = "".join(t.zh for t in (frame.verb if frame.noun_first else frame.noun))
    if quantity.unit in ("元", "美元", "港元", "欧元", "万元", "亿元"):
        return "" if words.endswith(("额", "收入", "支出", "价值", "总值", "投资", "资金", "资本", "余额")) else "金额"
    if quantity.unit in ("%", "‰"):
        return "" if _RATE_END.search(words) else "比例"
    if _MEASURE_END.search(words) or _RATE_END.search(words):
        return ""
    if words.endswith(("信访", "投诉举报")) and quantity.unit == "件":
        return "件数量"
    return SUFFIX.get(quantity.unit, "数量" if quantity.unit else "")


def _clean_edges(text: str) -> str:
    text = _DATE.sub("", text)
    while True:
        shorter = _LEAD_OUT.sub("", _LEAD_IN.sub("", text))
        if shorter == text:
            return text
        text = shorter


def strip(tokens: Sequence[Token]) -> Tokens:
    """Drop particles, conjunctions, adverbs without English and time words from both ends."""
    a, b = 0, len(tokens)
    while a < b and (tokens[a].pos in ("x", "c", "t") or (tokens[a].pos == "d" and not tokens[a].en)):
        a += 1
    while b > a and tokens[b - 1].pos in _LOOSE:
        b -= 1
    return tuple(tokens[a:b])


def strip_left(tokens: Sequence[Token]) -> Tokens:
    """Like `strip`, but leaves a coverb or 的 at the right end, where it says how the number is attached."""
    a, b = 0, len(tokens)
    while a < b and (tokens[a].pos in ("x", "c", "t") or (tokens[a].pos == "d" and not tokens[a].en)):
        a += 1
    while b > a and tokens[b - 1].pos in ("d", "t"):
        b -= 1
    return tuple(tokens[a:b])


def leading_nominal(tokens: Sequence[Token]) -> int:
    """How many tokens from the start form the noun phrase a number before them counts; 0 when they do not start one."""
    i, n = 0, len(tokens)
    head = -1
    while i < n:
        token = tokens[i]
        if token.pos in NOMINAL or token.pos == "np":
            head = i
        elif token.pos == "a" or token.zh == "的":
            if head >= 0 and token.pos == "a" and tokens[head].zh.endswith(_STRONG):
                break
        elif token.pos == "vn":
            following = i + 1 < n and tokens[i + 1].pos in (*NOMINAL, "vn", "a")
            if head >= 0 and tokens[head].zh.endswith(_STRONG):
                break
            if not following and head >= 0 and i + 1 < n:
                break
            head = i
        elif token.pos == "c" or token.zh in "、（）()":
            if i + 1 >= n or tokens[i + 1].pos not in (*NOMINAL, "a", "vn"):
                break
        elif token.pos == "s" and head < 0:
            pass
        else:
            break
        i += 1
    return head + 1


def _is_verb_at(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if token.pos == "v":
        return True
    if token.pos != "vn" or i + 1 >= len(tokens):
        return False
    # 检查企业 is verb and object, 环境检查 is not; 检查 leads or follows an adverb.
    if i + 2 == len(tokens) and tokens[i + 1].zh in _COMPOUND_HEADS:
        return False
    leads = i == 0 or tokens[i - 1].pos in ("d", "s", "x", "c", "v") or _is_verb_at(tokens, i - 1)
    if not leads and i + 2 == len(tokens) and tokens[i + 1].zh.endswith(_STRONG):
        # 使用量化监管平台|抽查|企业: a second verb right before its object.
        leads = any(t.pos == "v" or (t.pos == "vn" and k == 0) for k, t in enumerate(tokens[:i]))
    return leads and tokens[i + 1].pos in (*NOMINAL, "a", "s", "vn") and len(token.zh) <= 4


def _parse(tokens: Tokens) -> Frame:
    """Read a clause without its number as [means] [subject] verb noun."""
    if len(tokens) > 1 and tokens[0].zh in ("对", "将", "把", "就"):
        frame = _read(tokens[1:])
        if frame.subject:
            # 对清单内企业|开展|非现场执法: done to them, not by them.
            return replace(frame, subject=(), means=(_ON, *frame.subject))
        return _settled(frame)
    return _settled(_read(tokens))


def _settled(frame: Frame) -> Frame:
    """个性问题|完成|整改 is a thing and what was done to it, not rectifications completed by problems."""
    if frame.subject and frame.noun and frame.verb[-1].zh in _LIGHT and all(t.pos in ("vn", "a") for t in frame.noun):
        return replace(frame, subject=(), noun=frame.subject, verb=(*frame.verb, *frame.noun), noun_first=True)
    return frame


_LIGHT = frozenset("完成 实现 得到 进行 予以 给予 获得 开展 实施 提交 通过".split())


def _read(tokens: Tokens) -> Frame:
    scope = tuple(t for t in tokens if t.pos == "s")
    words = tuple(t for t in tokens if t.pos != "s" or t.zh == "辖区")
    n = len(words)
    if not n:
        return Frame(scope=scope)
    last = -1
    for i in range(n - 1, -1, -1):
        if words[i].zh == "的":
            # Verbs before 的 modify the noun after it: 现行有效的以区政府名义印发的规范性文件.
            last = -1 if i > 0 else last
            break
        if _is_verb_at(words, i) and i + 1 < n:
            last = i
            break
    if last < 0:
        if words[-1].pos == "v" or (words[-1].pos == "vn" and n == 1):
            first = n - 1
            while first > 0 and words[first - 1].pos in ("v", "d"):
                first -= 1
            return Frame(verb=words[first:], noun=strip(words[:first]), noun_first=first > 0, scope=scope)
        return Frame(noun=words, scope=scope)
    first = last
    while first > 0 and (words[first - 1].pos in ("v", "d", "c") or (words[first - 1].pos == "vn" and first - 1 == 0)):
        first -= 1
    verb, noun, lead = strip(words[first : last + 1]), strip(words[last + 1 :]), strip(words[:first])
    if not verb:
        return Frame(noun=noun, scope=scope)
    if lead and (lead[0].pos == "p" or any(t.pos == "v" for t in lead)):
        return Frame(means=lead, verb=verb, noun=noun, scope=scope)
    return Frame(subject=lead, verb=verb, noun=noun, scope=scope)

"""What one quantity of a sentence leaves for the next: subject, verb, thing counted, topic.

`审查规范性文件6件、合同41件`: the verb is said once. `按期办结率100%`: of what was said before.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.document import Kind, Quantity
from summarizer.engines.offline.changes import change, rank
from summarizer.engines.offline.clause_reading import parse
from summarizer.engines.offline.counts import MEASURE_END, absence, count, suffix
from summarizer.engines.offline.edges import clean_edges, strip
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.surroundings import Surroundings
from summarizer.engines.offline.wording import Cut, Tokens, zh_of
from summarizer.glossary import Token

_CASE_UNITS = frozenset({"件", "起", "宗", "例", "件次"})
_ENTITIES = frozenset({"家", "户", "人", "名"})
CASE = Token("案件", "n", "case")
_ENTITY = Token("单位", "n", "entity")
_INSPECTION = re.compile(
    "(?:第[一二三四]轮)?(?:中央|国家|省级?|自治区)第?(?:[一二三四]轮)?(?:生态环境保护|生态环保|生态环境|环境保护|环保)督察"
)
_OF_AN_INSPECTION = ("问题", "信访", "信访件", "整改任务", "任务", "转办件", "交办件", "信访案件")
_PROCEEDINGS = re.compile("行政诉讼|行政复议|诉讼|复议")
_OUTCOMES_OF_PROCEEDINGS = frozenset(
    "败诉 败诉案件 被撤销 被纠错 纠错 撤销 确认违法 被确认违法 败诉情况 被撤销案件".split()
)
_COUNTS_THINGS = frozenset("个 家 座 条 处 所 户".split())
_RATE = re.compile("(?:水质|质量|环境质量)?(?:达标|优良|合格|覆盖|完成|利用|处理|处置)率$")
_NO_TOPIC = (
    "措施",
    "手段",
    "方式",
    "工作",
    "要求",
    "方案",
    "通知",
    "意见",
    "办法",
    "原则",
    "目标",
    "作用",
    "优势",
    "精神",
)
_GENERIC = re.compile(r"(?:问题|隐患|案件|线索|意见|企业|违法行为|单位|项目|点位|人员|犯罪嫌疑人|信访件?|举报)$")
_RESULT = re.compile(
    r"(?:发现|整改|查处|查办|立案|罚|移送|排查|责令|约谈|反馈|解决|整治|办结|立行立改|交办|受理|处置|抓获|纠正|督促|接待|发放|参与|参加|覆盖|服务|惠及|走访|检查)$"
)
_ACTIVITY = re.compile(
    r"(?:检查|排查|整治|行动|治理|督查|督察|巡查|抽查|监测|评查|审计|暗访|演练|执法|稽查|核查|清查|普查|自查|帮扶|调研|评估|活动)$"
)
_BARE_RATE = re.compile(r"(?:率|比例|比重|占比|比)$")


class Context:
    """What earlier quantities of a sentence leave for later ones: subject, verb, thing counted."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut
        self.last: Frame | None = None
        self.previous: Frame | None = None
        self.start()

    def start(self, continues: bool = False) -> None:
        """A new sentence begins. What a change or a rank refers to may still stand in the one before.

        After a semicolon (`continues`), so may the head of what is counted: 噪声类1093宗；大气类861宗.
        """
        self.before: Frame | None = self.previous if continues else None
        self.previous = None
        self.total: Frame | None = None
        self.items: list[Tokens] = []
        self.unit = ""
        self.counted: dict[str, Frame] = {}
        self.coined = False
        self.rate: Tokens = ()

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
        if len(places) < 2 or any(clean_edges(p.before) for p in places[1:]):
            return None
        if len({quantities[p.index].start for p in places}) != len(places):
            return None
        tokens = strip(self._cut(clean_edges(places[0].before)))
        base = parse(tokens)
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
            return self._of_proceedings(absence(self._cut, place)), 0
        before_bracket = self.previous
        taken = 0
        if quantity.kind is Kind.CHANGE:
            frame = change(self._cut, place, quantity, self.previous or self.last)
        elif quantity.kind is Kind.RANK:
            frame = rank(self._cut, place, self.last)
        else:
            frame, taken = count(self._cut, place, quantity, same_unit, shares)
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
        frame = self._carry(self._counted_thing(frame, quantity), place, quantity)
        self.unit = quantity.unit
        if frame.noun and not frame.aspect:
            self.counted[quantity.unit] = frame
        self.coined = False
        if not frame.topic and not frame.aspect and frame.noun and frame.noun[-1].zh.endswith(_OF_AN_INSPECTION):
            frame = replace(frame, topic=self._inspection(place))
        if quantity.unit in _CASE_UNITS and frame.noun and not frame.verb and not frame.tail:
            last = frame.noun[-1]
            if last.pos == "vn" or last.zh.endswith(
                ("处罚", "拘留", "扣押", "停产", "处罚的", "立案", "一审", "二审", "再审")
            ):
                # 移送拘留197宗 counts cases.
                frame = replace(frame, noun=(*frame.noun, CASE))
                self.coined = True
        if place.item and not place.opens:
            self.items.append(frame.noun)
        else:
            self.items = [frame.noun]
        return replace(frame, suffix=suffix(frame, quantity))

    def _carry(self, frame: Frame, place: Surroundings, quantity: Quantity) -> Frame:
        previous = self.previous
        lead = place.before.lstrip(" \u3000、（(")
        if previous is not None and (lead.startswith(("其中", "包括", "含")) or place.bracketed and self.total is None):
            self.total = previous
        if previous is None:
            if self.before and self.before.noun and frame.noun and all(t.pos == "a" for t in frame.noun):
                return replace(frame, noun=(*frame.noun, *_head_of(self.before)))
            if (not frame.noun and not frame.verb) or _bare(frame, quantity):
                return self._from_earlier_clause(frame, place)
            if frame.verb and frame.noun and not frame.topic and not frame.means and not frame.subject:
                if _GENERIC.search(frame.noun[-1].zh) and _RESULT.search(frame.verb[-1].zh):
                    return replace(frame, topic=self._activity_before(place))
            return frame
        total = self.total
        if (
            quantity.unit == "元"
            and frame.noun
            and frame.verb
            and frame.verb[-1].zh in ("涉及", "涉", "共涉及", "带动")
        ):
            return replace(frame, topic=self._about(previous, quantity))
        if quantity.unit == "元" and not frame.noun and frame.verb and frame.verb[-1].pos == "vn":
            # 罚款138万元 after 行政处罚案件15件: the fines of those cases.
            return replace(frame, noun=frame.verb, verb=(), topic=self._about(previous, quantity))
        if not frame.noun and not frame.verb and quantity.unit == "%" and self.rate:
            return replace(frame, noun=self.rate)
        if not frame.noun:
            # 已办结366件, 其中维持4起: only what was done; the thing counted is the one before.
            source = total or self._same_kind(previous, quantity)
            noun = source.noun
            if frame.verb:
                return replace(
                    frame,
                    noun=noun,
                    topic=source.topic,
                    noun_first=len(noun) > 1 or noun[:1] not in ((CASE,), (_ENTITY,)),
                )
            return replace(source, aspect="")
        if _bare(frame, quantity):
            return replace(frame, topic=self._about(previous, quantity))
        if (
            previous.noun
            and frame.verb
            and all(t.pos in ("vn", "a") for t in frame.noun)
            and not frame.subject
            and quantity.unit == self.unit
            and previous.noun[-1].pos in ("n", "nu", "np", "?")
        ):
            # 信访1540件，已完成整改1437件，提交市级核查1307件: an action on the thing counted before.
            return replace(
                frame, noun=previous.noun, verb=(*frame.verb, *frame.noun), topic=previous.topic, noun_first=True
            )
        last = frame.noun[-1].zh
        if all(t.pos == "a" for t in frame.noun) or last.endswith("类"):
            # 其他55件, 二审案件 after 一审17件: the head is the one before.
            frame = replace(frame, noun=(*frame.noun, *_head_of(total or previous)))
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

    def _counted_thing(self, frame: Frame, quantity: Quantity) -> Frame:
        """2个国控断面水质达标率100%: the 2 counts sections, not rates."""
        words = zh_of(frame.noun)
        if quantity.unit not in _COUNTS_THINGS or frame.verb or not words.endswith("率"):
            return frame
        thing = _RATE.sub("", words)
        if not thing:
            return frame
        self.rate = frame.noun
        return replace(frame, noun=tuple(self._cut(thing)))

    def _same_kind(self, previous: Frame, quantity: Quantity) -> Frame:
        """罚款138万元，移送拘留2件 counts cases, not fines: the last thing counted in this unit, else in this kind of unit."""
        if self.coined or (quantity.unit in _ENTITIES and quantity.unit != self.unit):
            noun = {"家": (_ENTITY,), "户": (_ENTITY,), "人": (), "名": ()}.get(quantity.unit, (CASE,))
            return Frame(noun=noun)
        if previous.suffix != "金额" and (previous.noun or quantity.unit == self.unit):
            counts_cases = quantity.unit in _CASE_UNITS and self.unit not in _CASE_UNITS
            return previous if not counts_cases else self.counted.get(quantity.unit, replace(previous, noun=(CASE,)))
        if quantity.unit in self.counted:
            return self.counted[quantity.unit]
        return replace(previous, noun=(CASE,)) if quantity.unit in _CASE_UNITS else previous

    def _about(self, previous: Frame, quantity: Quantity) -> Tokens:
        items = [i for i in self.items if i]
        nouns: Tokens = previous.noun
        if len(items) > 1 and len(items) < 4 and quantity.unit == "%":
            nouns = items[0]
            for item in items[1:]:
                nouns = (*nouns, Token("和", "c", "and"), *item)
        elif previous.topic and (len(zh_of(previous.noun)) <= 4 or _BARE_RATE.search(zh_of(previous.noun))):
            nouns = previous.topic
        if quantity.unit == "元" and nouns and nouns[-1].zh in ("案件", "决定书", "书"):
            nouns = nouns[:-1]
        return nouns

    def _activity_before(self, place: Surroundings) -> Tokens:
        for clause in reversed(place.earlier[-3:]):
            noun = _activity(parse(strip(self._cut(clean_edges(clause.replace("#", ""))))).noun)
            if noun and len(noun) <= 7:
                return noun
        return ()

    def _of_proceedings(self, frame: Frame) -> Frame:
        """无败诉 after 行政诉讼案件7起: lost administrative lawsuits."""
        if zh_of(frame.noun) not in _OUTCOMES_OF_PROCEEDINGS:
            return frame
        for before in self.counted.values():
            match = _PROCEEDINGS.search(zh_of(before.noun))
            if match:
                return replace(frame, topic=tuple(self._cut(match[0])))
        return frame

    def _inspection(self, place: Surroundings) -> Tokens:
        """《…第三轮中央生态环境保护督察…整改方案》，9个个性问题: of that inspection."""
        for clause in reversed(place.earlier):
            match = _INSPECTION.search(clause)
            if match:
                return tuple(self._cut(match[0]))
        return ()

    def _from_earlier_clause(self, frame: Frame, place: Surroundings) -> Frame:
        for clause in reversed(place.earlier[-2:]):
            earlier = parse(strip(self._cut(clean_edges(clause.replace("#", "")))))
            if earlier.noun and len(earlier.noun) <= 9 and not earlier.noun[-1].zh.endswith(_NO_TOPIC):
                if not frame.noun:
                    return replace(frame, noun=earlier.noun, noun_first=bool(frame.verb))
                return replace(frame, topic=earlier.noun)
        return frame


def _head_of(frame: Frame) -> Tokens:
    """The noun a frame counts, without its modifiers: 行政应诉案件 -> 案件, as one token where the glossary has one."""
    return frame.noun[-1:] if frame.noun and frame.noun[-1].pos in ("n", "nu") else ()


def _activity(noun: Tokens) -> Tokens:
    return noun if noun and _ACTIVITY.search(noun[-1].zh) else ()


def _bare(frame: Frame, quantity: Quantity) -> bool:
    """A rate or an amount that does not say of what: 按期办结率, 罚款, 总投资."""
    if frame.verb or frame.tail or frame.topic or not frame.noun:
        return False
    words = zh_of(frame.noun)
    if quantity.unit in ("%", "‰"):
        items = [zh_of(item) for item in _split_list(frame.noun)]
        return all(len(item) <= 5 and _BARE_RATE.search(item) for item in items)
    if quantity.unit == "元":
        return len(words) <= 5
    return len(words) <= 4 and bool(MEASURE_END.search(words))


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
    if any(f.verb or f.tail or f.aspect for f in frames[:-1]) or any(
        p.before.strip(" 、和及") for p in places[1:] if not p.shared
    ):
        return frames
    return [replace(f, tail=last.tail, passive=last.passive) for f in frames]

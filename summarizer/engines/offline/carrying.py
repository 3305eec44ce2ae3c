"""What one quantity of a sentence leaves for the next: subject, verb, thing counted, topic.

`审查规范性文件6件、合同41件`: the verb is said once. `按期办结率100%`: of what was said before.
"""

from collections.abc import Sequence
from dataclasses import replace

from summarizer.document import Kind, Quantity
from summarizer.engines.offline import topics
from summarizer.engines.offline.changes import change, margin, rank
from summarizer.engines.offline.clause_reading import parse
from summarizer.engines.offline.counts import absence, count, suffix
from summarizer.engines.offline.edges import clean_edges, strip
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.surroundings import Surroundings
from summarizer.engines.offline.wording import Cut, Tokens, zh_of
from summarizer.glossary import Token
from summarizer.patterns import pattern

_CASE_UNITS = frozenset({"件", "起", "宗", "例", "件次"})
_ENDS_AS_CASES = ("处罚", "拘留", "扣押", "停产", "处罚的", "立案", "一审", "二审", "再审")
_CASE = Token("案件", "n", "case")
_ENTITY = Token("单位", "n", "entity")
# What a number in another unit than the one before counts, when its clause only says what was done.
_COUNTED_BY_UNIT: dict[str, Tokens] = {"家": (_ENTITY,), "户": (_ENTITY,), "人": (), "名": ()}
# Reviewed, made, discussed one kind after the other; 案件 and 投诉 are told without what was done before.
_PAPERS = tuple("文件 合同 协议 回复 决定 建议 提案 议案 材料 意见 方案 制度 条例 规章 标准 报告 公文 预案".split())
_COUNTS_THINGS = frozenset("个 家 座 条 处 所 户 项".split())
_RATE = pattern("(?:水质|质量|环境质量)?(?:达标|优良|合格|覆盖|完成|利用|处理|处置)率$")
_OF_THINGS = pattern("(?:总?收入|总?支出|总?投资|(?:优[ⅡⅢ类]*|优良|达标)?(?:水质)?(?:优[ⅡⅢ类]*)?比例)$")
_PERSON_UNITS = frozenset({"人", "名"})
_ACTORS = ("人", "人员", "负责人", "干部", "领导", "代表", "委员", "群众", "组织", "法人", "企业", "公民")
_HARM, _HARMS = ("死亡", "受伤", "伤亡", "失踪"), ("事故", "火灾", "灾害", "事件")
_IN_A_STATE = pattern("(?:正在|均?已|均?未|仍在?|尚[在未]|还在)(?=[\u4e00-\u9fff]{2})")
_LONGEST_STATE = 8
_OF_CASES = pattern("审结|办结|结案|受理|办理|审理|执结|审执")  # what is done to cases, not to the people in them
_MARGIN_UNITS = frozenset({"百分点", "个点", "%", "名", "位"})
_OF_WHICH = ("其中", "包括", "含")
_SUMS = frozenset("涉及 涉 共涉及 带动".split())
_AND = Token("和", "c", "and")
_MOST_ITEMS = 3


class Context:
    """What earlier quantities of a sentence leave for later ones: subject, verb, thing counted."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut
        self._last: Frame | None = None
        self._previous: Frame | None = None
        self._counted_first: dict[str, Frame] = {}
        self.start()

    def start(self, continues: bool = False) -> None:
        """A new sentence begins. What a change or a rank refers to may still stand in the one before.

        After a semicolon (`continues`), so may the head of what is counted: 噪声类1093宗；大气类861宗.
        """
        self._before: Frame | None = self._previous if continues else None
        self._previous = None
        self._total: Frame | None = None
        self._items: list[Tokens] = []
        self._unit = ""
        self._counted_before = self._counted_first
        self._counted_first = {}
        self._counted: dict[str, Frame] = {}
        self._levels: list[Frame] = []
        self._coined = False
        self._measure: Tokens = ()

    def clause(self, places: list[Surroundings], quantities: Sequence[Quantity]) -> list[Frame]:
        """The frames of the quantities of one clause, in order."""
        dealt = self._respectively(places, quantities) or self._changes_dealt(places, quantities)
        if dealt is not None:
            return dealt
        frames: list[Frame] = []
        taken = 0
        for k, place in enumerate(places):
            following = places[k + 1] if k + 1 < len(places) and places[k + 1].shared else None
            same_unit = following is not None and quantities[following.index].unit == quantities[place.index].unit
            if place.shared and taken:
                place = replace(place, before=place.before[taken:])
            frame, taken = self._next(place, quantities[place.index], same_unit, following is not None)
            frames.append(frame)
        return _tail_for_all(places, frames)

    def _respectively(self, places: list[Surroundings], quantities: Sequence[Quantity]) -> list[Frame] | None:
        """`参考率、优秀率分别为100%和96.6%`: as many names as numbers, dealt out in order."""
        if len(places) < 2 or any(clean_edges(p.before) for p in places[1:]):
            return None
        if len({quantities[p.index].start for p in places}) != len(places):
            return None
        base = parse(strip(self._cut(clean_edges(places[0].before))))
        items = topics.split_list(base.noun)
        if len(items) != len(places) or not all(items):
            return None
        shared_head = items[-1][-1:] if len(items[-1]) > 1 and len(items[0]) == 1 else ()
        # 执法人员参考率、优秀率: whose rates they are is said once.
        shared_lead = items[0][:-1] if all(len(item) == 1 for item in items[1:]) else ()
        out = []
        for place, item in zip(places, items, strict=True):
            noun = item if item is items[-1] or item[-1].zh.endswith("率") else (*item, *shared_head)
            if item is not items[0] and not shared_head:
                noun = (*shared_lead, *noun)
            out.append(self._finished(replace(base, noun=noun), place, quantities[place.index]))
        self._previous = out[-1]
        return out

    def _changes_dealt(self, places: list[Surroundings], quantities: Sequence[Quantity]) -> list[Frame] | None:
        """`受理51326件，审结46871件，同比分别上升18.4%和15.9%`: a change for each of the figures before, in order."""
        if not 1 < len(places) <= len(self._levels) or "分别" not in places[0].before:
            return None
        if any(quantities[p.index].kind is not Kind.CHANGE for p in places):
            return None
        yearly = change(self._cut, places[0], quantities[places[0].index], None).yearly
        dealt = [
            replace(change(self._cut, replace(place, before=""), quantities[place.index], level), yearly=yearly)
            for place, level in zip(places, self._levels[-len(places) :], strict=True)
        ]
        self._last = dealt[-1]
        return dealt

    def _next(self, place: Surroundings, quantity: Quantity, same_unit: bool, shares: bool) -> tuple[Frame, int]:
        """The frame of one quantity, and how much of the text it shares with the next one it has used up."""
        if quantity.stated_in_words and quantity.kind is not Kind.CHANGE:
            frame = absence(self._cut, place)
            topic = topics.proceedings_before(self._cut, frame, list(self._counted.values()))
            return replace(frame, topic=topic), 0
        previous = self._previous
        if quantity.kind is Kind.CHANGE:
            self._last = change(self._cut, place, quantity, previous or self._last)
        elif quantity.kind is Kind.RANK:
            self._last = rank(self._cut, place, self._last)
        elif quantity.unit in _MARGIN_UNITS and (apart := margin(self._cut, place, self._last or previous)):
            self._last = apart
        else:
            frame, taken = count(self._cut, place, quantity, same_unit, shares)
            if place.shared and not place.before.strip() and previous and not frame.topic and frame.noun:
                frame = self._behind(frame, previous)
            if place.shared and previous and previous.passive and frame.subject == previous.noun:
                # 向213名人员发放补贴58万元: they got it, they did not give it.
                frame = replace(frame, subject=(), topic=frame.subject)
            self._last = frame = self._finished(frame, place, quantity)
            self._levels.append(frame)
            self._previous = previous if place.bracketed and previous else frame
            return frame, taken
        self._previous = previous or replace(self._last, aspect="")
        return self._last, 0

    def _finished(self, frame: Frame, place: Surroundings, quantity: Quantity) -> Frame:
        """What the clause leaves out is filled in, and what it leaves behind is kept."""
        frame = self._carried(self._thing_counted(frame, quantity), place, quantity)
        self._unit = quantity.unit
        self._coined = False
        if frame.noun:
            self._counted[quantity.unit] = frame
            self._counted_first.setdefault(quantity.unit, frame)
            if not frame.topic and frame.noun[-1].zh.endswith(topics.OF_AN_INSPECTION):
                frame = replace(frame, topic=topics.inspection_before(self._cut, place))
        if quantity.unit in _CASE_UNITS and _names_an_action(frame):
            # 移送拘留197宗 counts cases.
            frame = replace(frame, noun=(*frame.noun, _CASE))
            self._coined = True
        self._items = [*self._items[-_MOST_ITEMS:], frame.noun] if place.item and not place.opens else [frame.noun]
        return replace(frame, suffix=suffix(frame, quantity))

    # -- what is left out ------------------------------------------------------------------------------------------

    def _carried(self, frame: Frame, place: Surroundings, quantity: Quantity) -> Frame:
        previous = self._previous
        if previous is None:
            return self._opening(frame, place, quantity)
        lead = place.before.lstrip(" \u3000、（(")
        if lead.startswith(_OF_WHICH) or (place.bracketed and self._total is None):
            self._total = self._whole_of(previous, quantity)
        if quantity.unit == "元" and (sum_ := self._sum(frame, previous, quantity)):
            return sum_
        if not frame.noun:
            return self._only_done(frame, previous, place, quantity)
        if frame.noun_first and quantity.unit == self._unit and frame.noun[-1].zh.endswith(_ACTORS):
            # 召开发布会2场，主要负责人参加1场: by whom.
            return replace(frame, subject=frame.noun, noun=previous.noun, noun_first=False)
        if topics.is_bare(frame, quantity):
            return replace(frame, topic=self._about(previous, quantity))
        if self._is_action_on(previous, frame, quantity):
            # 信访1540件，已完成整改1437件，提交市级核查1307件: an action on the thing counted before.
            done = (*frame.verb, *frame.noun)
            return replace(frame, noun=previous.noun, verb=done, topic=previous.topic, noun_first=True)
        return self._completed(frame, previous, place, quantity)

    def _opening(self, frame: Frame, place: Surroundings, quantity: Quantity) -> Frame:
        """The first figure of a sentence leans on the clauses before it, or on the sentence before a semicolon."""
        if self._before and frame.noun and all(t.pos == "a" for t in frame.noun):
            return replace(frame, noun=(*frame.noun, *_head_of(self._before)))
        counted = self._counted_before.get(quantity.unit)
        if counted and frame.verb and not frame.noun and quantity.unit in _CASE_UNITS:
            # 收到申请26件。已办结25件: of what the sentence before counted.
            return replace(frame, noun=counted.noun, topic=counted.topic, noun_first=True)
        if not frame.noun and not frame.verb:
            return replace(frame, noun=topics.noun_before(self._cut, place))
        if topics.is_bare(frame, quantity):
            return replace(frame, topic=topics.noun_before(self._cut, place))
        if not (frame.topic or frame.means or frame.subject) and _leaves_behind(frame):
            return replace(frame, topic=topics.activity_before(self._cut, place))
        return frame

    def _sum(self, frame: Frame, previous: Frame, quantity: Quantity) -> Frame | None:
        """罚款138万元, 涉及投资2651亿元: a sum of money in what was counted before."""
        if frame.noun and frame.verb and frame.verb[-1].zh in _SUMS:
            return replace(frame, topic=self._about(previous, quantity))
        if not frame.noun and frame.verb and frame.verb[-1].pos == "vn":
            return replace(frame, noun=frame.verb, verb=(), topic=self._about(previous, quantity))
        return None

    def _only_done(self, frame: Frame, previous: Frame, place: Surroundings, quantity: Quantity) -> Frame:
        """已办结366件, 其中维持4起: only what was done is said; the thing counted is the one before."""
        if not frame.verb and quantity.unit in ("%", "元") and self._measure:
            return replace(frame, noun=self._measure)
        if frame.verb and frame.verb[-1].zh == "占" and self._total and self._total.noun != previous.noun:
            # 技能人才2.3万人，其中高技能人才6120人，占26.6%: the part in the whole.
            return replace(frame, subject=previous.noun, noun=self._total.noun)
        if not frame.verb and place.shared and quantity.unit in _PERSON_UNITS:
            # 刑事案件4217件5386人: the people in what was counted.
            done = previous.verb if self._unit in _CASE_UNITS and not _OF_CASES.search(zh_of(previous.verb)) else ()
            return Frame(topic=previous.noun, verb=done)
        source = self._total or self._same_kind(previous, quantity)
        if not frame.verb:
            tail = self._state(place)
            if tail:
                # With no object behind the verb they undergo it: 已办结, 尚未完成.
                return replace(source, aspect="", verb=(), tail=tail, passive=tail[-1].pos in ("v", "vn"))
            return replace(source, aspect="")
        noun_first = len(source.noun) > 1 or source.noun[:1] not in ((_CASE,), (_ENTITY,))
        return replace(frame, noun=source.noun, topic=source.topic, noun_first=noun_first)

    def _behind(self, frame: Frame, previous: Frame) -> Frame:
        """惠及12个乡镇86个村: both benefit; 8个重点行业392家企业: the enterprises are of those industries."""
        if previous.verb and not (previous.noun_first or frame.verb or frame.tail):
            return replace(frame, verb=previous.verb, means=previous.means, subject=previous.subject)
        return replace(frame, topic=previous.noun)

    def _state(self, place: Surroundings) -> Tokens:
        """12540个、8075个正在落实整改, 其中5件已办结: in what state those are that only the number tells apart."""
        if not _IN_A_STATE.match(place.after):
            return ()
        tail = strip(self._cut(place.after.strip(" 。；;")))
        return tail if len(tail) <= _LONGEST_STATE and any(t.pos in ("v", "vn") for t in tail) else ()

    def _whole_of(self, previous: Frame, quantity: Quantity) -> Frame:
        """What 其中 refers to: 立案187件，罚款1635万元，其中按日计罚1件 is part of the cases, not of the money."""
        if self._unit == quantity.unit or previous.suffix != "金额":
            return previous
        return self._counted.get(quantity.unit, Frame(noun=(_CASE,)) if quantity.unit in _CASE_UNITS else previous)

    def _is_action_on(self, previous: Frame, frame: Frame, quantity: Quantity) -> bool:
        if not previous.noun or not frame.verb or frame.subject or quantity.unit != self._unit:
            return False
        return all(t.pos in ("vn", "a") for t in frame.noun) and previous.noun[-1].pos in ("n", "nu", "np", "?")

    def _completed(self, frame: Frame, previous: Frame, place: Surroundings, quantity: Quantity) -> Frame:
        """A modifier gets its head (其他55件), a further item its verb (合同41件), a result its activity."""
        source = self._total or previous
        if self._total and quantity.unit in _CASE_UNITS and frame.noun[-1].zh.endswith(_ACTORS) and source.noun:
            # 申请26件，其中自然人24件: whose.
            return Frame(subject=frame.noun, noun=source.noun, topic=source.topic)
        if all(t.pos == "a" for t in frame.noun) or frame.noun[-1].zh.endswith("类"):
            frame = replace(frame, noun=(*frame.noun, *_head_of(source)))
        if frame.verb and frame.verb[-1].zh == "占" and not (frame.subject or frame.topic):
            return replace(frame, subject=previous.noun)
        if quantity.unit in _PERSON_UNITS and not frame.topic and previous.noun:
            if frame.verb and frame.verb[-1].zh in _SUMS:
                # 劳动争议案件2108件，涉及劳动者2655人: in those cases.
                return replace(frame, topic=previous.noun)
            if zh_of(frame.noun).endswith(_HARM) and previous.noun[-1].zh.endswith(_HARMS):
                return replace(frame, topic=previous.noun)
        if frame.verb:
            if not (frame.topic or frame.means or frame.tail) and _leaves_behind(frame):
                return replace(frame, topic=previous.topic or topics.activity(previous.noun))
            return frame
        # 审查规范性文件6件，合同41件: the verb is said once for things counted alike.
        goes_on = place.opens and quantity.unit == self._unit and frame.noun[-1].zh.endswith(_PAPERS)
        if frame.tail or not (place.item or self._total or (goes_on and not (frame.subject or frame.topic))):
            return frame
        return replace(
            frame,
            verb=source.verb if not source.noun_first else (),
            means=source.means,
            subject=source.subject,
            tail=source.tail,
            passive=source.passive,
        )

    def _thing_counted(self, frame: Frame, quantity: Quantity) -> Frame:
        """2个国控断面水质达标率100%: the 2 counts sections, not rates."""
        words = zh_of(frame.noun)
        if quantity.unit not in _COUNTS_THINGS or frame.verb:
            return frame
        thing = _RATE.sub("", words) if words.endswith("率") else _OF_THINGS.sub("", words)
        if not thing or thing == words:
            return frame
        self._measure = frame.noun
        return replace(frame, noun=self._cut(thing), tail=())

    def _same_kind(self, previous: Frame, quantity: Quantity) -> Frame:
        """罚款138万元，移送拘留2件 counts cases, not fines: what was counted last in this unit or kind of unit."""
        unit = quantity.unit
        if self._coined or (unit in _COUNTED_BY_UNIT and unit != self._unit):
            return Frame(noun=_COUNTED_BY_UNIT.get(unit, (_CASE,)))
        other_kind = unit in _CASE_UNITS and self._unit not in _CASE_UNITS
        if previous.suffix == "金额" or other_kind:
            cases = replace(previous, noun=(_CASE,)) if unit in _CASE_UNITS else previous
            return self._counted.get(unit, cases)
        return previous

    def _about(self, previous: Frame, quantity: Quantity) -> Tokens:
        """What a bare rate or sum is of: 建议4件、提案13件，答复率100% is of both."""
        items = [item for item in self._items if item]
        nouns = previous.noun
        if 1 < len(items) <= _MOST_ITEMS and quantity.unit == "%":
            nouns = items[0]
            for item in items[1:]:
                nouns = (*nouns, _AND, *item)
        elif not previous.topic and (thing := _OF_THINGS.sub("", zh_of(nouns))) != zh_of(nouns):
            # 保险基金总收入186亿元，总支出159亿元: of the fund.
            nouns = self._cut(thing)
        elif not previous.topic and topics.BARE_RATE.search(zh_of(nouns)):
            nouns = ()
        elif previous.topic and (len(zh_of(nouns)) <= 4 or topics.BARE_RATE.search(zh_of(nouns))):
            nouns = previous.topic
        if quantity.unit == "元" and nouns and nouns[-1].zh in ("案件", "决定书", "书"):
            nouns = nouns[:-1]
        return nouns


def _names_an_action(frame: Frame) -> bool:
    if not frame.noun or frame.verb or frame.tail:
        return False
    return frame.noun[-1].pos == "vn" or frame.noun[-1].zh.endswith(_ENDS_AS_CASES)


def _leaves_behind(frame: Frame) -> bool:
    """发现|问题, 整改|隐患: the result of an activity named elsewhere."""
    if not frame.verb or not frame.noun:
        return False
    return bool(topics.GENERIC.search(frame.noun[-1].zh) and topics.RESULT.search(frame.verb[-1].zh))


def _head_of(frame: Frame) -> Tokens:
    """The noun a frame counts, without its modifiers: 行政应诉|案件 -> 案件."""
    return frame.noun[-1:] if frame.noun and frame.noun[-1].pos in ("n", "nu") else ()


def _tail_for_all(places: list[Surroundings], frames: list[Frame]) -> list[Frame]:
    """`8个重点行业392家企业、4个特色行业55家企业已完成整治`: what stands after the last item holds for all of them."""
    last = frames[-1]
    if len(frames) < 2 or not last.tail or last.aspect or any(f.verb or f.tail or f.aspect for f in frames[:-1]):
        return frames
    if any(p.before.strip(" 、和及") for p in places[1:] if not p.shared):
        return frames
    return [replace(f, tail=last.tail, passive=last.passive) for f in frames]

"""One sentence or heading of the report told in both languages, its figures by reference.

Chinese is the sentence itself. English is composed: of the figures by their frames, of plain clauses by the glossary.
What rules cannot put into English is not guessed at: it is left in Chinese, and said to be.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from summarizer.document import Bound, Kind, Quantity
from summarizer.engines.offline import sentences as told_as
from summarizer.engines.offline.figure_clauses import beside, statement
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.frame_phrases import scope_of
from summarizer.engines.offline.key_sentences import KeySentence, reference, with_references
from summarizer.engines.offline.sentences import Fact
from summarizer.engines.offline.translation import Translator
from summarizer.engines.offline.wording import zh_of
from summarizer.engines.protocol import LEFT_OUT, REF_OPEN, ROUGH, DraftProse, Reading
from summarizer.english import capitalize
from summarizer.patterns import pattern

_LONGEST_SURE = 48
_SHORTEST_CLAUSE = 6
_DONE, _PLANNED = "work included", "plans include"
_AGAIN = {"Work included": "It also included", "Plans include": "They also include"}
_ACTS = pattern(r"(?:(?:\w+ly|further) )*\w+ing\b|all ")  # says an action: no loose noun or adverbial phrase
_LONGEST_GAP = 160
_LONGEST_ROUGH = 70
_MOST_AFTER = 2
_MOST_ROUGH = 3
_COMMENDED_BY = pattern(r"^[并也还]?(?:受到|得到|获得|获)了?(.*)$")
_COMMENDED = pattern(
    r"^(省市|省区市|省|市|区县|县|个部门|部门|个)?(.*?)的?(?:一致|充分|高度|广泛)?(?:肯定|好评|点赞|表扬|赞扬|认可|表彰|赞誉)$"
)
_UNITS = {
    "省市": "provinces and municipalities", "省区市": "provinces, regions and municipalities", "省": "provinces",
    "市": "cities", "区县": "districts and counties", "县": "counties", "个部门": "departments", "部门": "departments",
}  # fmt: skip
_RISES_FROM = pattern("(?:由|从)(?:原来|原先|上年|去年|此前|年初|过去)?的?$")
_RISES_TO = pattern(
    "^[^，,；;。]{0,4}?(?:(提升|提高|增加|增长|上升|扩大|增|升)|下降|降低|减少|压缩|缩短|降|减)(?:到|至|为)"
)
_OWNER = pattern(
    "(?:^|[，,]|组织|推动|指导)([\u4e00-\u9fff]{4,20}?(?:中心|机构|平台|企业|厂|站))(?:采取|通过|实施|开展)"
)
_AMONG = pattern("^[^，,；;。]{2,16}?(?=[、，,]|中)(?=[^，,；;。]{0,40}?中[^，,；;。、]{2,30}的)")
_BARE_OBJECT = pattern(
    "(?:开展|组织|进行|实施)了?(?:专项(?:执法|行动|整治|检查|排查|治理)|自查自纠|集中整治|活动|检查|排查)(?=[，,；;])"
)
# What says that something is wrong, and the words after which a sentence comes to it.
LACKING = pattern(
    "不足|缺乏|不强|有待|不够|差距|欠缺|短板|薄弱|滞后|不能|无法|未能|不高|不到位|不平衡|不理想|仍需|还需|亟待|亟需|不便|不完善"
    "|不健全|不深|不严|不实|有限|单一|困难|难以|弱项|偏弱|较弱|不适应"
)
_TURNS = pattern("^(?:但|但是|然而|不过|可是)(?=[^书])")
_STOPS = "\n。！？；!?;）)、. "
_CLAUSES = pattern(r"[，,；;：:。！!]")
_MARKER = pattern(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）]|、|[.．﹒])|[一二三四五六七八九十]{1,2}\s?是)\s*")


class Teller:
    """Tells single sentences of one report."""

    def __init__(self, reading: Reading, frames: Mapping[int, Frame], translator: Translator) -> None:
        self._text = reading.document.text
        self._quantities = reading.numbers.quantities
        self._frames = frames
        self._translator = translator
        self._sections = reading.sections
        self._plans = reading.plans
        self._problems = reading.problems
        self._starts = [section.start for section in reading.sections]
        self._told: dict[tuple[int, int], tuple[str, str]] = {}
        self._known: dict[str, str] = {}
        self._bares: dict[tuple[int, int], str] = {}

    def tell(self, sentences: Sequence[KeySentence]) -> DraftProse:
        """The sentences one after another; English is "" when none of them can be told."""
        told = list(dict.fromkeys(self._both(k) for k in sentences))
        en = with_also(" ".join(en for _, en in told if en))
        return DraftProse("".join(zh for zh, _ in told), en, tuple(k.span for k in sentences))

    def is_told(self, sentence: KeySentence) -> bool:
        """Is the whole sentence told in English, nothing left out?"""
        if any(i in self._frames for i in sentence.quantities):
            return True
        return bool(self._memory(sentence)) or all(self._sure(clause) for clause in self._clauses(sentence))

    def always(self, prose: DraftProse) -> DraftProse:
        """A prose that says something in English: roughly and marked so, or that it is in Chinese only."""
        if prose.en and prose.en != f"{LEFT_OUT}.":
            return prose
        parts = [self._translator.rough_clause(p) for p in _CLAUSES.split(prose.zh) if p.strip()]
        rough = REF_OPEN not in prose.zh and bool(parts) and all(parts)
        return replace(prose, en=f"{capitalize(', '.join(parts))} {ROUGH}." if rough else f"{LEFT_OUT}.")

    def lacks(self, sentence: KeySentence) -> bool:
        """Does the sentence say that something is wrong?"""
        return self.matches(sentence, LACKING)

    def matches(self, sentence: KeySentence, wanted: re.Pattern[str]) -> bool:
        """Does the sentence hold what is wanted?"""
        return wanted.search(self._text, *sentence.span) is not None

    def tell_lacking(self, sentence: KeySentence) -> DraftProse:
        """The sentence; its English tells only what is lacking, never the praise before it."""
        told = self.tell([sentence])
        if any(i in self._frames for i in sentence.quantities):
            return told
        clauses = self._clauses(sentence)
        turn = next((i for i, clause in enumerate(clauses) if _TURNS.match(clause)), len(clauses))
        kept = [c for i, c in enumerate(clauses) if i >= turn or LACKING.search(c)]
        return replace(told, en=self._clauses_told(kept, "", whole=len(kept)))

    def heading(self, zh: str) -> str:
        """A heading in English, with a capital; said to be rough where it had to be pieced together."""
        zh = _squeezed(zh)
        told = capitalize(self._translator.heading(zh))
        return told if not told or self._translator.is_sure_heading(zh) else f"{told} {ROUGH}"

    def _both(self, sentence: KeySentence) -> tuple[str, str]:
        told = self._told.get(sentence.span)
        if told is None:
            zh = with_references(self._text, sentence.span, self._quantities, sentence.quantities)
            en = self._english(sentence)
            topic = self._topic(sentence)
            if topic:
                # 开展专项执法，发现问题728个: on what, only the heading above says.
                zh, en = f"{topic}：{zh}", f"{self.heading(topic)}: {en}"
            told = self._told[sentence.span] = (_ended(zh), en)
        return told

    def _english(self, sentence: KeySentence) -> str:
        figures = [i for i in sentence.quantities if i in self._frames]
        doing = self._doing(sentence)
        if figures:
            return told_as.told([fact.text for fact in self._facts(sentence, figures)], doing)
        whole = self._memory(sentence)
        if whole:
            return told_as.told([whole], doing)
        clauses = self._clauses(sentence)
        return self._clauses_told(clauses, doing, whole=len(clauses))

    def _doing(self, sentence: KeySentence) -> str:
        """What opens a list of things done: a clause without subject is of the body that reports, or of its plans."""
        start = sentence.span.start
        if any(plan.start <= start < plan.end for plan in self._plans):
            return _PLANNED
        lacking = any(stretch.start <= start < stretch.end for stretch in self._problems)
        return "" if lacking or self.lacks(sentence) else _DONE

    def _clauses_told(self, clauses: Sequence[str], doing: str, whole: int) -> str:
        """The clauses that can be told, surely or roughly; said so when roughly, and when one is left out."""
        told: list[str] = []
        rough = 0
        for clause in clauses:
            text = self._sure(clause)
            if not text and len(clause) <= _LONGEST_ROUGH and rough < _MOST_ROUGH:
                text = self._translator.rough_clause(clause)
                rough += bool(text)
            if text and text not in told:
                told.append(text)
            elif not text:
                whole += 1
        if not told:
            return ""
        marks = f"{f' {ROUGH}' if rough else ''}{f' {LEFT_OUT}' if whole > len(clauses) else ''}"
        return f"{told_as.told(told, doing).removesuffix('.')}{marks}."

    def _topic(self, sentence: KeySentence) -> str:
        """The heading above a sentence whose figures are of a bare activity; "" for any other."""
        if not sentence.quantities:
            return ""
        start = sentence.span.start
        if not _BARE_OBJECT.search(self._text, start, self._quantities[sentence.quantities[0]].start):
            return ""
        at = bisect_right(self._starts, start) - 1
        title = _squeezed(self._sections[at].title or "") if at >= 0 else ""
        if not title or start < self._sections[at].content or any(c.isdigit() for c in title):
            return ""
        return title.rstrip("。；;：:")

    def _facts(self, sentence: KeySentence, figures: list[int]) -> list[Fact]:
        """Every figure in a statement; before each, the clauses without figures that can be told surely."""
        out: list[Fact] = []
        here = sentence.span.start
        before: Frame | None = None
        ends_range = -1
        said: set[str] = set()
        for i in figures:
            out += self._clauses_between(here, self._quantities[i].start)
            here = max(here, self._quantities[i].end)
            if i == ends_range:
                continue
            told = reference(i)
            if self._opens_range(i):
                told, ends_range = f"{told} to {reference(i + 1)}", i + 1
            frame = self._frames[i]
            whole = self._special(i, sentence)
            if whole:
                out.append(Fact(whole, None))
                before = None
                if reference(i + 1) in whole:
                    ends_range = i + 1
                    here = max(here, self._quantities[i + 1].end)
                continue
            more = self._attached(out, frame, self._quantities[i], told)
            if more:
                out[-1] = Fact(out[-1].text + more, frame)
                before = frame
                continue
            brief = replace(frame, topic=()) if before and frame.noun and _goes_on(before, frame) else frame
            text = statement(brief, self._quantities[i], told, self._translator) or self._by_what_follows(i, told)
            before = frame
            # Two figures of one sentence never stand for the same: what follows the second tells it, or nothing.
            bare = text.replace(told, "")
            if bare in said and brief is not frame:
                text = statement(frame, self._quantities[i], told, self._translator) or told
                bare = text.replace(told, "")
            if bare in said:
                text = self._by_what_follows(i, told)
            said.add(bare)
            out += [Fact(text, frame)] if text else []
        return [*out, *self._clauses_between(here, sentence.span.end, last=True)[:_MOST_AFTER]]

    def _attached(self, facts: Sequence[Fact], frame: Frame, quantity: Quantity, told: str) -> str:
        if not facts or quantity.period == "previous" or quantity.kind is Kind.TARGET:
            return ""
        if frame.aspect in ("above", "below"):
            return told_as.attachment(facts[-1], frame, quantity, beside(frame, told, self._translator), "")
        return told_as.attachment(facts[-1], frame, quantity, told, scope_of(frame.scope, self._translator))

    def _special(self, i: int, sentence: KeySentence) -> str:
        """Figures that stand inside a phrase of another kind: who commended, among how many, from what to what."""
        text, quantity = self._text, self._quantities[i]
        start = max(text.rfind(stop, sentence.span.start, quantity.start) for stop in "，,；;。：:") + 1
        before = _squeezed(text[max(start, sentence.span.start) : quantity.start])
        after = _squeezed(_CLAUSES.split(text[quantity.end : sentence.span.end], maxsplit=1)[0])
        by, commended = _COMMENDED_BY.match(before), _COMMENDED.match(after)
        if by and commended:
            return self._commended(by[1], reference(i), commended[1] or quantity.unit, commended[2])
        if _RISES_FROM.search(before) and i + 1 in self._frames:
            rises = _RISES_TO.match(text[quantity.end : self._quantities[i + 1].start])
            if rises:
                what = self._translator.noun_phrase(self._frames[i + 1].noun) or ""
                owner = _OWNER.search(text, sentence.span.start, start) if len(what.split()) < 3 else None
                of = self._translator.noun_phrase(self._translator.words(owner[1]), True) if owner else ""
                what = f"{what} of {of}" if of and "[" not in of else what
                moved = "rose" if rises[1] else "fell"
                return f"the {what} {moved} from {reference(i)} to {reference(i + 1)}" if what else ""
        return ""

    def _commended(self, before: str, number: str, unit: str, after: str) -> str:
        """受到生态环境部、周边6省市生态环境部门肯定: by the ministry and the departments of 6 provinces."""
        words = self._translator.words
        lead = list(words(before))
        while lead and lead[-1].pos in ("a", "c", "x", "p"):
            lead.pop()
        first = self._translator.noun_phrase(lead, True)
        second = self._translator.noun_phrase(words(after), True) if after else ""
        of = f"{number} {_UNITS.get(unit, '')}".strip()
        second = f"{second} of {of}" if second else of
        who = f"{first} and {second}" if first else second
        return "" if "[" in first or "[" in second.replace(number, "") else f"the work was commended by {who}"

    def _by_what_follows(self, i: int, told: str) -> str:
        """联系待召回12540个、8075个正在落实机制: the second is told by what follows it."""
        end = self._quantities[i].end
        after = _squeezed(_CLAUSES.split(self._text[end : end + _LONGEST_GAP], maxsplit=1)[0])
        noun = self._frames[i].noun
        if noun and after.startswith(zh_of(noun)):
            return f"{told} {self._translator.noun_phrase(noun, True)}"
        text = self._translator.rough_clause(after) if len(after) >= _SHORTEST_CLAUSE else ""
        return f"{text}: {told}" if text else ""

    def _clauses_between(self, start: int, end: int, last: bool = False) -> list[Fact]:
        """Whole clauses of the stretch between two figures; the last one belongs to the figure after it.

        `last`: no figure comes after the stretch.
        """
        gap = self._text[start:end]
        if len(gap) < _SHORTEST_CLAUSE or len(gap) > _LONGEST_GAP:
            return []
        first = 0 if self._text[start - 1 : start] in _STOPS else 1
        clauses = [_MARKER.sub("", _squeezed(clause)) for clause in _CLAUSES.split(gap)[first : None if last else -1]]
        told = [self._sure(clause) for clause in clauses if len(clause) >= _SHORTEST_CLAUSE]
        return [Fact(t, None) for t in told if _ACTS.match(t)]

    def _bare(self, sentence: KeySentence) -> str:
        bare = self._bares.get(sentence.span)
        if bare is None:
            bare = _squeezed(_MARKER.sub("", self._text[sentence.span.start : sentence.span.end]))
            self._bares[sentence.span] = bare
        return bare

    def _memory(self, sentence: KeySentence) -> str:
        return self._translator.sure_heading(self._bare(sentence))

    def _clauses(self, sentence: KeySentence) -> list[str]:
        return [_MARKER.sub("", part) for part in _CLAUSES.split(self._bare(sentence)) if part]

    def _sure(self, clause: str) -> str:
        if len(clause) > _LONGEST_SURE:
            return ""
        told = self._known.get(clause)
        if told is None:
            told = self._known[clause] = self._translator.sure_clause(clause)
        return told

    def _opens_range(self, i: int) -> bool:
        quantities = self._quantities
        return quantities[i].bound is Bound.LOW and i + 1 in self._frames and quantities[i + 1].bound is Bound.HIGH


def _goes_on(before: Frame, frame: Frame) -> bool:
    """Is the topic what the clause before counted, or its topic?"""
    topic = zh_of(frame.topic)
    return bool(topic) and topic in (zh_of(before.topic), zh_of(before.noun), zh_of((*before.noun, *before.verb)))


def with_also(en: str) -> str:
    """A second `Work included` refers to the first."""
    for opening, again in _AGAIN.items():
        first, found, rest = en.partition(opening)
        if found:
            en = first + found + rest.replace(f". {opening}", f". {again}").replace(f"] {opening}", f"] {again}")
    return en


def _squeezed(zh: str) -> str:
    return "".join(zh.split())


def _ended(zh: str) -> str:
    zh = zh.rstrip("；;，, ")
    return zh if not zh or zh[-1] in "。！？" else zh + "。"

"""Section summaries and the overview: which sentences of a report a reader should see first."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice

from summarizer.document import Section, Span
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.key_sentences import Extractor, KeySentence
from summarizer.engines.offline.names import issuer as issuer_name
from summarizer.engines.offline.telling import Teller, with_also
from summarizer.engines.offline.translation import Translator
from summarizer.engines.offline.wording import has_han
from summarizer.engines.protocol import LEFT_OUT, DraftOverview, DraftProse, DraftSection, Reading
from summarizer.patterns import pattern
from summarizer.report_type import ReportType

_MOST_SENTENCES = 3
_MOST_ACHIEVEMENTS = 10
_MOST_POINTS = 8
_FEW_POINTS = 4  # so few are told in more detail
_SAME_WORDS = 2.0  # what each sentence in the same words costs the next
_NO_HAN = pattern("[^\u4e00-\u9fff]+")
_MOST_HEADINGS = 4
_TRIED = 6
_LONG_SECTION = 1000
_SHORTEST_RUN_IN = 16
# A thing done that a reader can name: a document, campaign, system or column set up or issued.
_CONCRETE = pattern(
    "(?:出台|印发|制定|建立|推行|开设|设立|上线|搭建|构建|成立|起草|修订|承办|首次|组建)[^，,；;。]*"
    "(?:《[^》]+》|[“][^”]+”|机制|制度|平台|专栏|行动|诉讼|体系|改革|试点|办公室|领导小组)|推动[^，,；;。]*诉讼|《[^》]+》[^，,；;。]{0,8}(?:起草|制定|修订)"
)


_NAMED = pattern(
    "诉讼|首次|联动机制|协作机制|合作机制|专栏|[建设]立[^，,；;。]{2,30}机制|[起制修][草定订][^，,；;。]{0,6}《|《[^》]+》[^，,；;。]{0,8}起草|年\\d+月印发《"
)


class Storyteller:
    """Tells one report in drafts: Chinese by extraction, English from frames and glossary."""

    def __init__(
        self,
        reading: Reading,
        report_type: ReportType,
        frames: Mapping[int, Frame],
        translator: Translator,
    ) -> None:
        self._reading = reading
        self._type = report_type
        self._translator = translator
        self._teller = Teller(reading, frames, translator)
        self._extractor = Extractor(reading, report_type.salience)
        self._children = {
            parent: list(inside) for parent, inside in groupby(sorted(reading.sections, key=_parent), key=_parent)
        }
        self._best = self._achievements([*reading.plans, *reading.problems])
        self._in_overview = frozenset(k.span for k in self._best)

    def sections(self) -> dict[str, DraftSection]:
        """Every section with its English title; level 2 and level 1 without children with a summary."""
        sections = self._reading.sections
        out: dict[str, DraftSection] = {}
        for section in sections:
            tells = section.number and (section.level == 2 or (section.level == 1 and section.id not in self._children))
            out[section.id] = DraftSection(
                id=section.id,
                title_en=self._teller.heading(section.title) if section.title else "",
                summary=self._summary(section) if tells else None,
            )
        return out

    def overview(self) -> DraftOverview:
        """What was done, what went wrong, what is planned."""
        plans, problems = self._reading.plans, self._reading.problems
        best = self._best
        first = _in_place(self._spread(sorted(best, key=lambda k: (-k.score, k.span.start)))[:_MOST_SENTENCES])
        return DraftOverview(
            text=self._opening(first),
            achievements=tuple(self._teller.always(self._teller.tell([k])) for k in best),
            problems=self._points(problems),
            plans=self._points(plans),
        )

    # -- sections --------------------------------------------------------------------------------------------------

    def _summary(self, section: Section) -> DraftProse | None:
        if any(span.start < section.start < span.end for span in self._reading.problems):
            told = self._lacking(section, _MOST_SENTENCES)
            if told and told.en:
                return told
        chosen = self._chosen(section)
        if not chosen:
            return None
        told = self._teller.tell(chosen)
        return told if told.en else replace(told, en=self._headed(section))

    def _headed(self, section: Section) -> str:
        """What the heading says, for want of more."""
        heading = self._teller.heading(section.title)
        return f"{heading}." if heading and not has_han(heading) else f"{LEFT_OUT}."

    def _ranked(self, section: Section) -> list[KeySentence]:
        """The sentences of a section, the best first; for want of others, what follows a heading in its sentence."""
        ranked = self._extractor.ranked(Span(section.content, section.end))
        return ranked or self._run_in(section)

    def _run_in(self, section: Section) -> list[KeySentence]:
        """What follows a heading in its own sentence."""
        text = self._reading.document.text
        start = section.content
        while start < section.end and text[start] in "，,：: \n\u3000":
            start += 1
        end = text.find("。", start, section.end) + 1
        return [self._extractor.whole(Span(start, end))] if end - start >= _SHORTEST_RUN_IN else []

    def _lacking(self, section: Section, most: int) -> DraftProse | None:
        """The sentences of a section that say what is lacking."""
        inside = self._extractor.within(Span(section.content, section.end)) or self._run_in(section)
        found = [k for k in inside if self._teller.lacks(k)]
        told = [self._teller.tell_lacking(k) for k in found[: most * 2]]
        told = [t for t in told if t.en][:most] or told[:1]
        if not told:
            return None
        return DraftProse(
            "".join(t.zh for t in told),
            " ".join(t.en for t in told if t.en),
            tuple(s for t in told for s in t.sentences),
        )

    def _chosen(self, section: Section) -> list[KeySentence]:
        """Sentences with figures; else what its subheadings say; else sentences that can be told in English whole."""
        ranked = self._ranked(section)
        figures = [k for k in ranked if (k.quantities or k.distinct) and k.score > 0]
        if figures:
            # The best sentence always; after it those the overview does not tell already.
            rest = sorted(figures[1:], key=lambda k: k.span in self._in_overview)[: _MOST_SENTENCES - 1]
            action = self._action(ranked, 1 + (section.end - section.content >= _LONG_SECTION))
            if action and section.end - section.content < _LONG_SECTION:
                rest = rest[: _MOST_SENTENCES - 2]
            more = self._told_whole(ranked, _MOST_SENTENCES - 1 - len(rest))
            return _in_place([figures[0], *rest, *action, *more])
        heads = [self._extractor.whole(Span(s.start, s.content)) for s in self._children.get(section.id, ())]
        told = [k for k in heads[:_MOST_HEADINGS] if self._teller.is_told(k)]
        if told:
            return [*told, *self._action(ranked)]
        action = self._action(ranked)
        return _in_place([*action, *self._told_whole(ranked, _MOST_SENTENCES - len(action))] or ranked[:1])

    def _action(self, ranked: Sequence[KeySentence], most: int = 1) -> list[KeySentence]:
        """The best sentences without figures that tell of something concrete done, those that name it first."""
        found = [k for k in ranked if not k.quantities and self._teller.matches(k, _CONCRETE)]
        named = sorted(found, key=lambda k: not self._teller.matches(k, _NAMED))[:_TRIED]
        return list(islice((k for k in named if self._teller.tell([k]).en), most))

    def _told_whole(self, ranked: Sequence[KeySentence], most: int) -> list[KeySentence]:
        """Among the best sentences without figures, those that can be told in English whole."""
        tried = (k for k in ranked[:_TRIED] if not k.quantities and k.score > 0)
        return list(islice((k for k in tried if self._teller.is_told(k)), most))

    # -- overview --------------------------------------------------------------------------------------------------

    def _achievements(self, without: Iterable[Span]) -> list[KeySentence]:
        outside = sorted(without)
        starts = [span.start for span in outside]

        def is_outside(k: KeySentence) -> bool:
            i = bisect_right(starts, k.span.start) - 1
            return i < 0 or k.span.start >= outside[i].end

        body = self._reading.document.body
        ranked = [k for k in self._extractor.ranked(body) if k.score > 0 and is_outside(k)]
        return _in_place(self._tellable(self._spread(ranked), _MOST_ACHIEVEMENTS))

    def _spread(self, ranked: Sequence[KeySentence]) -> list[KeySentence]:
        """The best first, each that says in the same words the same of something else rated lower.

        PM2.5浓度44，五区第4名 and PM10浓度77，五区第1名 are one piece of news.
        """
        text = self._reading.document.text
        said: Counter[str] = Counter()
        rated: list[tuple[float, KeySentence]] = []
        for k in ranked:
            words = _NO_HAN.sub("", text[k.span.start : k.span.end])
            rated.append((k.score - _SAME_WORDS * said[words], k))
            said[words] += 1
        return [k for _, k in sorted(rated, key=lambda r: (-r[0], r[1].span.start))]

    def _tellable(self, ranked: Sequence[KeySentence], most: int) -> list[KeySentence]:
        """The best sentences that can be told in English; the best of all when there are none."""
        tried = ranked[: most * 3]
        told = list(islice((k for k in tried if k.quantities or self._teller.is_told(k)), most))
        return told or list(ranked[:most])

    def _points(self, stretches: Sequence[Span]) -> tuple[DraftProse, ...]:
        out: list[DraftProse] = []
        for stretch in stretches[:_MOST_POINTS]:
            inside = [s for s in self._reading.sections if stretch.start < s.start < stretch.end]
            top = min((s.level for s in inside), default=0)
            heads = [s for s in inside if s.level == top]
            if heads:
                lacking = stretch in self._reading.problems
                most = 1 if len(heads) > _FEW_POINTS else 2
                out += [self._point(s, lacking, most) for s in heads[:_MOST_POINTS]]
            else:
                best = _in_place(self._tellable(self._extractor.ranked(stretch), _MOST_SENTENCES + 1))
                out += [self._teller.always(self._teller.tell([k])) for k in best]
        return tuple(out[:_MOST_POINTS])

    def _point(self, section: Section, lacking: bool, most: int) -> DraftProse:
        """What a heading says, and the best sentences below it; of shortcomings those that say what is lacking."""
        head = self._extractor.whole(Span(section.start, section.content))
        titled = self._teller.always(self._teller.tell([head]))
        below = self._ranked(section)
        if titled.en == f"{LEFT_OUT}.":
            titled = replace(titled, en=self._headed(section))
        told = self._lacking(section, most) if lacking else None
        if told is None:
            sure = [k for k in below[:_TRIED] if k.quantities or self._teller.is_told(k)]
            below = _in_place((sure or [k for k in below[:_TRIED] if self._teller.tell([k]).en])[:most])
            if not below:
                return titled
            told = self._teller.tell(below)
        if not told.en:
            return titled
        en = with_also(f"{titled.en} {told.en}".strip())
        return DraftProse(titled.zh + told.zh, en, titled.sentences + told.sentences)

    def _opening(self, best: Sequence[KeySentence]) -> DraftProse:
        mast = self._reading.masthead
        told = self._teller.tell(best)
        if not mast.issuer or not mast.year:
            return told
        name = issuer_name(mast.issuer, self._type.glossary, self._translator)
        zh = f"{mast.issuer}{mast.year}年的报告。"
        en = f"Report of the {name} for {mast.year}."
        return DraftProse(zh + told.zh, f"{en} {told.en}".strip(), told.sentences)


def _parent(section: Section) -> str:
    return section.id.rpartition(".")[0]


def _in_place(sentences: Iterable[KeySentence]) -> list[KeySentence]:
    return sorted({k.span: k for k in sentences}.values(), key=lambda k: k.span.start)

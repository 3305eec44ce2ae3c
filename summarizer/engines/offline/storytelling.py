"""Section summaries and the overview: which sentences of a report a reader should see first."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice

from summarizer.document import Section, Span
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.key_sentences import Extractor, KeySentence
from summarizer.engines.offline.names import issuer as issuer_name
from summarizer.engines.offline.telling import LEFT_OUT, Teller
from summarizer.engines.offline.translation import Translator
from summarizer.engines.protocol import DraftOverview, DraftProse, DraftSection, Reading
from summarizer.report_type import ReportType

_MOST_SENTENCES = 3
_MOST_ACHIEVEMENTS = 10
_MOST_POINTS = 8
_MOST_HEADINGS = 4
_TRIED = 6


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
        first = sorted(
            sorted(best, key=lambda k: (-k.score, k.span.start))[:_MOST_SENTENCES], key=lambda k: k.span.start
        )
        return DraftOverview(
            text=self._opening(first),
            achievements=tuple(self._teller.always(self._teller.tell([k])) for k in best),
            problems=self._points(problems),
            plans=self._points(plans),
        )

    # -- sections --------------------------------------------------------------------------------------------------

    def _summary(self, section: Section) -> DraftProse | None:
        chosen = self._chosen(section)
        if not chosen:
            return None
        told = self._teller.tell(chosen)
        return told if told.en else replace(told, en=f"{self._teller.heading(section.title)} {LEFT_OUT}.".lstrip())

    def _chosen(self, section: Section) -> list[KeySentence]:
        """Sentences with figures; else what its subheadings say; else sentences that can be told in English whole."""
        ranked = self._extractor.ranked(Span(section.content, section.end))
        figures = [k for k in ranked if (k.quantities or k.distinct) and k.score > 0]
        if figures:
            # The best sentence always; after it those the overview does not tell already.
            rest = sorted(figures[1:], key=lambda k: k.span in self._in_overview)[: _MOST_SENTENCES - 1]
            more = [] if len(rest) == _MOST_SENTENCES - 1 else self._told_whole(ranked)
            return _in_place([figures[0], *rest, *more][:_MOST_SENTENCES])
        heads = [self._extractor.whole(Span(s.start, s.content)) for s in self._children.get(section.id, ())]
        told = [k for k in heads[:_MOST_HEADINGS] if self._teller.is_told(k)]
        if told:
            return told
        return _in_place(self._told_whole(ranked)[:_MOST_SENTENCES] or ranked[:1])

    def _told_whole(self, ranked: Sequence[KeySentence]) -> list[KeySentence]:
        """Among the best sentences without figures, those that can be told in English whole."""
        tried = (k for k in ranked[:_TRIED] if not k.quantities and k.score > 0)
        return list(islice((k for k in tried if self._teller.is_told(k)), _MOST_SENTENCES))

    # -- overview --------------------------------------------------------------------------------------------------

    def _achievements(self, without: Iterable[Span]) -> list[KeySentence]:
        outside = sorted(without)
        starts = [span.start for span in outside]

        def is_outside(k: KeySentence) -> bool:
            i = bisect_right(starts, k.span.start) - 1
            return i < 0 or k.span.start >= outside[i].end

        body = self._reading.document.body
        ranked = [k for k in self._extractor.ranked(body) if k.score > 0 and is_outside(k)]
        return _in_place(self._tellable(ranked, _MOST_ACHIEVEMENTS))

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
                out += [self._point(s) for s in heads[:_MOST_POINTS]]
            else:
                best = _in_place(self._tellable(self._extractor.ranked(stretch), _MOST_SENTENCES + 1))
                out += [self._teller.always(self._teller.tell([k])) for k in best]
        return tuple(out[:_MOST_POINTS])

    def _point(self, section: Section) -> DraftProse:
        # The heading says it; where a figure stands below, its sentence says more.
        head = self._extractor.whole(Span(section.start, section.content))
        titled = self._teller.always(self._teller.tell([head]))
        below = self._extractor.ranked(Span(section.content, section.end))
        below = [k for k in below[:_TRIED] if k.quantities or self._teller.is_told(k)][:1]
        if not below:
            return titled
        told = self._teller.tell(below)
        return DraftProse(titled.zh + told.zh, f"{titled.en} {told.en}".strip(), titled.sentences + told.sentences)

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
    return sorted(sentences, key=lambda k: k.span.start)

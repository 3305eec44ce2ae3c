"""Section summaries and the overview, from key sentences and labelled figures."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from summarizer.document import Bound, Section, Span
from summarizer.engines.offline.english_labels import statement
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.key_sentences import Extractor, KeySentence, reference, with_references
from summarizer.engines.offline.names import issuer as issuer_name
from summarizer.engines.offline.translation import Translator
from summarizer.engines.protocol import REF_OPEN, DraftOverview, DraftProse, DraftSection, Reading
from summarizer.english import capitalize
from summarizer.report_type import ReportType

_MOST_SENTENCES = 3
_MOST_ACHIEVEMENTS = 8
_MOST_POINTS = 8
_BLANKS = re.compile(r"\s+")
_CLAUSES = re.compile(r"[，,；;：:。！!]")
_MARKER = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）]|、|[.．﹒])|[一二三四五六七八九十]{1,2}\s?是)\s*")
ROUGH = "[rough]"
LEFT_OUT = "[… in Chinese only]"


class Storyteller:
    """Tells one report in drafts: Chinese by extraction, English from labels and glossary."""

    def __init__(
        self,
        reading: Reading,
        report_type: ReportType,
        frames: Mapping[int, Frame],
        translator: Translator,
    ) -> None:
        self._reading = reading
        self._type = report_type
        self._frames = frames
        self._translator = translator
        self._text = reading.document.text
        self._extractor = Extractor(reading, report_type.salience)

    def sections(self) -> dict[str, DraftSection]:
        """Every section with its English title; level 2 and level 1 without children with a summary."""
        sections = self._reading.sections
        parents = {s.id.rpartition(".")[0] for s in sections}
        out: dict[str, DraftSection] = {}
        for section in sections:
            tells = section.number and (section.level == 2 or (section.level == 1 and section.id not in parents))
            out[section.id] = DraftSection(
                id=section.id,
                title_en=self._heading(section.title) if section.title else "",
                summary=self._summary(section) if tells else None,
            )
        return out

    def overview(self) -> DraftOverview:
        """What was done, what went wrong, what is planned."""
        plans, problems = self._reading.plans, self._reading.problems
        best = self._achievements([*plans, *problems])
        return DraftOverview(
            text=self._opening(best[:3]),
            achievements=tuple(self._said(self._tell([k])) for k in best),
            problems=self._points(problems),
            plans=self._points(plans),
        )

    # -- parts -----------------------------------------------------------------------------------------------------

    def _summary(self, section: Section) -> DraftProse | None:
        chosen = self._extractor.best(Span(section.content, section.end), _MOST_SENTENCES)
        if not chosen:
            return None
        told = self._tell(chosen)
        return told if told.en else replace(told, en=f"{self._heading(section.title)} {LEFT_OUT}.".lstrip())

    def _tell(self, sentences: Sequence[KeySentence]) -> DraftProse:
        zh = "".join(_ended(self._chinese(k)) for k in sentences)
        en = " ".join(p for p in (self._english(k) for k in sentences) if p)
        return DraftProse(zh, en, tuple(k.span for k in sentences))

    def _chinese(self, sentence: KeySentence) -> str:
        return with_references(self._text, sentence.span, self._reading.numbers.quantities, sentence.quantities)

    def _english(self, sentence: KeySentence) -> str:
        figures = [i for i in sentence.quantities if i in self._frames]
        if figures:
            return capitalize("; ".join(self._statements(figures))) + "."
        zh = _MARKER.sub("", self._text[sentence.span.start : sentence.span.end])
        parts = [self._translator.sure_clause(_BLANKS.sub("", part)) for part in _CLAUSES.split(zh) if part.strip()]
        sure = [p for p in parts if p]
        if not sure:
            return ""
        # What rules cannot put into English is not guessed at: it is left in Chinese, and said to be.
        return capitalize(", ".join(sure)) + ("." if len(sure) == len(parts) else f" {LEFT_OUT}.")

    def _statements(self, figures: Sequence[int]) -> list[str]:
        """Each figure in a clause; both ends of a range in one."""
        quantities = self._reading.numbers.quantities
        out: list[str] = []
        passed = -1
        for i in figures:
            if i == passed:
                continue
            told = reference(i)
            if quantities[i].bound is Bound.LOW and i + 1 in self._frames and quantities[i + 1].bound is Bound.HIGH:
                told, passed = f"{told} to {reference(i + 1)}", i + 1
            out.append(statement(self._frames[i], quantities[i], told, not out, self._translator) or told)
        return out

    def _heading(self, zh: str) -> str:
        return capitalize(self._translator.heading(_BLANKS.sub("", zh)))

    def _achievements(self, without: Iterable[Span]) -> list[KeySentence]:
        body = self._reading.document.body
        outside = list(without)
        ranked = [
            k
            for k in self._extractor.within(Span(body.start, body.end))
            if not any(a <= k.span.start < b for a, b in outside)
        ]
        ranked.sort(key=lambda k: (-k.score, k.span.start))
        return sorted((k for k in ranked[:_MOST_ACHIEVEMENTS] if k.score > 0), key=lambda k: k.span.start)

    def _points(self, stretches: Sequence[Span]) -> tuple[DraftProse, ...]:
        out: list[DraftProse] = []
        for stretch in stretches:
            inside = [s for s in self._reading.sections if stretch.start < s.start < stretch.end]
            top = min((s.level for s in inside), default=0)
            heads = [s for s in inside if s.level == top]
            if heads:
                out += [self._point(s) for s in heads]
            else:
                out += [self._said(self._tell([k])) for k in self._extractor.best(stretch, _MOST_SENTENCES + 1)]
        return tuple(out[:_MOST_POINTS])

    def _point(self, section: Section) -> DraftProse:
        # The heading says it; where a figure stands below, its sentence says more.
        head = self._extractor.whole(Span(section.start, section.content))
        titled = self._said(self._tell([head]))
        below = [k for k in self._extractor.best(Span(section.content, section.end), 1) if k.quantities]
        if not below:
            return titled
        told = self._tell(below)
        return DraftProse(titled.zh + told.zh, f"{titled.en} {told.en}".strip(), titled.sentences + told.sentences)

    def _said(self, prose: DraftProse) -> DraftProse:
        """A problem or plan always says something in English: roughly and marked so, or that it is in Chinese only."""
        if prose.en:
            return prose
        parts = [self._translator.rough_clause(p) for p in _CLAUSES.split(prose.zh) if p.strip()]
        rough = REF_OPEN not in prose.zh and bool(parts) and all(parts)
        return replace(prose, en=f"{capitalize(', '.join(parts))} {ROUGH}." if rough else f"{LEFT_OUT}.")

    def _opening(self, best: Sequence[KeySentence]) -> DraftProse:
        mast = self._reading.masthead
        told = self._tell(best)
        if not mast.issuer or not mast.year:
            return told
        name = issuer_name(mast.issuer, self._type.glossary, self._translator)
        zh = f"{mast.issuer}{mast.year}年的报告。"
        en = f"Report of the {name} for {mast.year}."
        return DraftProse(zh + told.zh, f"{en} {told.en}", told.sentences)


def _ended(zh: str) -> str:
    zh = zh.rstrip("；;，, ")
    return zh if not zh or zh[-1] in "。！？" else zh + "。"

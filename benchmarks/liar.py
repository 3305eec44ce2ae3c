"""Does a wrong figure reach the brief unmarked? The honest replies with one thing corrupted, figure by figure.

    python -m benchmarks.liar [--kind K] [--seed S] [--jobs N] [--show N] [--markdown]

The liar is stubborn: asked again, it repeats the lie. Each lie is told through the real conversation, checks, merging
and rendering; the calls it does not touch are answered once and kept, since a call is a pure function of its chunk.
A lie is *asked again about* when a check refused it; it *stands* when the brief still holds it, and then has a mark
over it in `marks`, or at least a new warning or error that names its section, its overview text or its metric, or
neither.
Exit code 1 when a wrong figure stands unmarked or too few exchanged figures are flagged.
"""

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from benchmarks.hand_written import Json, load, names
from benchmarks.lies import OTHER, SWAP, WRONG, Lie, Told, lies_of_labels, lies_of_text, lies_of_titles
from summarizer import resources
from summarizer.brief import BriefData, Finding, Prose, Run, Severity, Tokens
from summarizer.chunks import Chunk, pack, pieces
from summarizer.dialogue import NoShelf, Terms, converse
from summarizer.dialogue.findings import restored
from summarizer.dialogue.references import referred
from summarizer.dialogue.sections import ChunkResult, told_sections
from summarizer.engines.offline import OfflineEngine
from summarizer.engines.protocol import Draft, DraftProse
from summarizer.merging import merge
from summarizer.prompting import Message, section_messages
from summarizer.rendering.markdown import to_markdown
from summarizer.rendering.safe import markdown as safe
from summarizer.rendering.safe import one_line
from summarizer.rendering.terminal import to_terminal
from summarizer.replies import SectionReply, items, overview_reply
from summarizer.verification import verify

LEAST_FLAGGED = 0.80
FEWEST_FALSE = 0.01  # warnings and errors on the honest replies, per figure
_REFERENCE = re.compile(r"\[(\d+)\]")
_RUN = Run("llm", "liar", None, None, "", 0, 0, Tokens(0, 0, 0), None, 0.0, 0)


class _NoTokens:
    prompt = cached = completion = 0


@dataclass(frozen=True, slots=True)
class Said:
    """An answer without an endpoint."""

    value: BaseModel
    usage: type[_NoTokens] = _NoTokens
    requests: int = 1


class Liar:
    """Answers as the hand-written replies do but for one lie, and repeats it when asked again."""

    def __init__(self, world: "World", lie: Lie | None) -> None:
        self.world = world
        self.lie = lie
        self.told: dict[str, DraftProse] = {}  # summaries of this run, by section
        self.asked_again = False

    def ask(self, messages: Sequence[Message], response_model: type[BaseModel], *, name: str) -> Said:
        call = name.partition(",")[0].removeprefix("section ")
        answer = (
            self.world.overview(self.world.ids_of(self.told)) if call == "overview" else dict(self.world.answers[call])
        )
        if self.lie is not None and self.lie.call == call:
            answer = _overview_lie(answer, self.lie) if call == "overview" else _section_lie(answer, self.lie)
            self.asked_again |= "repair" in name
        return Said(response_model.model_validate(answer))


def _section_lie(answer: Json, lie: Lie) -> Json:
    kind, _, number = lie.item.partition(" ")
    n = int(number)
    out: Json = {k: list(v) for k, v in answer.items()}
    if lie.dispute:
        if lie.dispute == "not_a_metric":
            out["labels"] = [one for one in out["labels"] if one["id"] != n]
        out["disputes"] = [*out["disputes"], {"id": n, "why": lie.dispute, "note": ""}]
        return out
    new = {lie.item: (lie.zh, lie.en)}
    if lie.also:
        new[lie.also[0]] = lie.also[1:]
    key, id_ = {"label": ("labels", "id"), "title": ("titles", "section"), "summary": ("summaries", "section")}[kind]
    out[key] = [_said(one, new.get(f"{kind} {one[id_]}"), kind) for one in out[key]]
    return out


def _said(one: Json, new: tuple[str, ...] | None, kind: str) -> Json:
    if new is None:
        return one
    return {**one, "en": new[1]} if kind == "title" else {**one, "zh": new[0], "en": new[1]}


def _overview_lie(answer: Json, lie: Lie) -> Json:
    new = {"zh": lie.zh, "en": lie.en}
    return {"lines": [{**one, **new} if one["item"] == lie.item else one for one in answer["lines"]]}


class _Overheard(NoShelf):
    """Keeps nothing, and lets the liar know which summaries the overview call will be shown."""

    def __init__(self, world: "World", liar: Liar) -> None:
        self._pieces = {p.unit.sections[0].id: p for c in world.plan.values() for p in c.pieces if p.part == 1}
        self._told = liar.told

    def put(self, key: str, value: Mapping[str, Any], about: str) -> None:
        """Take note of a summary."""
        piece = self._pieces.get(about.rpartition(" ")[2])
        summary = restored(piece, value).summary if piece is not None and value.get("summary") else None
        if piece is not None and summary is not None:
            self._told[piece.unit.sections[0].id] = summary


class World:
    """One seed with its honest brief, and what every run about it shares."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.reading, self.replies = load(name)
        self.report_type = resources.load_report_type(resources.DEFAULT_TYPE)
        self.prompts = resources.load_prompts()
        self.offline = OfflineEngine().draft(self.reading, self.report_type)
        self.terms = Terms(self.report_type, self.prompts, "liar")
        self.plan = {c.name: c for c in pack(self.reading, pieces(self.reading))}
        self.answers = {
            c.name: self._said(section_messages(self.prompts, self.reading.masthead, c)) for c in self.plan.values()
        }
        fields = self.report_type.overview
        told = overview_reply(fields).model_validate(self.replies({"messages": [{"role": "user", "content": ""}]}))
        self._told = {"lines": [item.model_dump(mode="json") for item in items(told, fields).values()]}
        self._told_ids: dict[int, int] = {}  # local id -> position, in the overview as written by hand
        self.kept: dict[str, ChunkResult] = {}
        self._summaries: dict[str, DraftProse] = {}
        self.draft, self.brief, _ = self.run(None)
        self.known = {_key(f) for f in self.brief.findings}
        self._summaries = {id_: s.summary for id_, s in self.draft.sections.items() if s.summary}
        self.ids = self.ids_of({})

    def _said(self, messages: Sequence[Message]) -> Json:
        return SectionReply.model_validate(self.replies({"messages": messages})).model_dump(mode="json")

    def overview(self, order: Mapping[int, int]) -> Json:
        """The honest overview in the ids of its call, which depend on what the summaries refer to."""
        if not self._told_ids:
            self._told_ids = {n: position for position, n in order.items()}

        def text(one: Json) -> Json:
            def renumbered(string: str) -> str:
                return _REFERENCE.sub(lambda m: f"[{order[self._told_ids[int(m[1])]]}]", string)

            if any(self._told_ids[int(n)] not in order for n in _REFERENCE.findall(one["zh"])):
                # A lie has taken the figure out of its summary, so the call does not show it.
                return {**one, "zh": "报告介绍了有关工作。", "en": "The report describes the work concerned."}
            return {**one, "zh": renumbered(one["zh"]), "en": renumbered(one["en"])}

        return {"lines": [text(one) for one in self._told["lines"]]}

    def run(self, lie: Lie | None) -> tuple[Draft, BriefData, bool]:
        """Brief the seed with one lie. Returns also whether the liar was asked again."""
        liar = Liar(self, lie)

        def side_by_side(read: Callable[[Chunk], ChunkResult], plan: Iterable[Chunk]) -> list[ChunkResult]:
            results = []
            for chunk in plan:
                if lie is not None and chunk.name != lie.call:
                    results.append(self.kept[chunk.name])
                    continue
                results.append(read(chunk))
                if lie is None:
                    self.kept[chunk.name] = results[-1]
            return results

        shelf = _Overheard(self, liar)
        draft = converse(self.reading, self.terms, liar, lambda: self.offline, shelf, side_by_side)
        findings = verify(self.reading, draft)
        return draft, merge(self.reading, draft, self.report_type, findings, _RUN), liar.asked_again

    def ids_of(self, told: Mapping[str, DraftProse]) -> dict[int, int]:
        """How the overview call numbers the figures of the summaries, `told` ones in place of the honest."""
        order: dict[int, None] = {}
        for section in told_sections(self.reading.sections):
            if summary := told.get(section.id) or self._summaries.get(section.id):
                order.update(dict.fromkeys(referred(summary.zh)))
        return {position: n for n, position in enumerate(order, 1)}

    def lies(self, seed: int) -> Iterator[Lie]:
        """Every lie about every figure of the seed."""
        chance = random.Random(f"{seed} {self.name}")
        for name, chunk in self.plan.items():
            answer = self.answers[name]
            ids = dict(enumerate(chunk.quantities, 1))
            for one in answer["summaries"]:
                section = chunk.sections[one["section"] - 1]
                unit = next(p.unit for p in chunk.pieces if section in p.unit.sections)
                mine = frozenset(n for n, i in ids.items() if i in unit.quantities)
                told = Told(name, f"summary {one['section']}", one["zh"], one["en"], ids, mine)
                yield from lies_of_text(told, self.reading, chance)
            labels = {one["id"]: (one["zh"], one["en"]) for one in answer["labels"]}
            yield from lies_of_labels(name, labels, ids, self.reading, chance)
            yield from lies_of_titles(name, {one["section"]: one["en"] for one in answer["titles"]}, chance)
        ids = {n: i for i, n in self.ids.items()}
        for one in self.overview(self.ids)["lines"]:
            if one["zh"]:  # the others point at sentences of the summaries
                told = Told("overview", one["item"], one["zh"], one["en"], ids, frozenset(ids))
                yield from lies_of_text(told, self.reading, chance)


# -- what became of a lie

GONE, MARKED, FLAGGED, UNMARKED = "not shown", "marked", "finding only", "UNMARKED"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one lie."""

    lie: Lie
    seed: str
    asked_again: bool
    fate: str
    flagged: bool
    shown: str = ""


def judge(world: World, lie: Lie) -> Verdict:
    """Tell a lie and look for it in the JSON, the Markdown and the terminal view."""
    _, brief, asked_again = world.run(lie)
    new = [f for f in brief.findings if f.severity is not Severity.INFO and _key(f) not in world.known]
    named = [f for f in new if _names(f, world, lie)]
    if not lie.item.startswith(("label", "title")):
        fate, shown = _fate_of_prose(world, lie, brief, named)
    else:
        fate, shown = _fate_of_name(world, lie, brief, named)
    if fate in (MARKED, FLAGGED) and not _is_visible(world, brief, named):
        fate = UNMARKED
    return Verdict(lie, world.name, asked_again, fate, fate in (MARKED, FLAGGED), shown)


def _fate_of_prose(world: World, lie: Lie, brief: BriefData, named: list[Finding]) -> tuple[str, str]:
    told, honest = _prose(world, brief, lie), _prose(world, world.brief, lie)
    if told is None or honest is None or (told.zh, told.en) == (honest.zh, honest.en):
        return GONE, ""
    marked = True
    for lang in ("zh", "en"):
        now, was = (told.zh, honest.zh) if lang == "zh" else (told.en, honest.en)
        if now == was:
            continue
        start, end = _changed(was, now)
        marked &= any(m.lang == lang and m.start <= end and m.end >= start for m in told.marks)
    if marked:
        return MARKED, f"{told.zh}\n{told.en}"
    return (FLAGGED if named else UNMARKED), f"{told.zh}\n{told.en}"


def _fate_of_name(world: World, lie: Lie, brief: BriefData, named: list[Finding]) -> tuple[str, str]:
    n = int(lie.item.split()[1])
    if lie.item.startswith("title"):
        section = world.plan[lie.call].sections[n - 1].id
        shown = next(s.title.en for s in brief.sections if s.id == section)
        stands = shown == lie.en
    else:
        metric = brief.metrics[lie.figures[0]]
        shown = f"{metric.label.zh} / {metric.label.en}"
        if lie.dispute:
            # A figure never leaves the table; what a dispute could do is to hide it.
            return (FLAGGED if named and metric.status == "disputed" else UNMARKED), shown
        honest = world.brief.metrics[lie.figures[0]].label
        stands = any(
            told == now != was
            for told, now, was in ((lie.zh, metric.label.zh, honest.zh), (lie.en, metric.label.en, honest.en))
        )
    if not stands:
        return GONE, ""
    return (FLAGGED if named else UNMARKED), shown or ""


def _prose(world: World, brief: BriefData, lie: Lie) -> Prose | None:
    if lie.call == "overview":
        return brief.overview.text if lie.item == "text" else brief.overview.fields.get(lie.item)
    section = world.plan[lie.call].sections[int(lie.item.split()[1]) - 1].id
    return next(s.summary for s in brief.sections if s.id == section)


def _changed(was: str, now: str) -> tuple[int, int]:
    """The stretch of `now` that is not in `was`."""
    start = 0
    while start < min(len(was), len(now)) and was[start] == now[start]:
        start += 1
    end = 0
    while end < min(len(was), len(now)) - start and was[-1 - end] == now[-1 - end]:
        end += 1
    return start, len(now) - end


def _names(finding: Finding, world: World, lie: Lie) -> bool:
    where = finding.where
    if where.metric and where.metric in {f"m{i + 1}" for i in lie.figures}:
        return True
    if lie.call == "overview":
        return finding.message.startswith(f"overview {lie.item}:")
    kind, _, number = lie.item.partition(" ")
    if kind == "label":
        return False
    return where.section == world.plan[lie.call].sections[int(number) - 1].id


def _is_visible(world: World, brief: BriefData, named: list[Finding]) -> bool:
    """Do the Markdown and the terminal show that something is wrong there?"""
    if not named:
        return False
    markdown, shown = to_markdown(brief), to_terminal(brief, 2000)
    return any(safe(f.message) in markdown and one_line(f.message)[:20] in shown for f in named)


def _key(finding: Finding) -> tuple[str, str | None, str | None]:
    return finding.code, finding.where.section, finding.message


# -- all of them

_worlds: dict[str, World] = {}


def _world(name: str) -> World:
    if name not in _worlds:
        _worlds[name] = World(name)
    return _worlds[name]


def judge_many(job: tuple[str, list[Lie]]) -> list[Verdict]:
    """Judge some lies about one seed, in a process of their own."""
    world = _world(job[0])
    return [judge(world, lie) for lie in job[1]]


def table(verdicts: Iterable[Verdict], *, markdown: bool = False) -> str:
    """The rows by sort and kind; as Markdown for docs/VERIFICATION.md."""
    rows: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for v in verdicts:
        rows[v.lie.sort, v.lie.kind].append(v)
    lines: list[str] = []
    names = ("kind", "runs", "asked again", "not shown", "marked", "finding only", "unmarked", "flagged")
    for sort, heading in ((WRONG, "a wrong figure"), (SWAP, "a right figure on a wrong statement"), (OTHER, "neither")):
        mine = [(kind, vs) for (s, kind), vs in rows.items() if s == sort]
        if not mine:
            continue
        lines += ["", f"### {heading}", ""] if markdown else [f"-- {heading}"]
        lines.append(_row(names, markdown))
        if markdown:
            lines.append("|---|" + "---:|" * (len(names) - 1))
        for kind, vs in [*mine, ("all", [v for _, several in mine for v in several])]:
            fates = Counter(v.fate for v in vs)
            again = sum(v.asked_again for v in vs)
            counts = (len(vs), again, fates[GONE], fates[MARKED], fates[FLAGGED], fates[UNMARKED])
            lines.append(_row((kind, *map(str, counts), f"{_share(vs):.1%}"), markdown))
    return "\n".join(lines)


def _row(cells: Sequence[str], markdown: bool) -> str:
    if markdown:
        return "| " + " | ".join(cells) + " |"
    return f"{cells[0]:46}" + "".join(f"{cell:>14}" for cell in cells[1:])


def _share(verdicts: Sequence[Verdict]) -> float:
    return sum(v.fate != UNMARKED for v in verdicts) / len(verdicts)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the liar and print its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", help="only rows that hold these words")
    parser.add_argument("--report", help="only the seed whose name begins so")
    parser.add_argument("--seed", type=int, default=0, help="of the random choices")
    parser.add_argument("--jobs", type=int, default=4, help="processes")
    parser.add_argument("--show", type=int, default=0, help="show so many unmarked lies of each row")
    parser.add_argument("--markdown", action="store_true", help="the table as Markdown")
    asked = parser.parse_args(argv)
    jobs: list[tuple[str, list[Lie]]] = []
    figures = false = 0
    for name in names():
        if not name.startswith(asked.report or ""):
            continue
        world = _world(name)
        figures += len(world.reading.numbers.quantities)
        doubted = [f for f in world.brief.findings if f.severity is not Severity.INFO]
        false += len(doubted)
        for f in doubted:
            print(f"false alarm, {name[:3]}: {f.code}: {f.message}")
        lies = [one for one in world.lies(asked.seed) if (asked.kind or "") in one.kind]
        jobs += [(name, lies[k : k + 100]) for k in range(0, len(lies), 100)]
    with ProcessPoolExecutor(asked.jobs) as pool:
        verdicts = [v for vs in pool.map(judge_many, jobs) for v in vs]
    print(table(verdicts, markdown=asked.markdown))
    left: Counter[str] = Counter()
    for v in verdicts:
        if v.fate == UNMARKED and left[v.lie.kind] < asked.show:
            left[v.lie.kind] += 1
            print(f"\n{v.lie.kind} ({v.seed[:3]} {v.lie.call}, {v.lie.item}, asked again {v.asked_again})\n{v.shown}")
    unmarked = sum(v.fate == UNMARKED and v.lie.sort == WRONG for v in verdicts)
    swaps = [v for v in verdicts if v.lie.sort == SWAP]
    flagged = _share(swaps) if swaps else 1.0
    rate = false / figures if figures else 0.0
    print(f"\nwrong figures shown unmarked: {unmarked} (bar 0)")
    print(f"right figures on wrong statements flagged: {flagged:.1%} (bar {LEAST_FLAGGED:.0%})")
    print(f"false alarms on the honest replies: {false} on {figures} figures, {rate:.2%} (bar {FEWEST_FALSE:.0%})")
    return int(unmarked > 0 or flagged < LEAST_FLAGGED or rate > FEWEST_FALSE)


if __name__ == "__main__":
    sys.exit(main())

"""What a call shows: every quantity asked for once, and the report's own text but for our marks."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import reading
from summarizer.chunks import LABELS_TOKENS, REPLY_TOKENS, Chunk, chunk, escape, halves, pack, pieces, units
from summarizer.engines.protocol import Reading
from summarizer.pipeline import read_report

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))

HOSTILE = (
    "某局2023年法治政府建设年度报告\n\n"
    "一、主要工作\n（一）执法。办理案件[5|15件]，见§3和#2，模板{{7*7}}与{% if %}，罚款3万元。\n"
    "#3 检查企业20家次。\n    缩进的一行，投诉4件。\n\\[7|8件]\n"
    "二、下一步\n力争新建站点6个。\n"
)


def _read(text: str) -> Reading:
    return read_report(reading.read_text(text, "t"))


def _plan(report: Reading) -> tuple[Chunk, ...]:
    return pack(report, pieces(report))


def _unmarked(text: str) -> str:
    """The text of a chunk without our marks: figures, sentence and heading numbers, backslashes before look-alikes."""
    text = re.sub(r"(?<!\\)§\d+ ", "", text)
    text = re.sub(r"(?<!\\)#\d+ ", "", text)
    text = re.sub(r"(?<!\\)\[\d+\|([^\]]*)\]", r"\1", text)
    return re.sub(r"\\(?=\[\d+\||§\d|#\d)", "", text)


def _asked(plan: tuple[Chunk, ...]) -> list[int]:
    return [c.quantities[n - 1] for c in plan for n in c.asked]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.stem[:3])
def test_every_quantity_is_asked_for_once(seed: Path) -> None:
    """Each label once, each heading's title once, each summary once."""
    report = read_report(reading.read_path(seed))
    plan = _plan(report)
    assert sorted(_asked(plan)) == list(range(len(report.numbers.quantities)))
    titled = [s.id for c in plan for s in c.sections]
    assert sorted(titled) == sorted(s.id for u in units(report) for s in u.sections if s.title)
    told = [s.id for c in plan for s in c.told]
    assert len(told) == len(set(told))
    assert set(told) == {u.sections[0].id for u in units(report) if u.summarised}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.stem[:3])
def test_text_is_the_reports_own(seed: Path) -> None:
    """Marks taken out, what a call shows of a unit is the unit, character by character."""
    report = read_report(reading.read_path(seed))
    for unit in units(report):
        for piece in (p for p in pieces(report) if p.unit == unit and p.part == 1):
            shown = chunk(report, (piece,)).text
            assert _unmarked(shown) == report.document.text[unit.span.start : unit.span.end]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.stem[:3])
def test_figures_are_shown_as_written(seed: Path) -> None:
    """`[n|...]` holds the figure that n stands for, with its digits."""
    report = read_report(reading.read_path(seed))
    for c in _plan(report):
        shown = dict(re.findall(r"(?<!\\)\[(\d+)\|([^\]]*)\]", c.text))
        assert [int(n) for n in shown] == list(range(1, len(c.quantities) + 1))
        for n, written in shown.items():
            q = report.numbers.quantities[c.quantities[int(n) - 1]]
            assert report.document.text[q.number.start : q.number.end] in written


def test_marks_of_the_report_are_escaped() -> None:
    """What looks like a mark of ours in the report cannot be taken for one; nothing else of it changes."""
    report = _read(HOSTILE)
    text = "".join(c.text for c in _plan(report))
    assert r"办理案件\[5|" in text or r"\[5|" in text
    assert r"见\§3" in text
    assert "{{7*7}}与{% if %}" in text
    assert r"和\#2，" in text
    assert re.search(r"\n    §\d+ 缩进的一行", text)
    assert sorted(_asked(_plan(report))) == list(range(len(report.numbers.quantities)))
    for c in _plan(report):
        shown = re.findall(r"(?<!\\)\[(\d+)\|", c.text)
        assert [int(n) for n in shown] == list(range(1, len(c.quantities) + 1))


def test_last_newline_and_missing_newline() -> None:
    """A report's end is shown as it is, with or without a line end."""
    for end in ("", "\n", "\n\n"):
        report = _read("某局报告\n一、工作\n办理案件15件。" + end)
        (shown,) = _plan(report)
        assert (
            _unmarked(shown.text)
            == report.document.text[shown.pieces[0].unit.span.start : shown.pieces[-1].unit.span.end]
        )


@given(st.text(alphabet="一、（）工作15件[|]§#2 \\\n。，$百{}", max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text(body: str) -> None:
    """Whatever a report holds: every quantity once, ids counting from 1."""
    report = _read("某局报告\n一、工作\n完成案件3件。" + body)
    plan = _plan(report)
    assert sorted(_asked(plan)) == list(range(len(report.numbers.quantities)))


def test_escape_touches_only_marks() -> None:
    """`[5|`, `§3`, `#2` get a backslash; `[x|`, `[5]`, `§ 3`, `#x` do not."""
    assert escape("[5|a] §3\n#2 [x|y] [5] § 3 #x") == "\\[5|a] \\§3\n\\#2 [x|y] [5] § 3 #x"


def test_chunks_ask_for_about_as_much() -> None:
    """No call of several pieces asks for more than the measure; a dense unit is shared out."""
    report = _read(
        "某局报告\n一、工作\n（一）统计。" + "".join(f"检查{n}类企业{n + 100}家，" for n in range(2, 60)) + "完。\n"
    )
    plan = _plan(report)
    assert len(plan) > 1 or len(_asked(plan)) < 30
    for c in plan:
        if len(c.pieces) > 1:
            most = REPLY_TOKENS if c.told else LABELS_TOKENS
            assert sum(p.reply_tokens for p in c.pieces) <= most


def test_labels_alone_stand_before_what_is_told() -> None:
    """A stretch that is only labelled cannot be taken for a part of a section that is told after it."""
    figures = "".join(f"检查{n}类企业{n + 100}家，" for n in range(2, 60))
    report = _read(
        f"某局报告\n一、工作\n（一）统计。{figures}完。\n（二）办案。办理案件15件。\n（三）学习。学习文件。\n"
    )
    dense, other, _ = (u for u in units(report) if u.summarised)
    labels = [p for p in pieces(report) if p.unit == dense][-1]
    told = next(p for p in pieces(report) if p.unit == other)
    assert labels.part > 1
    for wanted in ((labels, told), (told, labels)):
        shown = chunk(report, wanted)
        assert shown.told == (other.sections[0],)
        assert [shown.quantities[n - 1] for n in shown.asked] == [*labels.asked, *told.asked]
        assert shown.text.index("家") < shown.text.index("#1 ")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda p: p.stem[:3])
def test_bare_headings_are_no_sentences(seed: Path) -> None:
    """A heading has a number as a sentence only where text of its own follows it in the same sentence."""
    report = read_report(reading.read_path(seed))
    content = {s.start: s.content for s in report.sections if s.title}
    for c in _plan(report):
        headings = {s.start for s in c.sections}
        assert all(content[s.start] < s.end for s in c.sentences if s.start in headings)
        assert [int(n) for n in re.findall(r"(?<!\\)§(\d+) ", c.text)] == list(range(1, len(c.sentences) + 1))


def test_halves_ask_for_the_same() -> None:
    """Both halves together ask for what the piece asked for; a single label stays."""
    report = _read("某局报告\n一、工作\n办理案件15件，罚款3万元，移送2件。\n")
    (piece,) = pieces(report)
    first, second = halves(piece)
    assert first.asked + second.asked == piece.asked
    assert second.part == first.part + 1
    assert halves(second)[0].asked

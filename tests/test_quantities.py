"""The scanner: cases by hand, and the promise that no numeral is left out or counted twice."""

import re
from bisect import bisect_right
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.document import Kind, Numbers, Span
from summarizer.quantities import scan

_HERE = Path(__file__).parent
_SEEDS = sorted((_HERE.parent / "seeds").glob("*.txt"))
_PARTS = re.split(r"^\.\n", (_HERE / "cases" / "quantities.txt").read_text("utf-8"), flags=re.M)
_CASES = [(t.strip(), i, e) for t, i, e in zip(_PARTS[0::3], _PARTS[1::3], _PARTS[2::3], strict=False)]

# Written down here again on purpose: the proof must not lean on the scanner's own idea of a numeral.
_RUNS = re.compile("[0-9]+|[０-９]+|[〇零一二三四五六七八九十百千万亿两廿卅]+")


def _scan(text: str, year: int | None = 2023) -> Numbers:
    return scan(text, Span(0, len(text)), year=year)


def _written(text: str, numbers: Numbers) -> str:
    """One line a mention: `+ raw = value unit kind ...` or `- raw reason`, in order of place."""
    lines = [
        (
            q.number.start,
            " ".join(
                [f"+ {text[q.start : q.end]} = {q.value}"]
                + [q.unit] * bool(q.unit)
                + [str(f) for f in (q.kind, q.direction, q.qualifier, q.bound) if f]
                + [q.period or "-"]
                + ["words"] * q.stated_in_words
            ),
        )
        for q in numbers.quantities
    ]
    lines += [(d.start, f"- {text[d.start : d.end]} {d.reason}") for d in numbers.dismissed]
    return "\n".join(line for _, line in sorted(lines)) + "\n" * bool(lines)


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in _CASES], ids=[c[0] for c in _CASES])
def test_case(text: str, expected: str) -> None:
    """Each text of the cases, a report of 2023, yields exactly the mentions listed."""
    assert _written(text, _scan(text)) == expected


def _check(text: str, numbers: Numbers) -> None:
    spans = sorted(
        {(q.start, q.end) for q in numbers.quantities if q.bound is None}
        | {(q.start, q.end) for q in numbers.quantities if q.bound}
        | {(d.start, d.end) for d in numbers.dismissed}
    )
    assert all(a[1] <= b[0] for a, b in pairwise(spans)), "spans overlap"
    starts = [s for s, _ in spans]
    for run in _RUNS.finditer(text):
        at = bisect_right(starts, run.start()) - 1
        assert at >= 0, (run[0], text[max(0, run.start() - 9) : run.end() + 9])
        assert spans[at][1] >= run.end(), (run[0], text[max(0, run.start() - 9) : run.end() + 9])
    for q in numbers.quantities:
        assert q.start <= q.number.start < q.number.end <= q.end
        assert q.value >= 0
        assert (q.direction is None) == (q.kind is not Kind.CHANGE)
    assert list(numbers.quantities) == sorted(numbers.quantities, key=lambda q: q.number.start)
    assert list(numbers.dismissed) == sorted(numbers.dismissed, key=lambda d: d.start)


@pytest.mark.parametrize("path", _SEEDS, ids=lambda p: p.stem[:3])
def test_every_run_of_the_seeds_lies_in_exactly_one_span(path: Path) -> None:
    """Digits and Han numerals of a whole page, furniture included, are each accounted for once."""
    text = path.read_text("utf-8-sig")
    _check(text, _scan(text))


_PIECES = (
    "0 1 3 12 2023 100 1,234 3.5 ２ ３ 一 二 十 百 千 万 亿 两 零 〇 廿 年 月 日 号 第 件 个 次 家 名 % ％ 个百分点 元 "
    "至 - — 到 、 ， , 。 ； ： : \n （ ） ( ) 《 》 “ ” 〔 〕 / + . | 余 多 约 近 超 以上 增长 下降 同比 由 提升到 "
    "分之 点 成 倍 全国 排名 前 季度 上半年 未发生 无 案件 持平 投诉 m3 μg/m3 PM2.5 5G 分别 和 岁 级 单位：万元 是 其 "
    "下一步，"
).split(" ")


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=16))
def test_every_run_of_any_text_lies_in_exactly_one_span(pieces: list[str]) -> None:
    """However numerals, scales, units and marks are thrown together, nothing is lost or counted twice."""
    text = "".join(pieces)
    _check(text, _scan(text))


@settings(deadline=None)
@given(st.text(max_size=80), st.integers(0, 40), st.integers(0, 80), st.sampled_from([None, 1999, 2023]))
def test_any_text_and_any_body(text: str, start: int, size: int, year: int | None) -> None:
    """No text, body or missing year makes the scanner fail or reach outside the body."""
    body = Span(min(start, len(text)), min(start + size, len(text)))
    numbers = scan(text, body, year=year)
    ends = [q.end for q in numbers.quantities] + [d.end for d in numbers.dismissed]
    assert all(body.start < end <= body.end for end in ends)


def test_offsets_are_those_of_the_whole_text() -> None:
    """What stands outside the body is not read; offsets still count from the start of the text."""
    text = "浏览次数：77\n办理案件15件，罚款3万元。\n邮编100000"
    numbers = scan(text, Span(8, 24), year=2023)
    assert [text[q.start : q.end] for q in numbers.quantities] == ["15件", "3万元"]
    assert numbers.dismissed == ()


def test_plan_sections_make_targets() -> None:
    """A figure of a plan section is a target of the year its heading names, or of the next one."""
    text = "四、2025年主要安排\n配强6个专业委员会。\n五、工作打算\n检查企业80家，目前已有3家试点。"
    split = text.index("五、")
    named = scan(text, Span(0, len(text)), year=2023, plans=[Span(0, split), Span(split, len(text))])
    assert [(q.kind, q.period) for q in named.quantities] == [
        (Kind.TARGET, "2025"),
        (Kind.TARGET, "2024"),
        (Kind.ACTUAL, "2023"),
    ]
    assert scan(text, Span(0, len(text)), year=2023) == named  # found from the headings as well


def test_named_headings_hold_markers() -> None:
    """A numeral in the marker of a heading the caller names is a marker wherever the heading stands."""
    text = "工作有序推进（一）健全体系 12 条 第三部分 努力"
    heading = Span(text.index("（"), text.index(" 12"))
    assert scan(text, Span(0, len(text)), year=2023, headings=[heading]).dismissed[0].reason == "marker"


def test_gigantic_runs_are_dismissed_whole() -> None:
    """A hundred thousand digits or numerals in a row are one dismissed span, not a number."""
    for text in ("9" * 100_000, "一" * 100_000, "７" * 100_000):
        numbers = _scan(text)
        assert not numbers.quantities
        assert [(d.start, d.end) for d in numbers.dismissed] == [(0, 100_000)]


def test_values_are_exact() -> None:
    """138.75625万元 is 1387562.5, not 1387562 and not 1387562.4999."""
    (quantity,) = _scan("罚款138.75625万元").quantities
    assert quantity.value == Decimal("1387562.5")
    assert str(quantity.value) == "1387562.5"

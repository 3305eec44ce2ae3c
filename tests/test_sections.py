"""Sections: trees written by hand, the gold trees of the seeds, and identities that hold for any text."""

import itertools
import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.document import Document, Removed, Section, Span
from summarizer.reading import read_path
from summarizer.sections import heading_spans, plan_sections, problem_sections, split

HERE = Path(__file__).parent
SEEDS = sorted((HERE.parent / "seeds").glob("*.txt"))
_PARTS = re.split(r"^\.\n", (HERE / "cases" / "sections.txt").read_text("utf-8"), flags=re.M)
_CASES = [(t.strip(), i, e.rstrip("\n")) for t, i, e in zip(_PARTS[0::3], _PARTS[1::3], _PARTS[2::3], strict=True)]


def document(text: str, removed: tuple[Removed, ...] = ()) -> Document:
    return Document("report.txt", text, "0" * 64, "text/plain", "utf-8", Span(0, len(text)), removed)


def tree(text: str) -> list[Section]:
    return list(split(document(text)))


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in _CASES], ids=[c[0] for c in _CASES])
def test_case(text: str, expected: str) -> None:
    """Each text of the cases has the tree written beside it."""
    shown = [f"{'  ' * (s.level - 1)}{s.id} {s.number} {s.title}" for s in tree(text)]
    assert "\n".join(shown) == expected


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_gold(path: Path) -> None:
    """Start and level of every heading of a seed are the annotators'."""
    gold = json.loads((HERE / "data" / "gold" / f"{path.stem}.sections.json").read_text("utf-8"))
    found = [(s.start, s.level) for s in split(read_path(path)) if s.id != "0"]
    assert found == [(s["start"], s["level"]) for s in gold["sections"]]


_WORDS = (
    "一、 二、 三、 （一） (二) （三） 1. 2. 3、 (1) （2） ① ② 一是 二是 首先， 其次， 第一章 第二部分 第一， 附件1 "
    "名词解释 2023年工作回顾 下一步工作打算 办案3件 ， 。 ； ： 《 》 “ ” | 3.5万 2023.1 加强领导 ## ** \ufeff"
)
_PIECES = st.sampled_from([*_WORDS.split(" "), "三 是", "\n", "\r", "\r\n", " ", "\u3000", "\t", "\n\n"])
_TEXTS = st.one_of(st.lists(_PIECES, max_size=60).map("".join), st.text(max_size=200))


@given(_TEXTS)
@example("附件1\n\n一、")
@settings(max_examples=400, deadline=None)
def test_any_text(text: str) -> None:
    """For any text: unique ids, children inside parents, and the top sections cover the body without gap or overlap."""
    sections = split(document(text))
    assert len({s.id for s in sections}) == len(sections)
    assert [s.start for s in sections] == sorted(s.start for s in sections)
    by_id = {s.id: s for s in sections}
    for section in sections:
        assert 0 <= section.start <= section.content <= section.end <= len(text)
        assert section.level == section.id.count(".") + 1
        assert text.startswith(section.number, section.start)
        parent = by_id.get(section.id.rpartition(".")[0])
        if parent:
            assert parent.content <= section.start <= section.end <= parent.end
    here = 0
    for section in (s for s in sections if s.level == 1):
        assert not any(char.isalnum() for char in text[here : section.start])
        here = section.end
    assert here == len(text) or not any(char.isalnum() for char in text[here:])


@given(_TEXTS)
@settings(max_examples=100, deadline=None)
def test_joined_sections_are_the_body(text: str) -> None:
    """Cut at the top-level starts and joined again, a body is itself."""
    starts = [s.start for s in split(document(text)) if s.level == 1]
    cuts = [0, *starts, len(text)]
    assert "".join(text[a:b] for a, b in itertools.pairwise(cuts)) == text


def test_spans_of_headings() -> None:
    """A heading span is marker and title with its full stop, nothing of the text after it."""
    text = "一、甲项\n（一）乙项。办案3件。\n"
    assert [text[a:b] for a, b in heading_spans(split(document(text)))] == ["一、甲项", "（一）乙项。"]


def test_marks_inside_removed_stretches() -> None:
    """Attachment lists that reading set aside are no headings."""
    text = "一、甲\n办案。\n附件：1.表格\n2.案例\n某某局\n"
    removed = (Removed(text.index("附件"), text.index("某某局") - 1, "attachment"),)
    assert [s.number for s in split(document(text, removed))] == ["一、"]


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("一、2023年工作情况\n二、存在的问题\n三、下一步工作打算\n（一）甲\n", ["三、"]),
        ("一、2023年工作回顾\n二、2024年主要工作\n", ["二、"]),
        ("一、2023年主要工作\n二、2024年政府工作\n", ["二、"]),
        ("一、2023年主要工作\n二、问题\n", []),
        ("一、接续奋斗，2023年发展迈出坚实步伐\n二、全面抓好2024年政府工作\n", ["二、"]),
        ("一、甲\n（一）印发《2023年工作方案》\n（二）工作计划完成情况\n（三）落实工作安排\n", []),
        ("一、存在问题和下一步打算\n问题：一是人少。二是钱少。\n打算：一是培训。二是检查。\n", ["一是培训"]),
        ("一、存在问题和下一步打算\n人员不足，下一步加强培训。\n", []),
        ("一、未来五年奋斗目标\n二、2023年重点工作任务\n", ["一、", "二、"]),
        ("一、甲\n名词解释\n1.工作部署\n2.工作安排\n", []),
    ],
)
def test_plans(text: str, plans: list[str]) -> None:
    """Plans are found by heading, at the outermost one; past work under similar names is none."""
    found = plan_sections(split(document(text)))
    assert [text[start : start + len(plan)] for (start, _), plan in zip(found, plans, strict=True)] == plans


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("存在的主要不足", True),
        ("推进法治政府建设存在的不足和原因", True),
        ("存在的问题与不足", True),
        ("面临的主要困难和问题", True),
        ("环保督察整改有序推进", False),
        ("解决群众身边突出环境问题", False),
        ("短板弱项与2025年安排", True),
        ("补短板强弱项", False),
    ],
)
def test_problems(title: str, expected: bool) -> None:
    """Shortcomings are announced; problems that were solved are achievements."""
    assert bool(problem_sections(split(document(f"一、{title}\n正文。\n")))) is expected


def test_many_sections() -> None:
    """20,000 headings keep unique ids in order."""
    sections = split(document("".join(f"（{'一二三四五六七八九'[i % 9]}）标题。正文。\n" for i in range(20000))))
    assert len({s.id for s in sections}) == len(sections) == 20000

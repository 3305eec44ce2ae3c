"""The support check: a right figure on a wrong statement is doubted, an honest text is not."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer import reading
from summarizer.brief import Finding
from summarizer.engines.protocol import Draft, DraftLabel, DraftOverview, DraftProse, DraftSection
from summarizer.pipeline import read_report
from summarizer.verification.finding import open_case
from summarizer.verification.support import support

READING = read_report(reading.read_path(Path(__file__).parent / "data" / "reports" / "short.txt"))
LABELS = {
    0: DraftLabel("行政处罚案件数量", "Administrative penalty cases handled"),
    1: DraftLabel("行政处罚罚款金额", "Amount of administrative penalty fines"),
    2: DraftLabel("移送公安机关案件数量", "Cases transferred to public security organs"),
    3: DraftLabel("受理信访投诉数量", "Petitions and complaints accepted"),
    4: DraftLabel("信访投诉同比变化率", "Year-on-year change in petitions and complaints"),
    5: DraftLabel("信访投诉按期办结率", "On-time conclusion rate of petitions and complaints"),
    6: DraftLabel("新建监测站点目标数量", "Planned number of new monitoring stations"),
}
ZH = "办理行政处罚案件⟦0⟧，罚款⟦1⟧，移送公安机关⟦2⟧。"
EN = (
    "It handled ⟦0⟧ administrative penalty cases with fines of ⟦1⟧ and transferred ⟦2⟧ cases to public security organs."
)


def _found(
    zh: str = ZH, en: str = EN, labels: dict[int, DraftLabel] | None = None, second: bool = True
) -> list[Finding]:
    draft = Draft(
        labels=labels or LABELS,
        sections={"1.1": DraftSection("1.1", "Enforcement", DraftProse(zh, en))},
        overview=DraftOverview(DraftProse("", "")),
        second=LABELS if second else {},
    )
    return list(support(open_case(READING, draft)))


def _put(old: int, new: int) -> list[Finding]:
    return _found(ZH.replace(f"⟦{old}⟧", f"⟦{new}⟧"), EN.replace(f"⟦{old}⟧", f"⟦{new}⟧"))


def test_honest_text_is_not_doubted() -> None:
    """Figures on their own statements give no finding, in any order."""
    assert _found() == []
    assert (
        _found(
            "移送公安机关⟦2⟧，办理行政处罚案件⟦0⟧。",
            "⟦2⟧ cases went to public security, ⟦0⟧ penalty cases were handled.",
        )
        == []
    )


@pytest.mark.parametrize(("old", "new"), [(2, 0), (0, 2), (1, 0), (2, 3), (0, 5), (1, 4)])
def test_wrong_figure_on_a_statement(old: int, new: int) -> None:
    """A figure of the same sentence, another unit or another section in the place of the right one."""
    found = _put(old, new)
    assert f"m{new + 1}" in {f.where.metric for f in found}
    assert all((f.severity, f.code, f.where.section) == ("warning", "unsupported", "1.1") for f in found)


def test_two_figures_exchanged() -> None:
    """Both are named, each with the other."""
    swap = {"⟦0⟧": "⟦2⟧", "⟦2⟧": "⟦0⟧", "⟦1⟧": "⟦1⟧"}
    zh, en = (t.replace("⟦0⟧", "@").replace("⟦2⟧", swap["⟦2⟧"]).replace("@", swap["⟦0⟧"]) for t in (ZH, EN))
    assert {f.where.metric for f in _found(zh, en)} == {"m1", "m3"}


@pytest.mark.parametrize(("a", "b"), [(0, 1), (0, 2), (0, 5), (1, 4), (3, 6)])
def test_labels_exchanged(a: int, b: int) -> None:
    """Each label is held against the clause of its figure and the second reader."""
    found = _found(labels={**LABELS, a: LABELS[b], b: LABELS[a]})
    assert {f.where.metric for f in found if f.code == "unsupported_label"} == {f"m{a + 1}", f"m{b + 1}"}


def test_runs_for_a_model_only() -> None:
    """Without a second reader the text was extracted, not written."""
    assert _found(ZH.replace("⟦2⟧", "⟦0⟧"), EN.replace("⟦2⟧", "⟦0⟧"), second=False) == []


def test_figure_in_one_language_or_of_nothing() -> None:
    """Broken texts are for other checks; this one does not stumble over them."""
    _found(ZH, EN.replace("⟦2⟧", "some"))
    _found(ZH.replace("⟦2⟧", "⟦99⟧"), EN)
    _found("", "")
    _found("⟦0⟧", "⟦0⟧")
    _found(labels={**LABELS, 0: replace(LABELS[0], zh="", en="")})


def test_same_findings_whatever_the_hash_seed() -> None:
    """Sets have no order, and nothing of a finding may depend on one."""
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "import test_support as t\n"
        "print([f for a, b in ((2, 0), (0, 2), (1, 0)) for f in t._put(a, b)])"
    )
    root = Path(__file__).parent.parent
    outs = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(outs) == 1

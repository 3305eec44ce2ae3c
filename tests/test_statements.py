"""Summaries cut into sentences that stand in both languages."""

import pytest

from summarizer.dialogue.statements import joined, statements
from summarizer.document import Span
from summarizer.engines.protocol import DraftMark, DraftProse
from summarizer.pipeline import read_report
from summarizer.reading import read_text

TEXT = "某局报告\n一、工作\n（一）执法。办理案件15件。罚款3万元。学习文件精神。\n"
READING = read_report(read_text(TEXT, "t"))
QUANTITIES = READING.numbers.quantities


def _span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


CASES, FINES, STUDY = _span("办理案件15件。"), _span("罚款3万元。"), _span("学习文件精神。")


def _cut(zh: str, en: str) -> list[tuple[str, str]]:
    return [(one.zh, one.en) for one in statements(DraftProse(zh, en), QUANTITIES)]


@pytest.mark.parametrize(
    ("zh", "en", "told"),
    [
        ("办案⟦0⟧。罚款⟦1⟧。", "It handled ⟦0⟧ cases. Fines were ⟦1⟧.", [0, 1]),
        ("办案⟦0⟧；又查。罚款⟦1⟧。", "It handled ⟦0⟧ cases; it checked. ⟦1⟧ was fined.", [0, 1]),
        ("依据《甲。乙》办案。学习。", "It applied No. 5 of A. B. Smith. It studied.", [0, 1]),
        ("办案⟦0⟧。罚款⟦1⟧。", "Fines were ⟦1⟧. It handled ⟦0⟧ cases.", None),  # out of step
        ("全年办理案件⟦0⟧。罚款⟦1⟧。", "It handled cases. They were ⟦0⟧. Fines were ⟦1⟧.", [0, 1]),
        ("召开会议学习文件。办案。", "It met. It studied the documents. It handled cases.", [0, 1]),
        ("召开会议。学习文件。办理案件。", "It met and studied many documents. It handled cases.", [0, 1]),
        ("办案。", "It handled cases. It fined.", None),
        ("办案。罚款。", "It handled cases and fined.", None),
        ("办理许许多多的案件并学习文件。罚款。", "It did. It did. And then it fined all those it had caught.", None),
        ("办案⟦0⟧", "It handled ⟦0⟧ cases", None),
    ],
)
def test_twins(zh: str, en: str, told: list[int] | None) -> None:
    """As many sentences in both languages with the same figures each; else the summary stays whole."""
    found = _cut(zh, en)
    assert "".join(a for a, _ in found) == zh
    assert " ".join(b for _, b in found) == en
    assert len(found) == (1 if told is None else len(told))


def test_evidence_and_marks_go_with_their_sentence() -> None:
    """A sentence rests on those that hold its figures, else on all; a mark stays over the words it is about."""
    zh, en = "办案⟦0⟧。罚款⟦1⟧万。学习精神。", "It handled ⟦0⟧ cases. Fines were ⟦1⟧ million. It studied."
    marks = (
        DraftMark("zh", zh.index("⟦1⟧万"), zh.index("⟦1⟧万") + 4, "beside_reference"),
        DraftMark("en", en.index("million"), en.index("million") + 7, "beside_reference"),
    )
    first, second, third = statements(DraftProse(zh, en, (CASES, FINES, STUDY), marks), QUANTITIES)
    assert (first.sentences, second.sentences) == ((CASES,), (FINES,))
    assert third.sentences == (CASES, FINES, STUDY)
    assert first.marks == third.marks == ()
    assert [(second.zh if m.lang == "zh" else second.en)[m.start : m.end] for m in second.marks] == ["⟦1⟧万", "million"]
    whole = joined((first, second, third))
    assert (whole.zh, whole.en, whole.marks, whole.sentences) == (zh, en, marks, (CASES, FINES, STUDY))


def test_nothing_is_joined_to_nothing() -> None:
    """No sentences, no text."""
    assert joined(()) == DraftProse("", "")

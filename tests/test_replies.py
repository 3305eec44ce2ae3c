"""What an answer must look like: lines or objects, ids in any form, nothing too long, additions passed over."""

from typing import Any

import pytest
from pydantic import ValidationError

from summarizer import resources
from summarizer.replies import SectionRepair, SectionReply, items, overview_reply

FIELDS = resources.load_report_type(resources.DEFAULT_TYPE).overview
LABEL = {"zh": "案件数量", "en": "Cases"}


def _reply(**parts: Any) -> SectionReply:
    return SectionReply.model_validate({"labels": [], "titles": [], "summaries": [], **parts})


def _lines(*lines: Any) -> SectionReply:
    return SectionReply.model_validate({"lines": lines})


@pytest.mark.parametrize("written", [5, "5", " 5 ", "[5]", "§5", "#5", 5.0])
def test_ids_in_any_form(written: object) -> None:
    """Some models write ids as strings or with their brackets."""
    assert _reply(labels=[{"id": written, **LABEL}]).labels[0].id == 5


@pytest.mark.parametrize("written", ["five", "5件", -1, 5.5, None, "五", "５", [5], 10**9])
def test_what_is_no_id(written: object) -> None:
    """Nothing else passes for an id."""
    with pytest.raises(ValidationError):
        _reply(labels=[{"id": written, **LABEL}])


def test_lines_and_objects_say_the_same() -> None:
    """An answer in lines is that in objects."""
    told = _lines("5|案件数量|Cases", "#2|Law enforcement", "#2|§3,6|处罚[5]。|It fined [5].", "4!target|a plan")
    assert told == _reply(
        labels=[{"id": 5, **LABEL}],
        titles=[{"section": 2, "en": "Law enforcement"}],
        summaries=[{"section": 2, "zh": "处罚[5]。", "en": "It fined [5].", "sentences": [3, 6]}],
        disputes=[{"id": 4, "why": "target", "note": "a plan"}],
    )


@pytest.mark.parametrize(
    ("line", "zh", "en", "sentences"),
    [
        ("#2|3|处罚[5]。|Fined [5].", "处罚[5]。", "Fined [5].", (3,)),
        (" # 2 | 3, 6 | 处罚。 | Fined. ", "处罚。", "Fined.", (3, 6)),
        ("2|§3、§6|处罚。|Fined.", "处罚。", "Fined.", (3, 6)),
        ("#2||处罚。|Fined.", "处罚。", "Fined.", ()),
        ("#2|处罚。|Fined.", "处罚。", "Fined.", ()),
        ("#2|3|处罚[5|15件]。|Fined [5|15].", "处罚[5|15件]。", "Fined [5|15].", (3,)),
        ("#2|3|处罚。|A | B", "处罚。", "A|B", (3,)),
    ],
)
def test_summary_lines(line: str, zh: str, en: str, sentences: tuple[int, ...]) -> None:
    """A summary may lack its sentences; the bar of a figure as the passage shows it parts nothing."""
    (said,) = _lines(line).summaries
    assert (said.section, said.zh, said.en, said.sentences) == (2, zh, en, sentences)


@pytest.mark.parametrize("line", ["", "案件数量", 5, None, ["5|案件|Cases"], "5!target!", {"id": 5, **LABEL}])
def test_lines_that_tell_nothing_are_left_out(line: object) -> None:
    """One broken line costs its own item, which is asked for again, and no other."""
    told = _lines(line, "6|案件数量|Cases")
    assert [one.id for one in told.labels] == [6]
    assert (told.summaries, told.disputes) == ((), ())


@pytest.mark.parametrize("line", ["five|案件|Cases", "-1|案件|Cases", f"5|{'件' * 401}|x", "5!boring|note"])
def test_lines_keep_the_limits(line: str) -> None:
    """What is no id, too long, or no reason is refused in a line as in an object."""
    with pytest.raises(ValidationError):
        _lines(line)


def test_additions_are_passed_over() -> None:
    """Keys of a model's own do not spoil an answer."""
    told = _reply(labels=[{"id": 1, **LABEL, "value": 15}], thoughts="...")
    assert not hasattr(told, "thoughts")
    assert not hasattr(told.labels[0], "value")


@pytest.mark.parametrize(
    "parts",
    [
        {"labels": [{"id": 1, "zh": "件" * 401, "en": "x"}]},
        {"summaries": [{"section": 1, "zh": "件" * 6001, "en": "x"}]},
        {"labels": [{"id": 1, **LABEL}] * 401},
        {"summaries": [{"section": 1, "zh": "a", "en": "b", "sentences": [1] * 401}]},
        {"disputes": [{"id": 1, "why": "boring"}]},
    ],
)
def test_limits(parts: dict[str, Any]) -> None:
    """Nothing grows without bound, and a dispute has one of four reasons."""
    with pytest.raises(ValidationError):
        _reply(**parts)


def test_repair_needs_only_what_is_asked() -> None:
    """Every part of a repair may be left out; of a first answer none but the disputes."""
    assert SectionRepair.model_validate({}).labels == ()
    with pytest.raises(ValidationError):
        SectionReply.model_validate({"labels": []})


def test_overview_follows_the_report_type() -> None:
    """An item for each field: a text and its sentences, or sentences alone; what is broken or unknown is left out."""
    lines = ["text|4,9|甲|A", "text|5|乙|B", "highlights|甲|A", "problems|3,5", "plans| ", "achievements", "more|1"]
    told = items(overview_reply(FIELDS).model_validate({"lines": lines}), FIELDS)
    assert {name: (i.zh, i.en, i.sentences) for name, i in told.items()} == {
        "text": ("甲", "A", (4, 9)),
        "highlights": ("甲", "A", ()),
        "problems": ("", "", (3, 5)),
        "plans": ("", "", ()),
    }
    objects = {"lines": [{"item": "problems", "sentences": ["7"]}]}
    assert items(overview_reply(FIELDS).model_validate(objects), FIELDS)["problems"].sentences == (7,)


@pytest.mark.parametrize("value", [{}, {"text": "4|甲|A"}, {"lines": "text|4|甲|A"}, {"lines": ["problems|many"]}])
def test_what_is_no_overview(value: Any) -> None:
    """Anything but lines is refused, and so is what points at no number."""
    with pytest.raises(ValidationError):
        overview_reply(FIELDS).model_validate(value)


def test_schemas_say_no_more_than_they_must() -> None:
    """A schema is paid for with every call; titles and descriptions in it help nobody."""
    for model in (SectionReply, SectionRepair, overview_reply(FIELDS)):
        assert model.model_json_schema() == {
            "title": model.__name__,
            "type": "object",
            "properties": {"lines": {"type": "array", "items": {"type": "string"}}},
            "required": ["lines"],
        }

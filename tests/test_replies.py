"""What an answer must look like: ids in any form, nothing too long, additions passed over."""

from typing import Any

import pytest
from pydantic import ValidationError

from summarizer import resources
from summarizer.replies import OverviewRepair, SectionRepair, SectionReply, overview_reply, texts

LABEL = {"zh": "案件数量", "en": "Cases"}
FIELDS = resources.load_report_type(resources.DEFAULT_TYPE).overview


def _reply(**parts: Any) -> SectionReply:
    return SectionReply.model_validate({"labels": [], "titles": [], "summaries": [], **parts})


@pytest.mark.parametrize("written", [5, "5", " 5 ", "[5]", "§5", "#5", 5.0])
def test_ids_in_any_form(written: object) -> None:
    """Some models write ids as strings or with their brackets."""
    assert _reply(labels=[{"id": written, **LABEL}]).labels[0].id == 5


@pytest.mark.parametrize("written", ["five", "5件", -1, 5.5, None, "五", "５", [5], 10**9])
def test_what_is_no_id(written: object) -> None:
    """Nothing else passes for an id."""
    with pytest.raises(ValidationError):
        _reply(labels=[{"id": written, **LABEL}])


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
    """One attribute a field; items of lists are numbered."""
    one = {"zh": "甲", "en": "A", "sections": ["1"]}
    answer = {f.name: one if f.kind == "prose" else [one, one] for f in FIELDS}
    told = texts(overview_reply(FIELDS).model_validate(answer), FIELDS)
    assert {"text", "achievements 1", "achievements 2"} <= set(told)
    assert told["text"].sections == (1,)
    with pytest.raises(ValidationError):
        overview_reply(FIELDS).model_validate({"text": one})


def test_overview_repair_names_items() -> None:
    """A corrected text says which it is."""
    told = OverviewRepair.model_validate({"texts": [{"item": "problems 2", "zh": "甲", "en": "A"}]})
    assert told.texts[0].item == "problems 2"

"""The published JSON: schema, key order, values, and back."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from conftest import ROOT, SEEDS, gold_draft, gold_reading, make_run, make_type
from jsonschema import Draft202012Validator

from summarizer.brief import BriefData
from summarizer.errors import InputError
from summarizer.merging import merge
from summarizer.rendering.json import from_json, to_json, to_json_lines
from summarizer.rendering.schema import brief_schema, to_text
from summarizer.verification import verify

SCHEMA = ROOT / "schemas" / "brief.schema.json"
KEYS = {
    "": "schema_version source report overview sections metrics numbers findings run",
    "source": "name sha256 media_type encoding characters body removed",
    "report": "type title issuer year issued",
    "overview": "text achievements problems plans fields",
    "sections": "id level number title start end summary key_points fields status",
    "metrics": "id key label value unit raw display kind direction qualifier bound period stated_in_words section "
    "number evidence status second_reader",
    "numbers": "total dismissed unaccounted",
    "findings": "severity code where message",
    "run": "engine model endpoint_host prompt_sha256 schema_sha256 requests retries tokens cost seconds "
    "reused_sections",
}


def seed_brief(position: int = 3) -> BriefData:
    stem = SEEDS[position].stem
    reading = gold_reading(stem)
    draft = gold_draft(stem, reading)
    return merge(reading, draft, make_type(), verify(reading, draft), make_run())


def test_committed_schema_is_the_generated_one() -> None:
    """`python -m summarizer.rendering.schema > schemas/brief.schema.json` after a change of the records."""
    assert SCHEMA.read_text("utf-8") == to_text(brief_schema())


@pytest.mark.parametrize("position", range(5))
def test_json_meets_the_schema(position: int) -> None:
    """All five seeds validate."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(to_json(seed_brief(position))))


def test_keys_and_their_order() -> None:
    """Exactly the keys of DESIGN.md, in its order."""
    told = json.loads(to_json(seed_brief()))
    assert " ".join(told) == KEYS[""]
    for name, keys in KEYS.items():
        for one in told[name] if name and isinstance(told[name], list) else [told[name]] if name else []:
            assert " ".join(one) == keys, name
    prose = told["overview"]["text"]
    assert " ".join(prose) == "zh en figures marks evidence"
    assert " ".join(prose["figures"][0]) == "metric zh en"
    assert all(isinstance(offset, int) for offset in prose["figures"][0]["zh"])


def test_there_and_back() -> None:
    """Loading what was saved gives an equal brief; saving it again gives equal bytes."""
    brief = seed_brief()
    assert from_json(to_json(brief)) == brief
    assert to_json(from_json(to_json(brief))) == to_json(brief)
    (line,) = to_json_lines([brief]).splitlines()
    assert json.loads(line) == json.loads(to_json(brief))


def test_chinese_stays_readable_and_values_are_exact() -> None:
    """No \\u escapes, no floats, no exponents."""
    brief = seed_brief()
    text = to_json(brief)
    assert "生态环境" in text
    assert "\\u" not in text
    metric = replace(brief.metrics[0], value=Decimal("1.50E+7"))
    told = json.loads(to_json(replace(brief, metrics=(metric,))))
    assert told["metrics"][0]["value"] == "15000000"


@pytest.mark.parametrize(
    ("damage", "where"),
    [
        (lambda d: d.pop("metrics"), "metrics"),
        (lambda d: d.update(extra=1), "extra"),
        (lambda d: d["metrics"][2].update(kind="guess"), "metrics[2].kind"),
        (lambda d: d["metrics"][0].update(value="NaN"), "metrics[0].value"),
        (lambda d: d["metrics"][0]["number"].update(start="x"), "metrics[0].number.start"),
        (lambda d: d.update(schema_version="9"), "version '9'"),
    ],
)
def test_wrong_key_is_named(damage: object, where: str) -> None:
    """The first wrong key is in the message."""
    told = json.loads(to_json(seed_brief()))
    damage(told)  # type: ignore[operator]
    with pytest.raises(InputError) as caught:
        from_json(json.dumps(told))
    assert where in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "12", '{"a": 1}', "{}, {}"])
def test_no_brief_at_all(text: str) -> None:
    """Never a traceback of another library."""
    with pytest.raises(InputError):
        from_json(text)

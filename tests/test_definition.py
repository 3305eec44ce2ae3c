"""The definition of a report type: what it must hold, and the line of what is wrong."""

import re
from pathlib import Path

import pytest

from summarizer import resources
from summarizer.definition import parse_definition
from summarizer.errors import PromptTemplateError, ReportTypeError
from summarizer.reading import read_text

GOOD = """id = "mine"

[name]
zh = "我的报告"
en = "my report"

[glossary]
terms = ["glossary/general.tsv"]
readings = "glossary/readings.tsv"

[salient]
terms = []

[[overview]]
name = "text"
kind = "prose"
ask = "the gist"

[[overview]]
name = "plans"
kind = "list"
ask = "what is planned"
"""


def test_the_smallest_definition() -> None:
    """Metrics, words that detect it and words of problems may be left out."""
    definition = parse_definition("mine.toml", GOOD)
    assert (definition.id, definition.metrics, definition.titles) == ("mine", (), ())
    assert [field.name for field in definition.overview] == ["text", "plans"]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('en = "my report"\n', "", "mine.toml:3: lacks 'en' in [name]"),
        ('zh = "我的报告"', "zh = 3", "mine.toml:4: 'zh' in [name] is a text, found 3"),
        ('id = "mine"\n', "", "mine.toml: lacks 'id'"),
        (
            'terms = ["glossary/general.tsv"]',
            'terms = "glossary/general.tsv"',
            "mine.toml:8: 'terms' in [glossary] is a list",
        ),
        ("terms = []", "terms = [1]", "mine.toml:12: 'terms' in [salient] is a list of texts"),
        ('kind = "list"', 'kind = "table"', "mine.toml:21: 'table' is no kind of field"),
        ('name = "plans"', 'name = "what next"', "mine.toml:20: 'what next' is no name"),
        ('ask = "what is planned"', 'asks = "what is planned"', "mine.toml:22: unknown key 'asks' in [overview]"),
        ("[salient]", "[salience]", "mine.toml:11: unknown key 'salience'; known are id, name"),
        ("[salient]\nterms", "salient", "mine.toml:11: unknown key 'salient' in [glossary]"),
        ('kind = "prose"', "kind = prose", "mine.toml: Invalid value (at line 16"),
    ],
)
def test_a_wrong_line_is_named(was: str, becomes: str, said: str) -> None:
    """File, line and key."""
    assert was in GOOD
    with pytest.raises(ReportTypeError, match=re.escape(said)) as caught:
        parse_definition("mine.toml", GOOD.replace(was, becomes, 1))
    assert "\n" not in str(caught.value)


def test_readings_are_checked(tmp_path: Path) -> None:
    """A file of readings of one's own, line by line."""
    own = tmp_path / "schemas" / "glossary" / "readings.tsv"
    own.parent.mkdir(parents=True)
    own.write_text("lai\t来\n来\tlai\n", "utf-8")
    with pytest.raises(ReportTypeError, match=r"readings\.tsv:2: expected"):
        resources.check_report_type(home=tmp_path, id="rule_of_law")


def test_a_prompt_of_ones_own_is_checked(tmp_path: Path) -> None:
    """A variable that does not exist is named with its file and line."""
    own = tmp_path / "prompts" / "repair.md"
    own.parent.mkdir()
    own.write_text("Again:\n$faults\n$mistakes\n", "utf-8")
    with pytest.raises(PromptTemplateError, match=r"repair\.md:3: unknown variable \$mistakes"):
        resources.load_prompts(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("清河市2024年政府工作报告\n\n一、工作回顾\n\n全年生产总值1亿元。\n", "government_work"),
        ("各位代表：\n现在，我代表市人民政府，向大会报告政府工作，请予审议。\n一、工作回顾\n", "government_work"),
        ("清河市生态环境局2023年法治政府建设年度报告\n\n一、主要工作\n\n立案3件。\n", "rule_of_law"),
        ("清河市统计公报\n\n一、综合\n\n全年生产总值1亿元。\n", resources.DEFAULT_TYPE),
    ],
)
def test_a_report_shows_what_it_is(text: str, expected: str) -> None:
    """By its title or its first lines; the default when nothing tells."""
    assert resources.ReportTypes().of(read_text(text, "t")).id == expected


def test_a_named_type_is_taken_as_named() -> None:
    """--type is stronger than what a report says of itself."""
    types = resources.ReportTypes(only="rule_of_law")
    assert types.of(read_text("清河市2024年政府工作报告\n\n一、回顾\n\n全年增长1%。\n", "t")).id == "rule_of_law"


def test_a_type_of_ones_own_is_meant_first(tmp_path: Path) -> None:
    """When two types recognise a report, the user's own is taken."""
    schemas = tmp_path / "schemas"
    schemas.mkdir()
    (schemas / "mine.toml").write_text(
        GOOD.replace("[glossary]", '[detect]\ntitle = ["政府工作报告"]\n\n[glossary]'), "utf-8"
    )
    document = read_text("清河市2024年政府工作报告\n\n一、回顾\n\n全年增长1%。\n", "t")
    assert resources.ReportTypes(tmp_path).of(document).id == "mine"

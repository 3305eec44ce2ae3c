"""Templates and messages: what is wrong with a template is named with its file and variable."""

import pytest

from summarizer import reading, resources
from summarizer.chunks import pack, pieces
from summarizer.errors import PromptTemplateError
from summarizer.pipeline import read_report
from summarizer.prompting import VARIABLES, Prompts, overview_messages, repair_messages, section_messages, validate
from summarizer.report_type import OverviewField

TEMPLATES = {name: " ".join(f"${v}" for v in sorted(vs)) or "rules" for name, vs in VARIABLES.items()}
REPORT = read_report(
    reading.read_text("某局 报告\n一、工作\n（一）执法。办理案件15件，罚款3万元。费用$title与${x}。\n", "t")
)


def test_own_templates_are_valid() -> None:
    """Those of the package pass their own rules."""
    validate(resources.load_prompts().templates)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"section.md": None}, r"prompts/section\.md: missing"),
        ({"section.md": "Hello $name"}, r"section\.md:1: unknown variable \$name; it may use none"),
        ({"repair.md": "Do it again."}, r"repair\.md: lacks the variable \$faults"),
        ({"overview.md": "costs 5$ $fields"}, r"overview\.md:1: a `\$` that starts no variable"),
        ({"repair.md": "$faults $$5 ${oops}"}, r"repair\.md:1: unknown variable \$oops; it may use \$faults"),
    ],
)
def test_faulty_templates_are_named(change: dict[str, str | None], said: str) -> None:
    """The error gives the file, the variable and what may be used."""
    templates = {k: v for k, v in {**TEMPLATES, **change}.items() if v is not None}
    with pytest.raises(PromptTemplateError, match=said):
        validate(templates)


def test_section_messages() -> None:
    """Constant rules first; ids, headings and passage in the request; the report's `$` signs stay plain text."""
    prompts = resources.load_prompts()
    (chunk,) = pack(REPORT, pieces(REPORT))
    system, user = section_messages(prompts, REPORT.masthead, chunk)
    assert system == {"role": "system", "content": prompts.templates["section.md"]}
    assert "Labels: 1-2" in user["content"]
    assert chunk.text in user["content"]
    assert "费用$title与${x}" in user["content"]


def test_overview_and_repair_messages() -> None:
    """Fields are listed with what they ask; a repair repeats the call and lists the faults."""
    prompts = resources.load_prompts()
    fields = (OverviewField("text", "prose", "the gist"), OverviewField("plans", "list", "what comes"))
    messages = overview_messages(prompts, REPORT.masthead, fields, "1. [1|15件] ${summaries}")
    assert "- text (text): the gist\n- plans (sentences): what comes" in messages[0]["content"]
    assert "[1|15件] ${summaries}" in messages[1]["content"]
    again = repair_messages(prompts, messages, ["label 5: it is missing"])
    assert again[:2] == messages
    assert "- label 5: it is missing" in again[2]["content"]


def test_prompts_are_data() -> None:
    """A template may say anything around its variables."""
    prompts = Prompts({**TEMPLATES, "repair.md": '{"json": [$faults]}'}, "x")
    assert repair_messages(prompts, [], ["a"])[0]["content"] == '{"json": [- a]}'

"""From a checked draft to a brief."""

import pytest
from conftest import SEEDS, gold_draft, gold_reading, make_run, make_type, read_marked

from summarizer.brief import BriefData, Finding, MetricStatus, SectionStatus, Severity, Where
from summarizer.engines.protocol import Draft, DraftLabel, DraftOverview, DraftProse, DraftSection, Reading
from summarizer.filling import escape, fill
from summarizer.merging import merge
from summarizer.rendering.json import to_json
from summarizer.verification import verify


def brief_of(reading: Reading, draft: Draft, findings: tuple[Finding, ...] = ()) -> BriefData:
    return merge(reading, draft, make_type(), findings, make_run())


def drafted(zh: str, en: str, labels: dict[int, DraftLabel] | None = None) -> Draft:
    return Draft(labels or {}, {}, DraftOverview(DraftProse(zh, en)))


def test_references_are_filled_and_placed() -> None:
    """A figure's span holds exactly its display, in both languages."""
    reading = read_marked("办理案件[15件]，罚款[138.75625万元|value=1387562.5 unit=元]。")
    brief = brief_of(reading, drafted("罚款⟦1⟧，案件⟦0⟧。", "Fines of ⟦1⟧ in ⟦0⟧ cases."))
    prose = brief.overview.text
    assert prose.zh == "罚款138.75625万元，案件15件。"
    assert prose.en == "Fines of CNY 1.3875625 million in 15 cases."
    told = [(f.metric, prose.zh[slice(*f.zh)], prose.en[slice(*f.en)]) for f in prose.figures if f.zh and f.en]
    assert told == [("m2", "138.75625万元", "CNY 1.3875625 million"), ("m1", "15件", "15")]
    assert not prose.marks


def test_qualifier_is_not_said_twice() -> None:
    """A sentence of the report may bring 超过 or 以上 as the display does."""
    reading = read_marked("检查企业超过[290家|qualifier=over]，新增[30件|qualifier=at_least]以上。")
    prose = brief_of(reading, drafted("检查企业超过⟦0⟧，新增⟦1⟧以上。", "")).overview.text
    assert prose.zh == "检查企业超过290家，新增30件以上。"
    assert [prose.zh[slice(*f.zh)] for f in prose.figures if f.zh] == ["超过290家", "30件以上"]


def test_figure_told_in_one_language_only() -> None:
    """The other place is None, never invented."""
    prose = brief_of(read_marked("共[15件]。"), drafted("共⟦0⟧。", "Cases.")).overview.text
    assert prose.figures[0].en is None
    assert prose.figures[0].zh == (1, 4)


@pytest.mark.parametrize("reference", ["⟦7⟧", "⟦9999999⟧"])
def test_reference_to_nothing_is_shown_and_marked(reference: str) -> None:
    """It stays visible."""
    prose = brief_of(read_marked("共[15件]。"), drafted(f"共{reference}。", "")).overview.text
    assert prose.zh == "共[?]。"
    assert [(m.lang, m.code, prose.zh[m.start : m.end]) for m in prose.marks] == [("zh", "unknown_reference", "[?]")]


def test_number_of_the_engines_own_is_marked() -> None:
    """A number that no reference, name or date explains is marked and an error."""
    reading = read_marked("[!2023年|date]办理案件[15件]。")
    draft = drafted("2023年办理案件⟦0⟧，罚款99万元。", "In 2023, 15 of ⟦0⟧ cases.")
    findings = verify(reading, draft)
    assert sorted(f.message.split()[2] for f in findings if f.code == "number_in_prose") == ["15", "99"]
    prose = brief_of(reading, draft).overview.text
    assert [(m.lang, (prose.zh if m.lang == "zh" else prose.en)[m.start : m.end]) for m in prose.marks] == [
        ("zh", "99"),
        ("en", "15"),
    ]


@pytest.mark.parametrize("zh", ["案件1⟦0⟧", "案件⟦0⟧0", "案件⟦0⟧.5", "案件3,⟦0⟧"])
def test_digit_glued_to_a_figure_is_marked(zh: str) -> None:
    """15 must not become 115 or 150 unseen."""
    reading = read_marked("共[15|unit=]。")
    prose = brief_of(reading, drafted(zh, "")).overview.text
    assert [m.code for m in prose.marks] == ["number"]


def test_chinese_left_in_english_is_marked() -> None:
    """Bracketed terms and bare ones."""
    prose = fill("", "Carried out [濑溪河] patrols and 巡河.", [])
    assert [prose.en[m.start : m.end] for m in prose.marks] == ["[濑溪河]", "巡河"]
    assert {m.code for m in prose.marks} == {"untranslated"}


def test_report_cannot_forge_a_reference() -> None:
    """Its own brackets are escaped before they enter a draft."""
    assert fill(escape("报告写着⟦0⟧"), "", []).figures == ()
    assert "⟦" not in escape("⟦0⟧")


LABEL = DraftLabel("案件数量", "Number of cases")


@pytest.mark.parametrize(
    ("label", "finding", "status"),
    [
        (LABEL, None, MetricStatus.VERIFIED),
        (None, None, MetricStatus.UNVERIFIED),
        (DraftLabel("案件数量", ""), None, MetricStatus.UNVERIFIED),
        (DraftLabel("案件数量", "Number of [案件]"), None, MetricStatus.UNVERIFIED),
        (LABEL, Severity.WARNING, MetricStatus.UNVERIFIED),
        (LABEL, Severity.INFO, MetricStatus.VERIFIED),
        (DraftLabel("案件数量", "Number of cases", dispute="a date"), None, MetricStatus.DISPUTED),
    ],
)
def test_status_of_a_metric(label: DraftLabel | None, finding: Severity | None, status: MetricStatus) -> None:
    """Verified needs a label in both languages and no doubt."""
    findings = (Finding(finding, "x", Where(metric="m1"), "x"),) if finding else ()
    brief = brief_of(read_marked("共[15件]。"), drafted("", "", {0: label} if label else {}), findings)
    assert brief.metrics[0].status is status


def test_status_of_a_section() -> None:
    """Failed when the pipeline says so, findings for a warning, ok for a remark."""
    reading = read_marked("共[15件]。")
    for severity, code, status in (
        (Severity.ERROR, "section_failed", SectionStatus.FAILED),
        (Severity.WARNING, "x", SectionStatus.FINDINGS),
        (Severity.INFO, "x", SectionStatus.OK),
    ):
        finding = Finding(severity, code, Where(section="0"), "x")
        assert brief_of(reading, drafted("", ""), (finding,)).sections[0].status is status


@pytest.mark.parametrize("seed", SEEDS, ids=lambda s: s.stem[:3])
def test_identities_on_the_seeds(seed: object) -> None:
    """Every quote, raw, number and figure stands where the brief says; the deepest section holds each metric."""
    stem = seed.stem  # type: ignore[attr-defined]
    reading = gold_reading(stem)
    draft = gold_draft(stem, reading)
    brief = brief_of(reading, draft, verify(reading, draft))
    text = reading.document.text
    assert [m.id for m in brief.metrics] == [f"m{n}" for n in range(1, len(brief.metrics) + 1)]
    assert [m.number.start for m in brief.metrics] == sorted(m.number.start for m in brief.metrics)
    for m in brief.metrics:
        e = m.evidence
        assert text[e.start : e.end] == e.quote
        assert e.start <= m.number.start < m.number.end <= e.end
        assert text[m.number.start : m.number.end] in m.raw
        around = [s for s in brief.sections if s.start <= m.number.start < s.end]
        assert m.section == max(around, key=lambda s: s.start).id
    metrics = {m.id: m for m in brief.metrics}
    for prose in [brief.overview.text, *(s.summary for s in brief.sections if s.summary)]:
        for f in prose.figures:
            assert prose.zh[slice(*(f.zh or ()))] == metrics[f.metric].display.zh
            assert prose.en[slice(*(f.en or ()))] == metrics[f.metric].display.en
        for e in prose.evidence:
            assert text[e.start : e.end] == e.quote
    assert brief.numbers.unaccounted == ()
    assert brief.numbers.total == len(brief.metrics) + len(brief.numbers.dismissed)


def test_merging_is_pure() -> None:
    """Twice the same bytes."""
    reading = gold_reading(SEEDS[0].stem)
    draft = gold_draft(SEEDS[0].stem, reading)
    once, twice = (to_json(brief_of(reading, draft, verify(reading, draft))) for _ in range(2))
    assert once == twice


def test_evidence_of_a_table_cell_is_its_row() -> None:
    """A row is one piece of evidence even where a cell holds a full stop."""
    reading = read_marked("说明。\n| 受理 | 共[15件]。 | 备注 |\n结束。")
    assert brief_of(reading, drafted("", "")).metrics[0].evidence.quote == "| 受理 | 共15件。 | 备注 |"


def test_what_a_report_lacks_is_null() -> None:
    """No empty strings where there is nothing."""
    reading = read_marked("共[15件]。", year=None)
    draft = Draft({}, {"0": DraftSection("0", "")}, DraftOverview(DraftProse("", "")))
    brief = brief_of(reading, draft)
    assert (brief.report.title.zh, brief.report.title.en, brief.report.issuer.en) == (None, None, None)
    assert (brief.sections[0].title.zh, brief.sections[0].title.en) == (None, None)
    assert brief.metrics[0].period is None
    assert brief.metrics[0].label.zh is None

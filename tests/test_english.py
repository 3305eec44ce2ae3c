"""English word forms: plurals, participles, gerunds, capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.english import capitalize, gerund, participle, plural, was_or_were


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("administrative penalty case", "administrative penalty cases"),
        ("environmental impact assessment (EIA) document", "environmental impact assessment (EIA) documents"),
        ("suggestion by deputies to the people's congress", "suggestions by deputies to the people's congress"),
        ("staff member actually on post", "staff members actually on post"),
        ("student persuaded to return", "students persuaded to return"),
        ("criterion", "criteria"),
        ("person with disabilities", "people with disabilities"),
        ("water quality", "water qualities"),
        ("wastewater", "wastewater"),
        ("self-employed business", "self-employed businesses"),
        ("party", "parties"),
        ("enterprise above designated size", "enterprises above designated size"),
        ("box", "boxes"),
        ("NGO", "NGOs"),
        ("", ""),
    ],
)
def test_plural(one: str, many: str) -> None:
    assert plural(one) == many


@pytest.mark.parametrize(
    ("verb", "done"),
    [
        ("handle", "handled"),
        ("carry out", "carried out"),
        ("hold", "held"),
        ("submit", "submitted"),
        ("jointly investigate", "jointly investigated"),
        ("investigate and penalize", "investigated and penalized"),
        ("shut down", "shut down"),
        ("apply for", "applied for"),
        ("offset fines", "offset fines"),
        ("reduce or waive", "reduced or waived"),
    ],
)
def test_participle(verb: str, done: str) -> None:
    assert participle(verb) == done


@pytest.mark.parametrize(
    ("verb", "doing"),
    [
        ("handle", "handling"),
        ("carry out", "carrying out"),
        ("put on record", "putting on record"),
        ("oversee", "overseeing"),
        ("tie", "tying"),
        ("rely on", "relying on"),
        ("review and approve", "reviewing and approving"),
    ],
)
def test_gerund(verb: str, doing: str) -> None:
    assert gerund(verb) == doing


@pytest.mark.parametrize(
    ("text", "shown"),
    [("number of cases", "Number of cases"), ("pH value", "pH value"), ("PM2.5 concentration", "PM2.5 concentration")],
)
def test_capitalize(text: str, shown: str) -> None:
    assert capitalize(text) == shown


@pytest.mark.parametrize(
    ("subject", "be"),
    [
        ("fines in penalty cases", "were"),
        ("fines and confiscated funds", "were"),
        ("completion rate of cases", "was"),
        ("people", "were"),
        ("progress", "was"),
    ],
)
def test_was_or_were(subject: str, be: str) -> None:
    assert was_or_were(subject) == be


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ()-"))
def test_any_phrase_has_its_forms(phrase: str) -> None:
    for form in (plural, participle, gerund, capitalize):
        assert isinstance(form(phrase), str)

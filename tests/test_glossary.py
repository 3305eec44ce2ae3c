"""The glossary: every line well formed, cutting text by it, and what wins over what."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ReportTypeError
from summarizer.glossary import Glossary, check
from summarizer.resources import load_report_type

FOLDER = Path(__file__).parent.parent / "schemas" / "glossary"
FILES = sorted(path for path in FOLDER.glob("*.tsv") if path.name != "readings.tsv")
GLOSSARY = load_report_type().glossary


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_line_of_every_file_is_well_formed(path: Path) -> None:
    check(path.name, path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_no_term_stands_twice_in_a_file(path: Path) -> None:
    terms = [line.split("\t")[0] for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    assert len(terms) == len(set(terms))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_english_is_plain(path: Path) -> None:
    """No slash of alternatives, no doubled quotes, no blank at an end: each entry must fit into a sentence."""
    for line in path.read_text("utf-8").splitlines():
        if line and line[0] != "#":
            english = line.split("\t")[2]
            assert english == english.strip(), line
            assert " / " not in english, line
            assert '""' not in english, line


@pytest.mark.parametrize(
    "line",
    ["检查\tvn\tinspect", "检查\tzz\tinspect", "检查", "检查\tn\t检查", "\tn\tinspection"],
    ids=["vn without noun", "unknown class", "no columns", "Chinese English", "no term"],
)
def test_a_malformed_line_is_named(line: str) -> None:
    with pytest.raises(ReportTypeError, match=r"mine\.tsv:2"):
        check("mine.tsv", f"# terms\n{line}\n")


def test_later_files_win_and_headings_are_kept_apart() -> None:
    glossary = Glossary(["检查\tvn\tinspect\tinspection", "检查\tvn\tcheck\tcheck\n检查\th\tinspections"])
    token = glossary.get("检查")
    assert token is not None
    assert (token.en, token.noun) == ("check", "check")
    assert glossary.clause("检查") == "inspections"
    assert glossary.get("没有的词") is None


def test_a_packed_glossary_is_the_same_glossary() -> None:
    """Every term, heading and prefix of ours, in whatever order they are asked for; nothing is added."""
    contents = [path.read_text("utf-8") for path in FILES]
    whole = Glossary(contents)
    packed = whole.packed()
    asked = sorted({line.split("\t")[0] for content in contents for line in content.splitlines()})
    asked += [term[:end] for term in asked for end in range(len(term))] + ["\ud800", "没有的词"]
    for order in (asked, asked[::-1]):
        again = Glossary.unpacked(packed)
        assert len(again) == len(whole)
        for zh in order:
            assert again.clause(zh) == whole.clause(zh)
            assert again.get(zh) == whole.get(zh)
            assert (zh in again) == (zh in whole)


@pytest.mark.parametrize("path", sorted((FOLDER.parent.parent / "seeds").glob("*.txt")), ids=lambda p: p.stem)
def test_a_packed_glossary_cuts_alike(path: Path) -> None:
    """From an unpacked glossary that has seen nothing yet."""
    whole = Glossary(file.read_text("utf-8") for file in FILES)
    again = Glossary.unpacked(whole.packed())
    for line in path.read_text("utf-8").splitlines():
        assert again.segment(line) == whole.segment(line)


def test_an_entry_may_bring_its_irregular_forms() -> None:
    glossary = Glossary(["召开\tv\thold\tholding\tpp=held", "标准\tn\tcriterion\tpl=criteria"])
    held, criteria = glossary.get("召开"), glossary.get("标准")
    assert held is not None
    assert criteria is not None
    assert (held.participle, held.noun, criteria.plural) == ("held", "holding", "criteria")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("依法行政执法", ["依法", "行政执法"]),
        ("引进世界500强企业", ["引进", "世界500强企业"]),
        ("《大气污染防治法》和“双减”", ["《大气污染防治法》", "和", "“双减”"]),
        ("龘靐齉河", ["龘靐齉", "河"]),
        ("", []),
    ],
)
def test_cutting(text: str, pieces: list[str]) -> None:
    assert [token.zh for token in GLOSSARY.segment(text)] == pieces


@given(st.text(alphabet="办理行政处罚案件的和、（）《》“”\"' 5G世界500强PM2.5龘\n"))
def test_the_pieces_joined_again_are_the_text(text: str) -> None:
    assert "".join(token.zh for token in GLOSSARY.segment(text)) == text


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    assert "".join(token.zh for token in GLOSSARY.segment(text)) == text

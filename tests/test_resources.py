"""Files of schemas/: the user's own first, file by file; nothing outside the folders is reached."""

import re
from pathlib import Path

import pytest

from summarizer import resources
from summarizer.errors import ReportTypeError

ROOT = Path(__file__).parent.parent


def test_own_files_hide_built_in_ones_one_by_one(tmp_path: Path) -> None:
    """One glossary of the user's own replaces that glossary alone, and the digest changes."""
    name = "glossary/names.tsv"
    own = tmp_path / "schemas" / name
    own.parent.mkdir(parents=True)
    own.write_text("甲乙丙丁局\tnp\tBureau of Jiayi\n", "utf-8")
    found = resources.find("schemas", name, tmp_path)
    assert found is not None
    assert found.own
    other = resources.find("schemas", "rule_of_law.toml", tmp_path)
    assert other is not None
    assert not other.own
    mine, built_in = resources.load_report_type(home=tmp_path), resources.load_report_type()
    assert "甲乙丙丁局" in mine.glossary
    assert "甲乙丙丁局" not in built_in.glossary
    assert mine.sha256 != built_in.sha256


def test_a_type_of_ones_own_needs_no_python(tmp_path: Path) -> None:
    """A definition in the user's folder is listed and loaded beside the built-in ones."""
    schemas = tmp_path / "schemas"
    schemas.mkdir()
    definition = (ROOT / "schemas" / "rule_of_law.toml").read_text("utf-8").replace('id = "rule_of_law"', 'id = "mine"')
    (schemas / "mine.toml").write_text(definition, "utf-8")
    assert [r.name for r in resources.report_types(tmp_path)] == [
        "government_work.toml",
        "mine.toml",
        "rule_of_law.toml",
    ]
    assert resources.load_report_type("mine", tmp_path).id == "mine"


@pytest.mark.parametrize("name", ["../pyproject.toml", "/etc/hostname", "a/../../pyproject.toml", "a\\b", "a\0b"])
def test_nothing_outside_the_folders_is_found(name: str) -> None:
    """A name that leaves its folder names nothing."""
    assert resources.find("schemas", name) is None


@pytest.mark.parametrize("id", ["", "../x", "a/b", "no_such_type", "名", "a" * 65])
def test_unknown_types_are_refused(id: str) -> None:
    """An id that names no definition is an error on one line."""
    with pytest.raises(ReportTypeError) as caught:
        resources.load_report_type(id)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('id = "mine"', "id = ", "mine.toml"),
        ('id = "mine"', 'id = "other"', "other"),
        ("[name]", "[names]", "name"),
        ('id = "mine"', 'id = "mine"\nodd = 1', "'odd'"),
        ("glossary/names.tsv", "../../names.tsv", "../names.tsv"),
        ('kind = "excerpt"', 'kind = "poem"', "use prose, list, excerpt"),
        ('kind = "excerpt"', 'kind = "list"', "'highlights' cannot be of kind 'list'; use prose or excerpt"),
        ('kind = "prose"', 'kind = "list"', "'text' cannot be of kind 'list'; use prose"),
        ("glossary/names.tsv", "glossary/missing.tsv", "glossary/missing.tsv"),
    ],
)
def test_faulty_definitions_name_file_or_key(tmp_path: Path, old: str, new: str, word: str) -> None:
    """What is wrong in a definition is named."""
    schemas = tmp_path / "schemas"
    schemas.mkdir()
    content = (ROOT / "schemas" / "rule_of_law.toml").read_text("utf-8").replace('id = "rule_of_law"', 'id = "mine"')
    assert old in content
    (schemas / "mine.toml").write_text(content.replace(old, new, 1), "utf-8")
    with pytest.raises(ReportTypeError, match=re.escape(word)):
        resources.load_report_type("mine", tmp_path)


def test_every_built_in_definition_is_without_fault() -> None:
    """Each line of each built-in glossary is well formed."""
    for resource in resources.report_types():
        resources.check_report_type(resource.name.removesuffix(".toml"))


def test_a_faulty_glossary_line_is_named(tmp_path: Path) -> None:
    """`check_report_type` names file and line."""
    own = tmp_path / "schemas" / "glossary" / "names.tsv"
    own.parent.mkdir(parents=True)
    own.write_text("好\tnp\tgood\n坏\n", "utf-8")
    with pytest.raises(ReportTypeError, match=r"names\.tsv:2"):
        resources.check_report_type("rule_of_law", tmp_path)


def test_a_glossary_packed_before_is_used_for_the_same_files_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was packed goes by the digest of all files, so that it can be missing or old but not wrong."""
    digest, packed = resources.pack_glossary(resources.DEFAULT_TYPE)
    monkeypatch.setattr(resources, "_packed", {})
    plain = resources.load_report_type()
    monkeypatch.setattr(resources, "_packed", {digest: packed})
    assert resources.load_report_type().sha256 == plain.sha256
    assert resources.load_report_type().asked_sha256 == plain.asked_sha256 == digest
    for zh in ("行政处罚", "世界500强企业", "没有的词"):
        assert resources.load_report_type().glossary.segment(zh) == plain.glossary.segment(zh)
    folder = tmp_path / "schemas" / "glossary"
    folder.mkdir(parents=True)
    (folder / "names.tsv").write_text("甲乙丙丁局\tnp\tBureau of Jiayi\n", "utf-8")
    own = resources.load_report_type(home=tmp_path)
    assert own.asked_sha256 != digest
    assert "甲乙丙丁局" in own.glossary


def test_line_ends_of_a_system_change_nothing(tmp_path: Path) -> None:
    """A checkout with CRLF has the same digest, and the same keys of stored results."""
    folder = tmp_path / "schemas" / "glossary"
    folder.mkdir(parents=True)
    (folder / "names.tsv").write_bytes(resources.read("schemas", "glossary/names.tsv").replace("\n", "\r\n").encode())
    assert resources.load_report_type(home=tmp_path).sha256 == resources.load_report_type().sha256

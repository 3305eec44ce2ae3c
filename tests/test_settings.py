"""Environment and .env to settings: who wins, what counts as unset, and that the key stays out of sight."""

from pathlib import Path

import pytest

from summarizer import settings


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """A value of .env never overrides the environment, and fills what is unset there."""
    file = tmp_path / ".env"
    file.write_text("OPENAI_MODEL=from-file\nOPENAI_BASE_URL=http://file/v1\n", "utf-8")
    found = settings.load({"OPENAI_MODEL": "from-environment"}, file)
    assert (found.model, found.base_url) == ("from-environment", "http://file/v1")
    assert found.origins == {"OPENAI_MODEL": "environment", "OPENAI_BASE_URL": ".env"}


def test_blank_counts_as_unset(tmp_path: Path) -> None:
    """A blank variable is none: .env fills in, and a blank there is none either."""
    file = tmp_path / ".env"
    file.write_text("OPENAI_MODEL=qwen\nOPENAI_API_KEY=\n", "utf-8")
    found = settings.load({"OPENAI_MODEL": "  ", "OPENAI_API_KEY": "", "NO_COLOR": ""}, file)
    assert (found.model, found.api_key, found.no_color) == ("qwen", None, False)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=b", "b"),
        ("  export A = b  ", "b"),
        ("A='b # c'", "b # c"),
        ('A="b"  # c', "b"),
        ("A=b # c", "b"),
        ("A=b#c", "b#c"),
        ("A=$HOME", "$HOME"),
        ("A=中文", "中文"),
        ("A=b=c", "b=c"),
        ("A=", ""),
        ("A='", "'"),
    ],
)
def test_lines_of_a_dotenv_file(line: str, value: str) -> None:
    """Quotes, comments, `export` and `=` inside a value; nothing is expanded."""
    assert settings.parse(line) == {"A": value}


@pytest.mark.parametrize("line", ["", "# A=b", "  #A=b", "A", "=b", "1A=b", "A b=c"])
def test_lines_that_set_nothing(line: str) -> None:
    """Comments and lines of another shape are passed over."""
    assert settings.parse(line) == {}


def test_dotenv_of_any_kind_does_no_harm(tmp_path: Path) -> None:
    """A missing file, a folder of that name, a byte order mark and bytes that are no UTF-8."""
    assert settings.load({}, tmp_path / "missing").model is None
    assert settings.load({}, tmp_path).model is None
    file = tmp_path / ".env"
    file.write_bytes(b"\xef\xbb\xbfOPENAI_MODEL=m\nX=\xff\n")
    assert settings.load({}, file).model == "m"


def test_the_older_name_of_the_address_is_read() -> None:
    """OPENAI_API_BASE stands in for OPENAI_BASE_URL, which wins."""
    assert settings.load({"OPENAI_API_BASE": "http://old"}, None).base_url == "http://old"
    assert (
        settings.load({"OPENAI_API_BASE": "http://old", "OPENAI_BASE_URL": "http://new"}, None).base_url == "http://new"
    )


def test_the_key_is_never_shown() -> None:
    """Neither `repr` nor the masked form holds more of a key than its last two letters."""
    key = "sk-0123456789abcdefgh"
    assert key not in repr(settings.load({"OPENAI_API_KEY": key}, None))
    assert settings.masked(key) == "sk-…gh"
    assert settings.masked("short") == "…"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://host/v1", "https://host/v1"),
        ("https://me:secret@host:8000/v1?key=1#x", "https://host:8000/v1"),
        ("me:secret@host", "host"),
        ("https://host?key=1", "https://host"),
    ],
)
def test_an_address_is_shown_without_secrets(url: str, shown: str) -> None:
    """User, password and query stay out of sight."""
    assert settings.without_secrets(url) == shown


def test_every_variable_is_in_the_example_file() -> None:
    """`.env.example` names every variable, each commented out, and sets nothing when it is copied as it is."""
    example = (Path(__file__).parent.parent / ".env.example").read_text("utf-8")
    for name in settings.VARIABLES:
        assert f"\n# {name}=" in example
    assert settings.parse(example) == {}

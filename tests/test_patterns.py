"""Patterns compiled late, or before any run, are the patterns that were written."""

import re
import runpy
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

import summarizer
from summarizer import patterns

ROOT = Path(__file__).resolve().parent.parent

for _module in walk_packages(summarizer.__path__, "summarizer."):
    if not _module.name.endswith("__main__"):
        import_module(_module.name)

compiled: Any = runpy.run_path(str(ROOT / "scripts" / "prepare.py"))["compiled"]


@pytest.mark.parametrize("late", patterns.Late.made, ids=lambda late: str(late.written)[:40])
def test_every_pattern_compiles(late: patterns.Late) -> None:
    """A mistake in a pattern would otherwise show only where it is first used."""
    assert late.pattern == late.written


def test_what_is_compiled_before_is_what_re_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patterns compare by their compiled code."""
    made = {(late.written, late.asked): compiled(late.written, late.asked) for late in patterns.Late.made}
    monkeypatch.setattr(patterns, "_ready", made)
    for written, flags in made:
        assert patterns._compile(written, flags) == re.compile(written, flags)


def test_without_the_compiled_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is optional."""
    monkeypatch.setattr(patterns, "_ready", {})
    assert patterns.pattern("(?P<n>[0-9]+)件").search("共12件")["n"] == "12"  # type: ignore[index]


def test_names_that_no_pattern_has_are_refused() -> None:
    late = patterns.pattern("a")
    with pytest.raises(AttributeError):
        late.nothing  # type: ignore[attr-defined]  # noqa: B018

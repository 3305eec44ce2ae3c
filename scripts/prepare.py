"""Writes what can be worked out before any run, for the Python that runs this.

`summarizer/_compiled.pyc` holds every pattern of the package compiled, `summarizer/_glossaries.pyc` the glossary of
every report type sorted for looking up. Made by scripts/setup, never committed; see summarizer/patterns.py and
summarizer/glossary.py for the reasons.
"""

import _sre
import py_compile
import re
import sys
from array import array
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from re import _compiler, _parser  # type: ignore[attr-defined]
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import summarizer  # noqa: E402
from summarizer.patterns import Late  # noqa: E402
from summarizer.resources import pack_glossary, report_types  # noqa: E402


def compiled(written: Any, flags: int) -> tuple[Any, ...]:
    """The arguments that `re.compile` ends by giving to `_sre.compile`; raises when they make another pattern."""
    parsed = _parser.parse(written, flags)
    code = _compiler._code(parsed, flags)
    state = parsed.state
    numbers: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        numbers[number] = name
    made = (flags | state.flags, array("I", code).tobytes(), state.groups - 1, dict(state.groupdict), tuple(numbers))
    again = _sre.compile(written, made[0], array("I", made[1]).tolist(), *made[2:])
    if again != re.compile(written, flags):  # compares the code itself
        raise ValueError(f"another pattern: {written!r}")
    return made


def patterns() -> str:
    """Source of `_compiled`; imports every module, so that every pattern is known."""
    for module in walk_packages(summarizer.__path__, "summarizer."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    entries = {(late.written, late.asked): compiled(late.written, late.asked) for late in Late.made}
    return f"MADE_FOR = {(sys.implementation.cache_tag, _sre.MAGIC)!r}\nPATTERNS = {entries!r}\n"


def glossaries() -> str:
    """Source of `_glossaries`: by the digest of a report type, which covers every file its glossary is made of."""
    return f"PACKED = {dict(pack_glossary(found.name.removesuffix('.toml')) for found in report_types())!r}\n"


def write(name: str, source: str) -> None:
    """Write a module of the package as byte code alone."""
    with TemporaryDirectory() as folder:
        written = Path(folder) / f"{name}.py"
        written.write_text(source, "utf-8")
        # A hash instead of a time: the source is gone afterwards. Python refuses byte code of another version itself.
        py_compile.compile(
            str(written),
            str(ROOT / "summarizer" / f"{name}.pyc"),
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )


if __name__ == "__main__":
    write("_compiled", patterns())
    write("_glossaries", glossaries())

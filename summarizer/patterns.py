"""Regular expressions that are compiled when they are first used, or before any run.

The package has some 270 of them. Python's compiler of patterns is written in Python and takes about 0.4 ms for each,
most of it for character classes beyond Latin-1: 0.11 s of a run of 0.32 s. So a pattern is compiled at its first use,
and `scripts/prepare.py` writes the compiled form of all of them to `_compiled.pyc`, as `compileall` does for
modules. That file is optional, holds for one version of the compiler, and is looked up by the text of a pattern, so
that it can be missing or old but not wrong.
"""

import re
import sys
from importlib import import_module
from typing import Any, cast

try:
    import _sre  # type: ignore[import-not-found]

    # By name, so that type and import checkers need not know of a file that may be missing.
    _compiled: Any = import_module("summarizer._compiled")
except ImportError:
    _compiled = None

# By text and flags of a pattern: what `_sre.compile` takes besides the text.
_ready: dict[tuple[Any, int], tuple[Any, ...]] = {}
if _compiled and (sys.implementation.cache_tag, _sre.MAGIC) == _compiled.MADE_FOR:
    _ready = _compiled.PATTERNS

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "split", "pattern", "flags")


class Late:
    """Stands for a pattern; takes over its methods at the first use, after which a call costs what it always does."""

    made: "list[Late]" = []  # noqa: RUF012 (all of them, for scripts/prepare.py and the tests)

    def __init__(self, written: Any, flags: int) -> None:
        self.written, self.asked = written, flags
        self.made.append(self)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # asked by copy, inspect and their like, never by a caller
            raise AttributeError(name)
        compiled = _compile(self.written, self.asked)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(written: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, compiled at its first use; a mistake in `written` shows only then."""
    return cast("re.Pattern[str]", Late(written, int(flags)))


def byte_pattern(written: bytes, flags: int = 0) -> re.Pattern[bytes]:
    """As `pattern`, for bytes."""
    return cast("re.Pattern[bytes]", Late(written, int(flags)))


def _compile(written: Any, flags: int) -> Any:
    ready = _ready.get((written, flags))
    if ready is None:
        return re.compile(written, flags)
    all_flags, code, groups, names, numbers = ready
    # The C half of `re.compile`, which checks the code it is given; the half in Python is what takes the time.
    return _sre.compile(written, all_flags, memoryview(code).cast("I").tolist(), groups, names, numbers)

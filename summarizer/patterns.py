"""Regular expressions that are compiled when they are first used.

The package has some 270 of them. Python's compiler is written in Python and takes about 0.4 ms for each, most of it
for character classes beyond Latin-1, so that compiling all of them when modules load took 0.11 s of a run of 0.32 s;
a report needs about two thirds of them, a command such as `--help` none.
"""

import re
from typing import Any, cast


class _Late:
    """Stands for a pattern; takes over its methods at the first use, after which a call costs what it always does."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked by copy, inspect and their like, never by a caller
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        for method in ("match", "search", "fullmatch", "finditer", "findall", "sub", "split", "pattern", "flags"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(written: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, compiled at its first use; a mistake in `written` shows only then."""
    return cast("re.Pattern[str]", _Late(written, flags))


def byte_pattern(written: bytes, flags: int = 0) -> re.Pattern[bytes]:
    """As `pattern`, for bytes."""
    return cast("re.Pattern[bytes]", _Late(written, flags))

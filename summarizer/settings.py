"""The environment, and a `.env` file of the working folder, as one frozen record.

A variable that is set in the environment wins over `.env`; a blank one counts as unset in both.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from summarizer.patterns import pattern
from summarizer.records import record

VARIABLES = ("OPENAI_MODEL", "OPENAI_BASE_URL", "OPENAI_API_KEY", "SUMMARIZER_HOME", "SUMMARIZER_STORE", "NO_COLOR")
# Names that other tools use, read when ours is unset.
_ALSO = {"OPENAI_BASE_URL": "OPENAI_API_BASE"}

_LINE = pattern(r"\s*(?:export\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?P<value>.*?)\s*")
_QUOTED = pattern(r"(?P<quote>['\"])(?P<value>.*?)(?P=quote)\s*(?:#.*)?")
_COMMENT = pattern(r"(?:^|\s)#.*")


@record
class Settings:
    """What the surroundings say.

    Attributes:
        model: name of the language model, None when none is named.
        base_url: endpoint, None for the default one.
        api_key: never shown; left out of `repr`.
        home: folder with `schemas/` and `prompts/` of the user's own.
        store: file of finished results, `off` for none, None for the default place.
        no_color: True when colours are unwanted.
        origins: for each variable that is set, `environment` or `.env`.
    """

    model: str | None = None
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    home: Path | None = None
    store: str | None = None
    no_color: bool = False
    origins: Mapping[str, str] = field(default_factory=dict)


def load(environment: Mapping[str, str] | None = None, dotenv: Path | None = Path(".env")) -> Settings:
    """Read the settings from an environment (the process's own by default) and a `.env` file, if there is one."""
    own = os.environ if environment is None else environment
    file = _dotenv(dotenv) if dotenv else {}
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    for name in VARIABLES:
        for origin, source in (("environment", own), (".env", file)):
            value = source.get(name, "").strip() or source.get(_ALSO.get(name, name), "").strip()
            if value:
                values[name], origins[name] = value, origin
                break
    home = values.get("SUMMARIZER_HOME")
    return Settings(
        model=values.get("OPENAI_MODEL"),
        base_url=values.get("OPENAI_BASE_URL"),
        api_key=values.get("OPENAI_API_KEY"),
        home=Path(home).expanduser() if home else None,
        store=values.get("SUMMARIZER_STORE"),
        no_color="NO_COLOR" in values,
        origins=origins,
    )


def parse(content: str) -> dict[str, str]:
    """Parse the text of a `.env` file: `NAME=value` a line, quotes, `export` and comments allowed, nothing expanded.

    >>> parse('export OPENAI_MODEL="qwen-plus"  # the small one')
    {'OPENAI_MODEL': 'qwen-plus'}
    """
    values: dict[str, str] = {}
    for line in content.splitlines():
        match = _LINE.fullmatch(line)
        if match and not line.lstrip().startswith("#"):
            quoted = _QUOTED.fullmatch(match["value"])
            values[match["name"]] = quoted["value"] if quoted else _COMMENT.sub("", match["value"]).strip()
    return values


def masked(key: str) -> str:
    """Show that a key is set without showing it.

    >>> masked("sk-abcdefghijklmnop")
    'sk-…op'
    """
    if len(key) < 12:
        return "…"
    return f"{'sk-' if key.startswith('sk-') else ''}…{key[-2:]}"


def without_secrets(url: str) -> str:
    """Leave user, password and query of an address out.

    >>> without_secrets("https://me:secret@host:8000/v1?key=1")
    'https://host:8000/v1'
    """
    scheme, mark, rest = url.partition("://")
    if not mark:
        scheme, rest = "", url
    rest = re.split(r"[?#]", rest, maxsplit=1)[0]
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}"


def _dotenv(path: Path) -> dict[str, str]:
    try:
        if not path.is_file():  # a pipe of that name would be waited for
            return {}
        return parse(path.read_text("utf-8-sig", errors="replace"))
    except OSError:
        return {}

"""One report type: what `schemas/` says about a kind of report, parsed from text that the caller has read."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from summarizer.errors import ReportTypeError
from summarizer.glossary import Glossary, check


@dataclass(frozen=True, slots=True)
class OverviewField:
    """One thing an overview holds; `ask` goes into the prompt.

    Attributes:
        kind: `prose` is written by the model; `list` (each sentence by itself) and `excerpt` (as one text) are
            sentences of the section summaries, which the model points at.
    """

    name: str
    kind: str
    ask: str

    @property
    def is_written(self) -> bool:
        """Whether the model writes it, instead of pointing at sentences that are written and checked already."""
        return self.kind == "prose"


@dataclass(frozen=True, slots=True)
class ReportType:
    """A kind of report.

    Attributes:
        id: file name of the definition without ending (`rule_of_law`).
        name_zh, name_en: what people call it.
        glossary: bilingual terms, this type's own ones winning over the general ones.
        salient: terms whose sentences matter most in this kind of report.
        overview: what a model writes of the whole report.
        readings: Mandarin reading of single characters, for names that have no settled English.
        sha256: digest of the definition and of every file it draws on.
    """

    id: str
    name_zh: str
    name_en: str
    glossary: Glossary
    readings: Mapping[str, str]
    salient: tuple[str, ...]
    overview: tuple[OverviewField, ...]
    sha256: str

    def salience(self, text: str) -> int:
        """How many of the salient terms a text holds."""
        return len(set(_any_of(self.salient).findall(text))) if self.salient else 0


@dataclass(frozen=True, slots=True)
class Definition:
    """The definition file alone: which names it has and which files it draws on, in order of precedence."""

    id: str
    name_zh: str
    name_en: str
    glossaries: tuple[str, ...]
    readings: str
    salient: tuple[str, ...]
    overview: tuple[OverviewField, ...]


@lru_cache(maxsize=16)
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True))))


def parse_definition(name: str, content: str) -> Definition:
    """Parse `schemas/<id>.toml`. Raises: ReportTypeError naming file and key."""
    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise ReportTypeError(f"{name}: {error}") from error
    try:
        names, files = data["name"], data["glossary"]
        known = Definition(
            id=str(data["id"]),
            name_zh=str(names["zh"]),
            name_en=str(names["en"]),
            glossaries=tuple(str(f) for f in files["terms"]),
            readings=str(files["readings"]),
            salient=tuple(str(term) for term in data["salient"]["terms"]),
            overview=tuple(_overview_field(name, entry) for entry in data["overview"]),
        )
    except (KeyError, TypeError) as error:
        raise ReportTypeError(f"{name}: missing or malformed key {error}; see schemas/README.md") from error
    extra = set(data) - {"id", "name", "glossary", "salient", "overview"}
    if extra:
        raise ReportTypeError(
            f"{name}: unknown key {sorted(extra)[0]!r}; known keys are id, name, glossary, salient, overview"
        )
    return known


_KINDS = ("prose", "list", "excerpt")
# The brief has a place of its own for these; anything else is one text of `overview.fields`.
_OWN_KINDS = {"text": "prose", "achievements": "list", "problems": "list", "plans": "list"}


def _overview_field(file: str, entry: Mapping[str, object]) -> OverviewField:
    found = OverviewField(name=str(entry["name"]), kind=str(entry["kind"]), ask=str(entry["ask"]))
    if found.kind not in _KINDS:
        raise ReportTypeError(
            f"{file}: overview field {found.name!r} is of kind {found.kind!r}; use {', '.join(_KINDS)}"
        )
    own = _OWN_KINDS.get(found.name, found.kind if found.kind != "list" else "prose or excerpt")
    if found.kind != own:
        raise ReportTypeError(f"{file}: overview field {found.name!r} is of kind {found.kind!r}; it must be {own}")
    if not found.name.isidentifier():
        raise ReportTypeError(f"{file}: overview field {found.name!r} is no name; use letters, digits and _")
    return found


def assemble(definition: Definition, files: Mapping[str, str], sha256: str) -> ReportType:
    """Build the report type from its definition and the contents of the files it names."""
    return ReportType(
        id=definition.id,
        name_zh=definition.name_zh,
        name_en=definition.name_en,
        glossary=Glossary(files[name] for name in definition.glossaries),
        readings=_readings(files[definition.readings]),
        salient=definition.salient,
        overview=definition.overview,
        sha256=sha256,
    )


def validate(definition: Definition, files: Mapping[str, str]) -> None:
    """Check every line of every file of a definition. Raises: ReportTypeError naming file and line."""
    for name in definition.glossaries:
        check(name, files[name])


def _readings(content: str) -> dict[str, str]:
    # One syllable a line: `lai<TAB>来莱赖濑`.
    found: dict[str, str] = {}
    for line in content.splitlines():
        syllable, tab, characters = line.partition("\t")
        if tab and not line.startswith("#"):
            found.update(dict.fromkeys(characters, syllable))
    return found

"""One report type: what `schemas/` says about a kind of report, parsed from text that the caller has read."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache

from summarizer import canonical
from summarizer.errors import ReportTypeError
from summarizer.glossary import Glossary, check
from summarizer.records import record


@record
class OverviewField:
    """One thing a model writes of the whole report; `kind` is `prose` or `list`, `ask` goes into the prompt."""

    name: str
    kind: str
    ask: str


@record
class ReportType:
    """A kind of report.

    Attributes:
        id: file name of the definition without ending (`rule_of_law`).
        name_zh, name_en: what people call it.
        glossary: bilingual terms, this type's own ones winning over the general ones.
        salient: terms whose sentences matter most in this kind of report.
        overview: what a model writes of the whole report.
        readings: Mandarin reading of single characters, for names that have no settled English.
        metrics: the canonical metrics of this kind of report.
        sha256: digest of the definition and of every file it draws on.
        asked_sha256: the same without the canonical metrics, which change no answer of a model.
    """

    id: str
    name_zh: str
    name_en: str
    glossary: Glossary
    readings: Mapping[str, str]
    salient: tuple[str, ...]
    overview: tuple[OverviewField, ...]
    sha256: str
    asked_sha256: str
    metrics: canonical.Catalogue = field(default_factory=canonical.Catalogue)

    def salience(self, text: str) -> int:
        """How many of the salient terms a text holds."""
        return len(set(_any_of(self.salient).findall(text))) if self.salient else 0


@record
class Definition:
    """The definition file alone: which names it has and which files it draws on, in order of precedence.

    Attributes:
        titles, openings: words of a report's title, and of its first lines, that show it to be of this type.
    """

    id: str
    name_zh: str
    name_en: str
    glossaries: tuple[str, ...]
    readings: str
    salient: tuple[str, ...]
    overview: tuple[OverviewField, ...]
    metrics: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()

    def recognises(self, title: str | None, opening: str) -> bool:
        """Does a report show itself to be of this type by a word of its title or of its first lines?"""
        return any(word in (title or "") for word in self.titles) or any(word in opening for word in self.openings)


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
            metrics=tuple(str(f) for f in data.get("metrics", {}).get("files", ())),
            titles=tuple(str(word) for word in data.get("detect", {}).get("title", ())),
            openings=tuple(str(word) for word in data.get("detect", {}).get("opening", ())),
        )
    except (KeyError, TypeError) as error:
        raise ReportTypeError(f"{name}: missing or malformed key {error}; see schemas/README.md") from error
    for table, keys in _KEYS.items():
        extra = set(data.get(table, {}) if table else data) - set(keys)
        if extra:
            place = f"[{table}]" if table else "the definition"
            raise ReportTypeError(f"{name}: unknown key {sorted(extra)[0]!r} in {place}; known are {', '.join(keys)}")
    return known


_KEYS = {
    "": ("id", "name", "detect", "glossary", "metrics", "salient", "overview"),
    "name": ("zh", "en"),
    "detect": ("title", "opening"),
    "glossary": ("terms", "readings"),
    "metrics": ("files",),
    "salient": ("terms",),
}
_KINDS = ("prose", "list")


def _overview_field(file: str, entry: Mapping[str, object]) -> OverviewField:
    found = OverviewField(name=str(entry["name"]), kind=str(entry["kind"]), ask=str(entry["ask"]))
    if found.kind not in _KINDS:
        raise ReportTypeError(f"{file}: overview field {found.name!r} is of kind {found.kind!r}; use prose or list")
    if not found.name.isidentifier():
        raise ReportTypeError(f"{file}: overview field {found.name!r} is no name; use letters, digits and _")
    return found


def assemble(
    definition: Definition,
    glossary: Glossary,
    readings: str,
    metrics: Iterable[str],
    sha256: str,
    asked_sha256: str,
) -> ReportType:
    """Build the report type from its definition and what is in the files it names."""
    return ReportType(
        id=definition.id,
        name_zh=definition.name_zh,
        name_en=definition.name_en,
        glossary=glossary,
        readings=_readings(readings),
        salient=definition.salient,
        overview=definition.overview,
        sha256=sha256,
        asked_sha256=asked_sha256,
        metrics=canonical.parse(metrics),
    )


def validate(definition: Definition, files: Mapping[str, str]) -> None:
    """Check every line of every file of a definition. Raises: ReportTypeError naming file and line."""
    for name in definition.glossaries:
        check(name, files[name])
    for name in definition.metrics:
        canonical.check(name, files[name])


def _readings(content: str) -> dict[str, str]:
    # One syllable a line: `lai<TAB>来莱赖濑`.
    found: dict[str, str] = {}
    for line in content.splitlines():
        syllable, tab, characters = line.partition("\t")
        if tab and not line.startswith("#"):
            found.update(dict.fromkeys(characters, syllable))
    return found

"""One report type: what `schemas/` says about a kind of report, parsed from text that the caller has read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache

from summarizer import canonical
from summarizer.definition import Definition, OverviewField
from summarizer.errors import ReportTypeError
from summarizer.glossary import Glossary, check
from summarizer.records import record


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
        problem_words: with these a paragraph turns to what went wrong, in reports without a heading for it.
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
    problem_words: tuple[str, ...] = ()

    def salience(self, text: str) -> int:
        """How many of the salient terms a text holds."""
        return len(set(_any_of(self.salient).findall(text))) if self.salient else 0


@lru_cache(maxsize=16)
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True))))


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
        problem_words=definition.problem_words,
    )


def validate(definition: Definition, files: Mapping[str, str]) -> None:
    """Check every line of every file of a definition. Raises: ReportTypeError naming file and line."""
    from summarizer.canonical.checking import check as check_metrics  # no run needs it

    for name in definition.glossaries:
        check(name, files[name])
    check_readings(definition.readings, files[definition.readings])
    check_metrics({name: files[name] for name in definition.metrics})


def check_readings(name: str, content: str) -> None:
    """Raise ReportTypeError naming file and line for the first entry of a file of readings that is malformed."""
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        syllable, _, characters = line.partition("\t")
        if not syllable.isascii() or not syllable.isalpha() or not characters.strip():
            raise ReportTypeError(f"{name}:{number}: expected `syllable<TAB>characters`, found {line[:60]!r}")


def _readings(content: str) -> dict[str, str]:
    # One syllable a line: `lai<TAB>来莱赖濑`.
    found: dict[str, str] = {}
    for line in content.splitlines():
        syllable, tab, characters = line.partition("\t")
        if tab and not line.startswith("#"):
            found.update(dict.fromkeys(characters, syllable))
    return found

"""Checks catalogue files line by line, and against each other."""

from collections.abc import Mapping

from summarizer.canonical.catalogue import CanonicalMetric
from summarizer.canonical.parsing import COLUMNS, PAIRS, POLARITIES, SHARED, WORDS, parse
from summarizer.errors import ReportTypeError
from summarizer.patterns import pattern
from summarizer.units import FAMILIES

_KEY = pattern("[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_HAN = pattern("[\u3400-\u4dbf\u4e00-\u9fff]")
_SHORTEST_NAME = 2


def check(files: Mapping[str, str]) -> None:
    """Check the catalogue files of one definition, in order. Raises: ReportTypeError naming file and line."""
    places: dict[str, str] = {}
    references: list[tuple[str, str]] = []
    for name, content in files.items():
        _Lines(name, places, references).read(content)
    for where, key in references:
        if key not in places:
            raise ReportTypeError(f"{where}: there is no metric {key!r} to come after")
    _check_names(parse(files.values()).metrics, places)


class _Lines:
    """One file, line by line."""

    def __init__(self, name: str, places: dict[str, str], references: list[tuple[str, str]]) -> None:
        self._name, self._places, self._references = name, places, references
        self._own: set[str] = set()
        self._theme = self._key = self._where = ""

    def read(self, content: str) -> None:
        for number, line in enumerate(content.splitlines(), 1):
            if not line.strip() or line[0] == "#":
                continue
            self._where = f"{self._name}:{number}"
            cells = line.split("\t")
            if line[0] == "\t":
                self._rule(cells)
                continue
            self._key = ""
            if line[0] in SHARED:
                if len(cells) != 2 or len(cells[0]) != 1 or not cells[1].split():
                    self._refuse(f"words for every metric are written `{line[0]}<TAB>word word`")
            elif line[0] == "@":
                if len(cells) != 3 or not all(cell.strip() for cell in cells):
                    self._refuse("a theme is written `@id<TAB>中文<TAB>English`")
                self._named(cells[0][1:], cells[2])
                self._theme = cells[0][1:]
            else:
                self._metric(cells)

    def _metric(self, cells: list[str]) -> None:
        if len(cells) != COLUMNS or not all(cell.strip() for cell in cells):
            self._refuse(
                f"a metric has {COLUMNS} columns with a tab between them (key, Chinese, English, units, polarity, "
                f"definition), found {len(cells)}"
            )
        key, _, en, units, polarity, definition = cells
        self._named(key, en)
        if not self._theme:
            self._refuse("a metric before any theme; write `@id<TAB>中文<TAB>English` above it")
        if key in self._own:
            self._refuse(f"key {key!r} stands in {self._places[key]} already")
        for unit in units.split(","):
            if unit not in FAMILIES:
                self._refuse(f"unit family {unit!r} is unknown; use {', '.join(sorted(FAMILIES))}")
        if polarity not in POLARITIES:
            self._refuse(f"polarity {polarity!r} is unknown; use {', '.join(POLARITIES)}")
        if definition.isascii() is False and not any(c.isascii() and c.isalpha() for c in definition):
            self._refuse("the definition is not in English")
        self._own.add(key)
        self._places[key] = self._where
        self._key = key

    def _rule(self, cells: list[str]) -> None:
        if not self._key:
            self._refuse("an indented line needs a metric above it")
        pair = PAIRS.get(cells[1]) if len(cells) > 1 else None
        if pair:
            if len(cells) != 4 or not cells[2].strip() or not cells[3].split():
                self._refuse(f"write `<TAB>{cells[1]}<TAB>{pair}<TAB>word word`")
            if cells[1] == "after":
                self._references += [(self._where, key) for key in cells[2].split(",")]
            return
        if len(cells) != 3 or cells[1] not in WORDS or not cells[2].split():
            known = ", ".join((*WORDS, *PAIRS))
            self._refuse(f"an indented line is `<TAB>rule<TAB>word word`; rules are {known}")
        if cells[1] == "also" and any(len(word) < _SHORTEST_NAME for word in cells[2].split()):
            self._refuse(f"a name has at least {_SHORTEST_NAME} characters")

    def _named(self, key: str, en: str) -> None:
        if not _KEY.fullmatch(key):
            self._refuse(f"{key!r} is no key; use small letters, digits and _")
        if _HAN.search(en):
            self._refuse("the English name holds Chinese characters")

    def _refuse(self, what: str) -> None:
        raise ReportTypeError(f"{self._where}: {what}")


def _check_names(catalogue: Mapping[str, CanonicalMetric], places: Mapping[str, str]) -> None:
    """Two metrics may share a name when their units, or the words near them, tell them apart."""
    owners: dict[str, list[CanonicalMetric]] = {}
    for metric in catalogue.values():
        for name in dict.fromkeys(metric.names):
            for other in owners.get(name, ()):
                if set(metric.units) & set(other.units) and not (metric.nearby and other.nearby):
                    raise ReportTypeError(
                        f"{places[metric.key]}: {name!r} is a name of {other.key!r} too, in the same units; "
                        "take it from one of them, or give both `near` words"
                    )
            owners.setdefault(name, []).append(metric)

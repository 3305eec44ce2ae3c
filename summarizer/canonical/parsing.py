"""Reads catalogue files (`schemas/metrics/*.tsv`), tolerantly for a run and line by line for a check.

A theme line opens a theme, a metric line belongs to the theme above it, an indented line belongs to the metric above:

    @air	大气环境	Air
    pm25	PM2.5浓度	PM2.5 concentration	concentration	down	mean PM2.5 concentration of the area
        also	细颗粒物浓度 PM2.5平均浓度
"""

import re
from collections.abc import Iterable
from typing import Any

from summarizer.canonical.catalogue import CanonicalMetric, Catalogue, Polarity, Theme
from summarizer.errors import ReportTypeError
from summarizer.patterns import pattern
from summarizer.units import FAMILIES

_POLARITIES = {"up": Polarity.UP_GOOD, "down": Polarity.DOWN_GOOD, "-": Polarity.NEUTRAL}
_WORDS = ("also", "with", "never", "near", "despite")
_SHARED = "*!^"
_PAIRS = {"after": "key,key", "whose": "name,name"}
_Rules = dict[str, list[Any]]  # words of a rule, or pairs of a rule that has two cells
_KEY = pattern("[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_HAN = pattern("[\u3400-\u4dbf\u4e00-\u9fff]")
_COLUMNS = 6


def parse(contents: Iterable[str]) -> Catalogue:
    """One catalogue of several files; of two metrics with one key the later wins. Malformed lines are passed over."""
    rows: dict[str, tuple[str, list[str], _Rules]] = {}
    themes: dict[str, Theme] = {}
    shared: dict[str, list[str]] = {mark: [] for mark in _SHARED}
    for content in contents:
        theme = ""
        rules: _Rules = {}
        for line in content.splitlines():
            if not line or line[0] == "#":
                continue
            cells = line.split("\t")
            if line[0] == "\t":
                if len(cells) == 3 and cells[1] in _WORDS:
                    rules.setdefault(cells[1], []).extend(cells[2].split())
                elif len(cells) == 4 and cells[1] in _PAIRS:
                    rules.setdefault(cells[1], []).append((tuple(cells[2].split(",")), tuple(cells[3].split())))
                continue
            rules = {}  # of the metric in this line; what hangs below anything else is dropped
            if line[0] in _SHARED and len(cells) == 2:
                shared[line[0]] += cells[1].split()
            elif line[0] == "@" and len(cells) == 3:
                theme = cells[0][1:]
                themes[theme] = Theme(theme, cells[1], cells[2])
            elif len(cells) == _COLUMNS and theme and cells[4] in _POLARITIES:
                rows[cells[0]] = theme, cells, rules
    metrics = {key: _metric(*row) for key, row in rows.items()}
    return Catalogue(metrics, themes, frozenset(shared["*"]), tuple(shared["!"]), tuple(shared["^"]))


def _metric(theme: str, cells: list[str], rules: _Rules) -> CanonicalMetric:
    key, zh, en, units, polarity, definition = cells
    words = rules.get
    return CanonicalMetric(
        key=key,
        zh=zh,
        en=en,
        units=tuple(units.split(",")),
        polarity=_POLARITIES[polarity],
        theme=theme,
        definition=definition,
        names=(zh, *words("also", ())),
        beside=frozenset(words("with", ())),
        never=tuple(words("never", ())),
        nearby=tuple(words("near", ())),
        despite=tuple(words("despite", ())),
        whose=tuple(words("whose", ())),
        following=tuple(words("after", ())),
    )


def check(name: str, content: str) -> None:
    """Check every line of one catalogue file. Raises: ReportTypeError naming file and line."""
    theme = key = ""
    keys: dict[str, int] = {}
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line[0] == "#":
            continue
        where = f"{name}, line {number}"
        cells = line.split("\t")
        if line[0] == "\t":
            _check_rule(where, cells, key)
        elif line[0] in _SHARED:
            if len(cells) != 2 or len(cells[0]) != 1 or not cells[1].split():
                raise ReportTypeError(f"{where}: words for every metric are written `{line[0]}<TAB>word word`")
            key = ""
        elif line[0] == "@":
            theme, key = _check_theme(where, cells), ""
        else:
            if not theme:
                raise ReportTypeError(f"{where}: a metric before any theme; write `@id<TAB>中文<TAB>English` above it")
            key = _check_metric(where, cells)
            if key in keys:
                raise ReportTypeError(f"{where}: key {key!r} stands in line {keys[key]} already")
            keys[key] = number


def _check_rule(where: str, cells: list[str], key: str) -> None:
    if not key:
        raise ReportTypeError(f"{where}: an indented line needs a metric above it")
    pair = _PAIRS.get(cells[1]) if len(cells) > 1 else None
    if pair:
        if len(cells) != 4 or not cells[2] or not cells[3].split():
            raise ReportTypeError(f"{where}: write `<TAB>{cells[1]}<TAB>{pair}<TAB>word word`")
        return
    if len(cells) != 3 or cells[1] not in _WORDS or not cells[2].split():
        known = ", ".join((*_WORDS, *_PAIRS))
        raise ReportTypeError(f"{where}: an indented line is `<TAB>rule<TAB>word word`; rules are {known}")


def _check_theme(where: str, cells: list[str]) -> str:
    if len(cells) != 3 or not all(cell.strip() for cell in cells):
        raise ReportTypeError(f"{where}: a theme is `@id<TAB>中文<TAB>English`")
    _check_names(where, cells[0][1:], cells[2])
    return cells[0][1:]


def _check_metric(where: str, cells: list[str]) -> str:
    if len(cells) != _COLUMNS or not all(cell.strip() for cell in cells):
        raise ReportTypeError(
            f"{where}: a metric has {_COLUMNS} columns with a tab between them (key, Chinese, English, units, "
            f"polarity, definition), found {len(cells)}"
        )
    key, _, en, units, polarity, definition = cells
    _check_names(where, key, en)
    for unit in units.split(","):
        if unit not in FAMILIES:
            raise ReportTypeError(f"{where}: unit family {unit!r} is unknown; use {', '.join(sorted(FAMILIES))}")
    if polarity not in _POLARITIES:
        raise ReportTypeError(f"{where}: polarity {polarity!r} is unknown; use up, down or -")
    if not re.search("[A-Za-z]", definition):
        raise ReportTypeError(f"{where}: the definition is in English")
    return key


def _check_names(where: str, key: str, en: str) -> None:
    if not _KEY.fullmatch(key):
        raise ReportTypeError(f"{where}: {key!r} is no key; use small letters, digits and _")
    if _HAN.search(en):
        raise ReportTypeError(f"{where}: the English name holds Chinese characters")

"""Reads catalogue files (`schemas/metrics/*.tsv`); `checking` tells what is wrong with one.

A theme line opens a theme, a metric line belongs to the theme above it, an indented line belongs to the metric above:

    @air	大气环境	Air
    pm25	PM2.5浓度	PM2.5 concentration	concentration	down	mean PM2.5 concentration of the area
        also	细颗粒物浓度 PM2.5平均浓度
"""

from collections.abc import Iterable
from typing import Any

from summarizer.canonical.catalogue import CanonicalMetric, Catalogue, Polarity, Theme

POLARITIES = {"up": Polarity.UP_GOOD, "down": Polarity.DOWN_GOOD, "-": Polarity.NEUTRAL}
WORDS = ("also", "with", "never", "near", "despite", "in")
SHARED = "*!^"
PAIRS = {"after": "key,key", "whose": "name,name"}
_Rules = dict[str, list[Any]]  # words of a rule, or pairs of a rule that has two cells
COLUMNS = 6


def parse(contents: Iterable[str]) -> Catalogue:
    """One catalogue of several files; of two metrics with one key the later wins. Malformed lines are passed over."""
    rows: dict[str, tuple[str, list[str], _Rules]] = {}
    themes: dict[str, Theme] = {}
    shared: dict[str, list[str]] = {mark: [] for mark in SHARED}
    for content in contents:
        theme = ""
        rules: _Rules = {}
        for line in content.splitlines():
            if not line or line[0] == "#":
                continue
            cells = line.split("\t")
            if line[0] == "\t":
                if len(cells) == 3 and cells[1] in WORDS:
                    rules.setdefault(cells[1], []).extend(cells[2].split())
                elif len(cells) == 4 and cells[1] in PAIRS:
                    rules.setdefault(cells[1], []).append((tuple(cells[2].split(",")), tuple(cells[3].split())))
                continue
            rules = {}  # of the metric in this line; what hangs below anything else is dropped
            if line[0] in SHARED and len(cells) == 2:
                shared[line[0]] += cells[1].split()
            elif line[0] == "@" and len(cells) == 3:
                theme = cells[0][1:]
                themes[theme] = Theme(theme, cells[1], cells[2])
            elif len(cells) == COLUMNS and theme and cells[4] in POLARITIES:
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
        polarity=POLARITIES[polarity],
        theme=theme,
        definition=definition,
        names=(zh, *words("also", ())),
        beside=frozenset(words("with", ())),
        never=tuple(words("never", ())),
        nearby=tuple(words("near", ())),
        despite=tuple(words("despite", ())),
        measures=tuple(words("in", ())),
        whose=tuple(words("whose", ())),
        following=tuple(words("after", ())),
    )

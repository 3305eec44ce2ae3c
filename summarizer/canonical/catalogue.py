"""The records of a catalogue of canonical metrics, and looking them up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from summarizer.records import record


class Polarity(StrEnum):
    """Which way a careful reader is glad to see the figure move."""

    UP_GOOD = "up_good"
    DOWN_GOOD = "down_good"
    NEUTRAL = "neutral"


@record
class Theme:
    """A group of metrics in a table; themes come in the order of the catalogue."""

    id: str
    zh: str
    en: str


@record
class CanonicalMetric:
    """One measured thing that reports of a kind state year after year.

    The thing alone: whether a figure is its level, a plan, a change or a rank is said by the figure's kind and unit.

    Attributes:
        key: stable name, in snake_case.
        zh, en: settled names.
        units: families of units a level is given in (see `summarizer.units.family`); `growth` when the thing exists as
            a rate of change only.
        polarity: which way is good.
        theme: id of its theme.
        definition: one line.
        names: how reports call it, `zh` among them.
        beside: words that may stand beside a name without making another thing of it.
        never: words that make another thing of it wherever they stand in the clause.
        despite: words that make parts of other metrics (`Catalogue.narrowing`) but not of this.
        measures: of these, when any are given, one is the measure word of a level that is a count (个, not 套).
        whose: names it has after a relative clause that holds one of certain words: (the names, the words).
        following: short names it has right after a figure of certain metrics: (their keys, the names).
        nearby: of these, when any are given, one must stand in the sentence or in the headings above it.
    """

    key: str
    zh: str
    en: str
    units: tuple[str, ...]
    polarity: Polarity
    theme: str
    definition: str
    names: tuple[str, ...]
    beside: frozenset[str] = frozenset()
    never: tuple[str, ...] = ()
    nearby: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    whose: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    following: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The canonical metrics of a report type, in the order a table shows them.

    Attributes:
        metrics: by key, in order.
        themes: by id, in order.
        fillers: words that may stand beside any name without making another thing of it.
        narrowing: words that make a part of what follows them in a sentence (专项行动).
        spanning: words that make several years of what follows them in a sentence or stands under them (五年).
    """

    metrics: Mapping[str, CanonicalMetric] = field(default_factory=dict)
    themes: Mapping[str, Theme] = field(default_factory=dict)
    fillers: frozenset[str] = frozenset()
    narrowing: tuple[str, ...] = ()
    spanning: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.metrics)

    def __iter__(self) -> Iterator[CanonicalMetric]:
        return iter(self.metrics.values())

    def __contains__(self, key: object) -> bool:
        return key in self.metrics

    def joined(self, other: "Catalogue") -> "Catalogue":
        """Both catalogues in one; of two metrics or themes of one name the first stays."""
        return Catalogue(
            {**self.metrics, **{k: m for k, m in other.metrics.items() if k not in self.metrics}},
            {**self.themes, **{k: t for k, t in other.themes.items() if k not in self.themes}},
            self.fillers | other.fillers,
        )

    def get(self, key: str | None) -> CanonicalMetric | None:
        """The metric of that key, None when there is none."""
        return self.metrics.get(key) if key is not None else None

    def theme_of(self, key: str | None) -> Theme | None:
        """The theme a key belongs to, None for an unknown key."""
        metric = self.get(key)
        return self.themes[metric.theme] if metric else None

    def of_theme(self, theme: str) -> tuple[CanonicalMetric, ...]:
        """The metrics of one theme, in order."""
        return tuple(m for m in self if m.theme == theme)

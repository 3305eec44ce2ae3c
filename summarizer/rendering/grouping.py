"""The rows of the metric table in groups: by theme where a metric has one, else by the section it stands in."""

from collections.abc import Mapping

from summarizer.brief import Bilingual, BriefData, Metric, SectionBrief
from summarizer.records import record

Themes = Mapping[str, Bilingual]
"""Key of a canonical metric -> name of its theme, in the order in which the themes shall stand."""


@record
class MetricGroup:
    """Metrics under one heading, in order of the report."""

    name: Bilingual
    metrics: tuple[Metric, ...]


def grouped(brief: BriefData, themes: Themes | None = None) -> tuple[MetricGroup, ...]:
    """Every metric of a brief in one group each: first by theme, then, for those without, by section of level 1."""
    of_theme: dict[Bilingual, list[Metric]] = {name: [] for name in (themes or {}).values()}
    of_section: dict[str, list[Metric]] = {}
    for metric in brief.metrics:
        theme = themes.get(metric.key) if themes and metric.key else None
        if theme is not None:
            of_theme[theme].append(metric)
        else:
            of_section.setdefault(metric.section.partition(".")[0], []).append(metric)
    sections = {s.id: s for s in brief.sections}
    return (
        *(MetricGroup(name, tuple(metrics)) for name, metrics in of_theme.items() if metrics),
        *(MetricGroup(section_name(sections.get(id), id), tuple(metrics)) for id, metrics in of_section.items()),
    )


def section_name(section: SectionBrief | None, id: str = "") -> Bilingual:
    """How a section is headed: number and title in Chinese, the title in English, something for one without."""
    if section is None:
        return Bilingual(f"第{id}节", f"Section {id}")
    if not section.title.zh and not section.number:
        return Bilingual("首个标题之前", "Before the first heading")
    return Bilingual(f"{section.number}{section.title.zh or ''}", section.title.en)

"""What a notebook shows: briefs, tables, comparisons, progress; and the example notebooks run."""

import re
import sys
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from test_comparison_views import city
from test_rendering import HOSTILE, brief_with, kinds, parse

from scripts.run_notebooks import EXAMPLES, executed
from summarizer import notebook, summarize_many, summarize_text
from summarizer.rendering.notebook import brief_html, comparison_html, metrics_html, metrics_markdown

NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))
REPORT = "某某市生态环境局2023年法治政府建设工作报告\n2023年,我局办理行政处罚案件15件,罚款138.75625万元。\n"


# -- the examples


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def both(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    return nbformat.read(request.param, as_version=4), executed(request.param)


def test_there_are_the_two_examples() -> None:
    """The pattern still finds them."""
    assert [path.stem for path in NOTEBOOKS] == ["compare", "quickstart"]


def test_an_example_runs_and_shows_what_is_committed(both: tuple[Any, Any]) -> None:
    """What a visitor sees on a forge is what the notebook gives; after a change, `make notebooks` renews it."""
    committed, run = both
    for before, after in zip(committed.cells, run.cells, strict=True):
        assert before.get("outputs") == after.get("outputs"), f"cell {before.id}: run `make notebooks`"


def test_an_example_shows_something_and_nothing_of_the_machine(both: tuple[Any, Any]) -> None:
    """Each code cell has an output; no path, no style, script or link that a forge would strip."""
    committed, _ = both
    for cell in committed.cells:
        if cell.cell_type != "code":
            continue
        assert cell.outputs, cell.source
        for output in cell.outputs:
            assert output.output_type != "error"
            content = str(output.get("data", "")) + str(output.get("text", ""))
            assert not re.search(r"(?<![\w.])/(?:home|root|tmp|work|usr|Users)/|[A-Z]:\\\\", content)
            shown = parse(output.get("data", {}).get("text/html", ""))
            assert not {"script", "iframe", "link"} & set(shown.tags)


# -- what objects show


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_changes_what_a_notebook_shows(text: str) -> None:
    """Equal tags, no handler, no link; the Markdown of a table keeps its structure."""
    data, plain = brief_with(text), brief_with("文字 text")
    for one, other in (
        (brief_html(data), brief_html(plain)),
        (metrics_html(data.metrics), metrics_html(plain.metrics)),
        (comparison_html(city(text)), comparison_html(city("文字"))),
    ):
        page = parse(one)
        assert page.tags == parse(other).tags
        assert page.bad == page.links == []
    assert kinds(metrics_markdown(data.metrics)) == kinds(metrics_markdown(plain.metrics))


def test_a_brief_shows_its_verdict_and_every_figure_with_its_sentence() -> None:
    """In HTML without styles; its repr is a line."""
    brief = summarize_text(REPORT, engine="offline")
    shown = brief._repr_html_()
    assert "CNY 1.3875625 million" in shown
    assert shown.count("2023年,我局办理行政处罚案件15件,罚款138.75625万元。") >= len(brief.metrics)
    assert repr(brief) == "<Brief of text: 2 figures, 0 findings>"


def test_a_table_holds_the_chosen_metrics() -> None:
    """All by default."""
    brief = summarize_text(REPORT, engine="offline")
    assert len(brief.table()) == 2
    table = brief.table(lambda metric: metric.unit.zh == "元")
    assert [m.value for m in table] == [Decimal("1387562.5")]
    assert "138.75625万元" in table._repr_html_()
    assert "| m2 |" in table._repr_markdown_()
    assert "15" not in re.sub(r"<td>2023年[^<]*", "", table._repr_html_())


def test_a_comparison_and_its_trend_show_themselves() -> None:
    """HTML and SVG."""
    data = city("文字")
    assert "106.2<sup>" in data._repr_html_()
    assert data._repr_markdown_() == data.to_markdown()
    assert data.chart("gdp")._repr_svg_().startswith("<svg")
    assert repr(data).startswith("<Comparison of 4 reports")


# -- progress


class Display:
    """Stands for the notebook: every text shown, and whether a line was renewed."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def display(self, content: dict[str, str], raw: bool, display_id: bool) -> "Display":
        assert raw
        assert display_id
        self.shown.append(content["text/plain"])
        return self

    def update(self, content: dict[str, str], raw: bool) -> None:
        self.shown.append("renewed " + content["text/plain"])


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Display:
    found = Display()
    shell = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setitem(sys.modules, "IPython", shell)
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(display=found.display))
    return found


def test_reports_are_counted_below_the_cell(screen: Display) -> None:
    """In one line that is renewed; a single report shows none."""
    briefs = [o.brief for o in summarize_many([Path("seeds") / "x.txt", Path("y.txt")], engine="offline")]
    assert briefs == [None, None]
    assert screen.shown == ["0 of 2 reports", "renewed 1 of 2 reports", "renewed 2 of 2 reports"]
    screen.shown.clear()
    list(summarize_many([Path("x.txt")], engine="offline"))
    assert screen.shown == []


def test_a_run_with_a_model_tells_sections_tokens_and_waits(screen: Display) -> None:
    """The watch that is used when the caller names none."""
    watch = notebook.Progress()
    watch.planned(SimpleNamespace(calls=3))  # type: ignore[arg-type]
    watch.done("1", SimpleNamespace(prompt=1000, completion=200))  # type: ignore[arg-type]
    watch.waiting(4.0, "busy")
    assert screen.shown == [
        "0 of 3 sections, 0 tokens",
        "renewed 1 of 3 sections, 1,200 tokens",
        "renewed 1 of 3 sections, 1,200 tokens; busy, waiting 4 s",
    ]


def test_outside_a_notebook_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither without IPython nor in its terminal."""
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    assert not notebook.running()
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: object()))
    assert not notebook.running()
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    assert not notebook.running()

"""Every view of a brief, and what hostile text in a report may do to it: nothing."""

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from conftest import SEEDS, gold_draft, gold_reading, make_run, make_type, read_marked
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.console import Console

from summarizer.brief import BriefData, Finding, Severity, Tokens, Where
from summarizer.engines.protocol import Draft, DraftLabel, DraftOverview, DraftProse, DraftSection, Reading
from summarizer.merging import merge
from summarizer.rendering import safe, terminal
from summarizer.rendering.csv import COLUMNS, to_csv
from summarizer.rendering.html import to_html
from summarizer.rendering.json import to_json
from summarizer.rendering.markdown import to_markdown
from summarizer.result import Brief
from summarizer.verification import verify

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "![x](http://evil.example/a.png)",
    "[click](javascript:alert(1))",
    "<http://evil.example>",
    "http://evil.example/a www.evil.example a@evil.example",
    "a | b | c",
    "# heading",
    "heading #",
    "- item",
    "+ item",
    "1. item",
    "1) item",
    "> quote",
    "---",
    "===",
    "***",
    "___",
    "```\ncode",
    "~~~ code",
    "**bold** _em_ `code` ~~gone~~ $x$",
    "line\n\n# second",
    "line\r\n| a | b |\r\n|---|---|",
    "    indented",
    "\tindented",
    "[^1]: forged note",
    "[^1] and [m1]: /x",
    "&lt;b&gt; &#60;i&#62; &amp;",
    "\\",
    "back\\slash\\",
    "\x1b[31mred\x1b]0;title\x07",
    "\u202eevil\u202c \u200bzero\u2066iso",
    "\U000e0041tag",
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "＝1",
    "\t=1",
    ' "quoted", "cell"\n=2',
    "[bold]rich markup[/bold] [link=http://evil.example]x[/link]",
    "</style><style>*{display:none}",
    "]]>",
    "{{7*7}} {% x %} %s {0}",
]


def brief_with(text: str) -> BriefData:
    """A brief whose every free text is `text`."""
    reading = read_marked(f"前文[15件]，{text.replace('[', '(').replace(']', ')')}。", title=text)
    document = replace(reading.document, name=text or "x")
    section = replace(reading.sections[0], id="1", number="一、", title=text)
    reading = replace(reading, document=document, sections=(section,), masthead=replace(reading.masthead, issuer=text))
    plain = text.replace("⟦", "")
    prose = DraftProse(f"{plain}⟦0⟧{plain}", f"{plain} ⟦0⟧ {plain}", (reading.sentences[0],))
    draft = Draft(
        {0: DraftLabel(text, text)},
        {"1": DraftSection("1", text, prose, (prose,))},
        DraftOverview(prose, (prose,), (prose,), (prose,)),
        text,
        text,
    )
    findings = (Finding(Severity.WARNING, "code", Where(section=text, metric="m1"), text),)
    return merge(reading, draft, make_type(), findings, make_run())


PLAIN = brief_with("文字 text")


def seed_brief(position: int) -> BriefData:
    stem = SEEDS[position].stem
    reading = gold_reading(stem)
    draft = gold_draft(stem, reading)
    return merge(reading, draft, make_type(), verify(reading, draft), make_run())


# -- Markdown


@pytest.mark.parametrize("start", ["a. b", "iv) b", "(1) b", "(a) b", "::: b", "-- b", "== b", ": b", "1. b", "12) b"])
def test_markdown_opens_no_list_that_pandoc_knows(start: str) -> None:
    """Pandoc's lists begin in more ways than CommonMark's: a., iv), (1); ::: begins a division."""
    shown = safe.markdown(start)
    assert "\\" in shown.partition(" ")[0]
    assert shown.replace("\\", "") == start


def kinds(markdown: str) -> Counter[str]:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    inline = [child.type for token in tokens for child in token.children or []]
    # Text is cut at every escape; what matters is that nothing but text came of it.
    # An address is shown as code, so that GitHub makes no link of it.
    plain = ("text", "text_special", "softbreak", "code_inline")
    return Counter([t.type for t in tokens] + [t for t in inline if t not in plain])


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_structure_is_the_same_for_any_text(text: str) -> None:
    """No report changes what a CommonMark parser sees: no new heading, list, table cell, link, image, code or HTML."""
    assert kinds(to_markdown(brief_with(text))) == kinds(to_markdown(PLAIN))


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_the_text_itself(text: str) -> None:
    """Escaping changes nothing of what a reader sees."""
    shown = safe.one_line(text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(safe.markdown(text))
    said = "".join(c.content for t in tokens for c in t.children or [])
    assert said == shown


def test_markdown_has_no_bare_addresses() -> None:
    """GitHub turns bare addresses into links; ours are broken up, those of mail stand as code."""
    text = safe.markdown("http://evil.example www.evil.example 信箱a.b@evil.example。 ftp://x @name `x@y`")
    assert re.search(r"\w://", text) is None
    assert "www." not in text
    assert "`a.b@evil.example`" in text
    assert re.search(r"[^\\]@", re.sub(r"(?<!\\)`[\w.@]+`", "", text)) is None


@pytest.mark.parametrize("position", range(5))
def test_markdown_tells_every_figure_with_its_sentence(position: int) -> None:
    """Each metric has a row with a footnote, and each footnote used is there once."""
    brief = seed_brief(position)
    markdown = to_markdown(brief)
    rows = re.findall(r"^\| m\d+.*\| (\[\^\d+\]) \|$", markdown, re.MULTILINE)
    assert len(rows) == len(brief.metrics)
    defined = re.findall(r"^\[\^(\d+)\]:", markdown, re.MULTILINE)
    used = set(re.findall(r"\[\^(\d+)\](?!:)", markdown))
    assert sorted(defined) == sorted(set(defined))
    assert set(defined) == used


@pytest.mark.parametrize("render", [to_markdown, to_html], ids=["md", "html"])
def test_nothing_of_the_run_that_differs_between_equal_runs(render: object) -> None:
    """Time, cost and requests do not show."""
    brief = seed_brief(0)
    other = replace(
        brief, run=replace(brief.run, seconds=99.5, requests=7, retries=3, cost="1.23", tokens=Tokens(5, 6, 7))
    )
    assert render(brief) == render(other)  # type: ignore[operator]


def test_markdown_says_first_what_matters() -> None:
    """Report, figures, checks and doubts stand before the overview."""
    markdown = to_markdown(seed_brief(3))
    head = markdown[: markdown.index("## Overview")]
    for words in ("57 figures", "57 of 57 labels", "1 remark", "临沂市生态环境局兰山分局", "about 2021"):
        assert words in head


# -- HTML


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.bad: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "srcset", "action", "formaction"):
                self.bad.append(f"{tag} {name}")
            if name == "href":
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")


def parse(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    return page


@pytest.mark.parametrize("text", HOSTILE)
def test_html_structure_is_the_same_for_any_text(text: str) -> None:
    """Equal tags, no script, no handler, no address but our own anchors."""
    page = parse(to_html(brief_with(text)))
    expected = parse(to_html(PLAIN)).tags
    for tags in (page.tags, expected):
        # Marks of Chinese in English and of a number of the text's own are spans, and may cut a figure's link in two.
        del tags["span"], tags["a"]
    assert page.tags == expected
    assert page.bad == []
    assert all(link.startswith("#") for link in page.links)
    assert page.tags["script"] == 1  # ours; see test_the_policy_lets_only_our_script_and_style_in


def test_html_links_meet() -> None:
    """Every link leads to an id of the page, and ids are unique."""
    page = parse(to_html(seed_brief(2)))
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links} <= {*page.ids, "-"}  # "#-" takes the highlight away


# -- CSV


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_cells_start_no_formula_and_keep_their_columns(text: str) -> None:
    """OWASP's list and its full-width forms; values stay numbers."""
    rows = list(csv.reader(io.StringIO(to_csv(brief_with(text)))))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert len(rows) == 2
    for name, cell in zip(COLUMNS, rows[1], strict=True):
        assert cell[:1] not in tuple("=+-@＝＋－＠\t\r\n"), name
        assert "\n" not in cell
    assert Decimal(rows[1][COLUMNS.index("value")]) == 15


def test_csv_of_several_briefs_has_one_header() -> None:
    """One row per metric, in order."""
    briefs = [seed_brief(0), seed_brief(1)]
    rows = list(csv.DictReader(io.StringIO(to_csv(*briefs))))
    assert [r["metric"] for r in rows] == [m.id for b in briefs for m in b.metrics]
    assert rows[0]["report"].startswith("000_")


# -- terminal


def shown(brief: BriefData, width: int, color: bool = False) -> str:
    return terminal.to_terminal(brief, width, "colour" if color else "none")


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_terminal_keeps_its_width(width: int) -> None:
    """No line is wider than the terminal, Chinese counted double."""
    text = shown(seed_brief(2), width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "CNY 76.548 million" in " ".join(text.split()) or width < 80


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [80, 160])
def test_terminal_writes_out_control_characters_and_markup(text: str, width: int) -> None:
    """No escape sequence, bidi override or rich markup of a report reaches the screen."""
    told = shown(brief_with(text), width)
    assert (
        re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", told)
        is None
    )
    if "bold" in text and "rich" in text:
        assert "[bold]" in told


def test_terminal_without_colour_has_no_escapes() -> None:
    """Not at all in pipes; with NO_COLOR bold and dim only."""
    brief = seed_brief(0)
    assert "\x1b" not in shown(brief, 80)
    coloured = shown(brief, 80, color=True)
    assert re.sub("\x1b\\[[0-9;]+m", "", coloured) == shown(brief, 80)
    assert set(re.findall("\x1b\\[([0-9;]+)m", coloured)) == {"0", "1", "2", "36"}
    weighted = terminal.to_terminal(brief, 80, "weight")
    assert set(re.findall("\x1b\\[([0-9;]+)m", weighted)) == {"0", "1", "2"}


@pytest.mark.parametrize("width", [40, 80, 120])
def test_rich_draws_the_same_lines(width: int) -> None:
    """A console of rich that is given a brief shows what the command line shows."""
    brief = Brief.of(seed_brief(0))
    page = io.StringIO()
    console = Console(
        file=page, width=width, force_terminal=True, color_system="standard", no_color=False, legacy_windows=False
    )
    console.print(brief)
    assert page.getvalue() == brief.to_text(width, "colour")


# -- all


def test_all_views_of_an_empty_report() -> None:
    """No metric, no section title, no overview: still a whole view."""
    reading: Reading = read_marked("没有数字。", year=None)
    brief = merge(reading, Draft({}, {}, DraftOverview(DraftProse("", ""))), make_type(), (), make_run())
    assert "0 figures" in to_markdown(brief)
    assert "0 figures" in shown(brief, 80)
    assert to_html(brief).count("<h2>") == 5
    assert to_html(brief, "没有数字。").count("<h2>") == 5
    assert to_csv(brief).count("\r\n") == 1
    assert to_json(brief)


def test_visible_writes_out_what_cannot_be_seen() -> None:
    """As the fault matrix asks: \\x1b."""
    assert safe.visible("\x1b[1m\u202e字") == "\\x1b[1m\\u202e字"
    assert safe.one_line(" a\n\tb\u3000c ") == "a b c"

"""The HTML brief as text: its figures, places in the report, policy, charts. How it behaves: test_browser."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import pytest
from conftest import ROOT, SEEDS, make_run, make_type, read_marked
from markdown_it import MarkdownIt
from test_rendering import HOSTILE, brief_with, parse

from summarizer import Brief, EngineOptions, summarize
from summarizer.brief import Bilingual, BriefData, Prose
from summarizer.engines.protocol import Draft, DraftLabel, DraftOverview, DraftProse
from summarizer.merging import merge
from summarizer.rendering.drawable import changes, totals
from summarizer.rendering.grouping import grouped
from summarizer.rendering.html import to_html
from summarizer.rendering.markdown import to_markdown
from summarizer.rendering.safe import one_line, visible
from summarizer.rendering.verdict import verdict

ALL = pytest.mark.parametrize("position", range(len(SEEDS)))


@cache
def made(position: int) -> Brief:
    """A seed with the recorded replies."""
    seed = SEEDS[position]
    return summarize(seed, engine=EngineOptions(cassette=ROOT / "tests" / "cassettes" / f"{seed.stem}.yaml"))


def briefed(marked: str, labels: int) -> BriefData:
    """A brief of text with its quantities in brackets, each with a label."""
    reading = read_marked(marked)
    draft = Draft({n: DraftLabel(f"名{n}", f"Name {n}") for n in range(labels)}, {}, DraftOverview(DraftProse("", "")))
    return merge(reading, draft, make_type(), (), make_run())


class Texts(HTMLParser):
    """The text of every element with an id, of every cell of a row, and of every link by its address."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.by_id: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.rows: dict[str, list[str]] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "input", "wbr", "line", "rect"):
            self.open.append((tag, dict(attrs), []))

    def handle_data(self, data: str) -> None:
        for _, _, told in self.open:
            told.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("line", "rect"):
            return
        name, attrs, told = self.open.pop()
        assert name == tag
        text = "".join(told)
        if attrs.get("id"):
            self.by_id[attrs["id"] or ""] = text
        if tag == "a":
            self.links.append((attrs.get("href") or "", text))
        if tag in ("td", "th"):
            row = next((a["id"] for t, a, _ in reversed(self.open) if t == "tr" and a.get("id")), None)
            if row:
                self.rows.setdefault(row, []).append(text)


def proses(brief: BriefData) -> Iterator[Prose]:
    overview = brief.overview
    yield from (overview.text, *overview.achievements, *overview.problems, *overview.plans, *overview.fields.values())
    for s in brief.sections:
        yield from (p for p in (s.summary, *s.key_points, *s.fields.values()) if p is not None)


def shown(m: dict[str, dict[str, str]]) -> list[str]:
    """A figure's English and Chinese, once where they are the same."""
    return list(dict.fromkeys((m["display"]["en"], one_line(m["display"]["zh"]))))


# -- figures are those of the JSON


@ALL
def test_figures_of_the_page_are_those_of_the_json(position: int) -> None:
    """Every row and every figure of the prose, in both languages, character by character."""
    brief = made(position)
    told = json.loads(brief.to_json())
    page = Texts(brief.to_html())
    assert list(page.rows) == [m["id"] for m in told["metrics"]]
    for m in told["metrics"]:
        assert page.rows[m["id"]][2].split(" ") == " ".join(shown(m)).split(" ")
        assert page.rows[m["id"]][4] == m["section"]
    figures = [
        (f"#{f.metric}-source", text[span.start : span.end])
        for prose in proses(brief)
        for text, spans in (
            (prose.en, [(f, f.en) for f in prose.figures]),
            (prose.zh, [(f, f.zh) for f in prose.figures]),
        )
        for f, span in sorted(spans, key=lambda pair: pair[1] or (0, 0))
        if span
    ]
    charts = page.by_id.get("charts", "")
    links = [link for link in page.links if link[0].endswith("-source") and not link[0].startswith("#s-")]
    for figure in figures:
        links.remove(figure)
    # What is left: a link for each row, those of the charts and those of the findings.
    rows = [(f"#{m['id']}-source", " ".join(shown(m))) for m in told["metrics"]]
    for row in rows:
        links.remove(row)
    assert all(text in charts or text.startswith("source") for _, text in links)


@ALL
def test_figures_of_the_markdown_are_those_of_the_json(position: int) -> None:
    """Every row, as a CommonMark parser reads it; every figure of the prose stands before a footnote."""
    brief = made(position)
    markdown = to_markdown(brief.data)
    rows = {}
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    for i, token in enumerate(tokens):
        if token.type == "tr_open":
            cells = [t.content for t in tokens[i : i + 40] if t.type == "inline"][:8]
            rows[cells[0].partition(" ")[0]] = cells
    for m in json.loads(brief.to_json())["metrics"]:
        assert rows[m["id"]][3] == m["display"]["en"].replace("~", "\\~")
        assert rows[m["id"]][4].replace("\\", "") == one_line(m["display"]["zh"])
    plain = markdown.replace("\\", "")
    for prose in proses(brief):
        for f in prose.figures:
            for text, span in ((prose.en, f.en), (prose.zh, f.zh)):
                if span:
                    assert re.search(re.escape(one_line(text[span.start : span.end])) + r"( ⚠)?\[\^\d+\]", plain)


# -- places in the report


@ALL
def test_the_page_holds_the_body_and_marks_each_figure_in_it(position: int) -> None:
    """Every character of the body in order; every mark is the figure as the report writes it; every link meets."""
    brief = made(position)
    assert brief.text is not None
    html = brief.to_html()
    page = Texts(html)
    body = brief.text[brief.source.body.start : brief.source.body.end]
    source = page.by_id["source"].partition("返回")[2]
    assert re.sub(r"\s", "", source) == re.sub(r"\s", "", visible(body))
    for m in brief.metrics:
        number = brief.text[m.number.start : m.number.end]
        mark = page.by_id[f"{m.id}-source"]
        assert mark in (visible(m.raw), visible(number))
        assert number in mark
    ids, links = parse(html).ids, {link for link, _ in page.links}
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links} <= {*ids, "-"}
    assert {f"#{m.id}" for m in brief.metrics} <= links


@ALL
def test_without_the_text_the_page_holds_each_sentence_once(position: int) -> None:
    """A brief from JSON: the sentences it quotes, in order, and the same marks."""
    brief = Brief.from_json(made(position).to_json())
    page = Texts(brief.to_html())
    evidence = {(e.start, e.quote) for p in proses(brief) for e in p.evidence}
    evidence |= {(m.evidence.start, m.evidence.quote) for m in brief.metrics}
    source = page.by_id["source"].partition("返回")[2].replace("…", "")
    assert re.sub(r"\s", "", source) == re.sub(r"\s", "", "".join(visible(quote) for _, quote in sorted(evidence)))
    for m in brief.metrics:
        assert page.by_id[f"{m.id}-source"] in m.evidence.quote


def test_places_outside_the_text_still_meet() -> None:
    """A saved brief is someone else's file: offsets that fit no text must not break the page."""
    told = json.loads(made(4).to_json())
    for n, metric in enumerate(told["metrics"]):
        metric["number"] = {"start": 10**9 + n, "end": 10**9 + 5}
        metric["evidence"]["start"] = 10**6 * n
    brief = Brief.from_json(json.dumps(told))
    page = parse(brief.to_html())
    assert {link[1:] for link in page.links} <= {*page.ids, "-"}


@pytest.mark.parametrize("text", HOSTILE)
def test_structure_is_the_same_for_any_text_around_the_figure(text: str) -> None:
    """With the report's text in the page: no element more or less for whatever it says."""

    def tags(text: str) -> dict[str, int]:
        brief = brief_with(text)
        found = parse(to_html(brief, brief.metrics[0].evidence.quote + "\n" + text))
        assert found.bad == []
        for tag in ("span", "a", "p", "b"):  # languages and marks, links cut by them, lines, numbers not accounted for
            del found.tags[tag]
        return found.tags

    assert tags(text) == tags("文字 text")


# -- policy


def test_the_policy_names_the_script_and_style_of_the_page() -> None:
    """A digest each, nothing else allowed, and no attribute that would need more."""
    html = made(0).to_html()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    told = dict(part.split(" ", 1) for part in policy[1].split("; "))
    for name in ("script", "style"):
        (content,) = re.findall(rf"(?s)<{name}>(.*?)</{name}>", html)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert told.pop(f"{name}-src") == f"'sha256-{digest}'"
    assert told == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    assert not re.search(r"<[^>]*\s(?:style|on\w+)=", html)


# -- groups


def test_rows_are_grouped_by_theme_and_else_by_section() -> None:
    """Themes in their own order first; a metric without a key stands under its section of level one."""
    brief = made(3)
    told = json.loads(brief.to_json())
    told["metrics"][41]["key"], told["metrics"][6]["key"] = "fines", "pm25"
    keyed = Brief.from_json(json.dumps(told))
    air, penalties = Bilingual("空气", "Air"), Bilingual("处罚", "Penalties")
    themes = {"pm25": air, "pm10": air, "fines": penalties}
    groups = grouped(keyed.data, themes)
    assert [(g.name, [m.id for m in g.metrics]) for g in groups[:2]] == [(air, ["m7"]), (penalties, ["m42"])]
    assert {m.section.partition(".")[0] for m in groups[2].metrics} == {"1"}
    assert sorted(int(m.id[1:]) for g in groups for m in g.metrics) == list(range(1, len(keyed.metrics) + 1))
    assert keyed.to_markdown(themes).index("### Air · 空气") < keyed.to_markdown(themes).index("### Penalties · 处罚")
    assert "Penalties" in keyed.to_html(themes)
    assert [g.metrics[0].section.partition(".")[0] for g in grouped(keyed.data)] == ["1"]


# -- charts


@pytest.mark.parametrize(
    ("marked", "drawn"),
    [
        ("检查企业[3194家]（含[3125家]工业企业和[69家]检测机构）。", ["3194", "3125", "69"]),
        ("审结[14起]，其中维持[4起]、调解[8起]、驳回[2起]。", ["14", "4", "8", "2"]),
        ("项目[12个]：在建[5个]、完工[7个]。", ["12", "5", "7"]),
        # 其中 may name what overlaps: two that add up by chance prove nothing.
        ("遴选[12个]项目，其中[6个]获国家级评估、[6个]获评省级。", []),
        ("审结[14起]，其中维持[4起]、调解[8起]。", []),  # falls short
        ("审结[14起]；维持[4起]、调解[8起]、驳回[2起]。", []),  # no list of its parts
        ("审结[14起]，其中维持[4件]、调解[8起]、驳回[2起]。", []),  # another unit
        ("审结[14余起|qualifier=over]，其中维持[4起]、调解[8起]、驳回[2起]。", []),  # not exact
        ("占[100%]，其中[40%]、[30%]、[30%]。", []),  # shares of what is not said
    ],
)
def test_a_total_is_drawn_only_with_parts_that_make_it_up(marked: str, drawn: list[str]) -> None:
    """Listed behind it, of its unit, adding up exactly."""
    found = totals(briefed(marked, 5))
    assert [str(m.value) for t in found for m in (t.total, *t.parts)] == drawn


def test_changes_are_drawn_of_one_unit_from_three_on() -> None:
    """Percent alone, largest first; days, points, no change and plans are left out."""
    text = (
        "下降[16.2%|kind=change direction=down unit=%]，增长[39.5%|kind=change direction=up unit=%]，"
        "增加[3天|kind=change direction=up]，[持平|value=0 kind=change direction=flat unit=% words=yes]，"
        "目标[5%|kind=target unit=%]，上升[8%|kind=change direction=up unit=%]。"
    )
    assert [str(m.value) for m in changes(briefed(text, 6))] == ["39.5", "16.2", "8"]
    assert changes(briefed(text.replace("上升[8%|kind=change direction=up unit=%]", "无"), 5)) == ()


def test_bars_are_as_long_as_their_values() -> None:
    """On one scale from the largest fall to the largest rise, in per cent of the width."""
    html = made(2).to_html()
    bars = re.findall(r'<rect class="(up|down)" x="([\d.]+)%" width="([\d.]+)%"', html)
    drawn = sorted(float(width) for _, _, width in bars)
    values = sorted(float(m.value) for m in changes(made(2).data))
    assert [round(w / drawn[-1], 3) for w in drawn] == [round(v / values[-1], 3) for v in values]
    zero = {round(float(x) + (float(w) if way == "down" else 0), 1) for way, x, w in bars}
    assert len(zero) == 1
    parts = [float(w) for w in re.findall(r'<rect class="part" x="[\d.]+%" width="([\d.]+)%"', html)]
    assert sum(parts) == pytest.approx(100 * len(totals(made(2).data)), abs=0.1)


# -- verdict


def test_the_verdict_says_the_same_in_both_languages() -> None:
    """The same numbers in the English and the Chinese of each line."""
    for line in verdict(made(3).data):
        english, chinese = (re.findall(r"\d[\d,]*", text) for text in (line.text, line.text_zh))
        if line.name in ("Says", "Checked", "Careful"):
            assert sorted(english) == sorted(chinese), line
    assert "1 warning (statement may not fit its figure)" in verdict(made(3).data)[-1].text
    assert "警告1条（说法与数字可能不符）" in verdict(made(3).data)[-1].text_zh


# -- Pandoc


@pytest.mark.skipif(
    shutil.which("pandoc") is None, reason="Pandoc is not installed: its reading of Markdown is left out"
)
def test_pandoc_sees_the_same_structure_for_any_text() -> None:
    """Lists, divisions, citations, mathematics and definitions of Pandoc's own dialect come of no report."""

    def kinds(text: str) -> dict[str, int]:
        markdown = to_markdown(brief_with(text))
        done = subprocess.run(
            ["pandoc", "-f", "markdown", "-t", "json"], input=markdown, capture_output=True, text=True, check=True
        )
        found = re.findall(r'"t":"(\w+)"', done.stdout)
        quiet = ("Str", "Space", "SoftBreak", "Code", "Quoted", "DoubleQuote", "SingleQuote")
        return {kind: found.count(kind) for kind in set(found) if kind not in quiet}

    expected = kinds("文字 text")
    for text in (*HOSTILE, "a. b", "iv) b", "(1) b", "::: b", "@name", "x^2^ H~2~O", "^[note]", "Table: x"):
        assert kinds(text) == expected, text

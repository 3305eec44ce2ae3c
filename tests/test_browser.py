"""The HTML brief in a real Chromium: what a reader clicks, types, prints and hears. Left out where there is no browser.

A test fails as well when the page writes to the console, breaks its own policy or asks for anything from elsewhere.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, SEEDS
from test_rendering import HOSTILE, brief_with

from summarizer import Brief, EngineOptions, summarize
from summarizer.rendering.html import to_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}

if CHROMIUM is None:
    pytest.skip(
        "browser tests are left out: no Chromium found (on Debian: apt-get install chromium fonts-noto-cjk)",
        allow_module_level=True,
    )


# Not for the whole session: while Playwright runs, no other test of the process could start an event loop.
@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def show(browser: "Browser", tmp_path: Path) -> "Iterator[Callable[..., Page]]":
    """Opens a page of its own profile; what it does wrong meanwhile fails the test."""
    wrong: list[str] = []
    contexts = []

    def asked(url: str) -> None:
        if not url.startswith("file://"):
            wrong.append(f"asked for {url}")

    def opened(html: str, viewport: dict[str, int] = WIDE, **options: Any) -> "Page":
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(html, "utf-8")
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked(request.url))
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@cache
def made(position: int) -> Brief:
    """A seed with the recorded replies."""
    seed = SEEDS[position]
    return summarize(seed, engine=EngineOptions(cassette=ROOT / "tests" / "cassettes" / f"{seed.stem}.yaml"))


@cache
def html(position: int, text: bool = True) -> str:
    brief = made(position)
    return brief.to_html() if text else to_html(brief.data)


def lit(page: "Page") -> str:
    """The text of the highlighted figure; fails unless it is seen, with its sentence, where the text is shown."""
    mark = page.locator(".text mark:target")
    assert mark.count() == 1
    assert is_seen(mark)
    pane = page.locator("#source").bounding_box()
    box = mark.bounding_box()
    assert pane is not None
    assert box is not None
    assert pane["y"] <= box["y"] <= pane["y"] + pane["height"]
    ground = "e => getComputedStyle(e).backgroundColor"
    sentence = page.locator(".sentence:has(:target)")
    assert mark.evaluate(ground) != sentence.evaluate(ground) != page.locator("#source").evaluate(ground)
    return mark.inner_text()


def is_seen(part: "Locator") -> bool:
    """Inside the window and on top there."""
    return bool(
        part.evaluate(
            """e => {
                const box = e.getClientRects()[0];
                if (!box) return false;
                const on = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return on !== null && (e.contains(on) || on.contains(e));
            }"""
        )
    )


def rows(page: "Page") -> list[str]:
    return page.eval_on_selector_all("#table tbody tr[id]", "all => all.filter(e => e.offsetParent).map(e => e.id)")


# -- from a figure to its source and back


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("text", [True, False], ids=["text", "sentences"])
@pytest.mark.parametrize("way", ["#overview a.figure >> text=76.548", "#m34 td.figure a"], ids=["prose", "table"])
def test_a_figure_leads_to_its_highlighted_source_and_back(
    show: "Callable[..., Page]", way: str, text: bool, viewport: dict[str, int]
) -> None:
    """In prose and in the table, with the report's text and without, beside the brief and from below."""
    page = show(html(2, text), viewport)
    figure = page.locator(way).first
    figure.click()
    page.wait_for_timeout(200)  # until the page has come to rest
    place = figure.bounding_box()
    assert is_seen(figure)
    assert lit(page) == "7654.8万元"
    assert "罚款金额7654.8万元" in page.locator(".sentence:has(:target)").inner_text()
    page.locator("#back").click()
    assert page.locator(":target").count() == 0
    assert figure.evaluate("e => e === document.activeElement")
    assert figure.bounding_box() == place
    assert is_seen(figure)


def test_the_figure_in_the_text_leads_back_too(show: "Callable[..., Page]") -> None:
    """To where the reader came from; for a reader who came from nowhere, to its row."""
    page = show(html(2))
    figure = page.locator("#overview a.figure >> text=76.548").first
    figure.click()
    page.locator(".text mark:target a").click()
    assert figure.evaluate("e => e === document.activeElement")
    page.locator("#m33-source a").click()
    assert page.locator("#m33:target").count() == 1
    assert is_seen(page.locator("#m33 td.figure"))


def test_every_jump_ends_where_it_should(show: "Callable[..., Page]") -> None:
    """Parts far from the window are laid out late; a link into them still ends at its target, and seen."""
    for link, target in (
        ("#m60 td.section a", "#s-1\\.6"),
        ("nav a[href='#findings']", "#findings h2"),
        ("#findings a[href='#m13']", "#m13 th"),
        ("nav a[href='#sections']", "#sections h2"),
        ("#s-4 a.quiet", "#s-4-source"),
        ("nav a[href='#figures']", "#figures h2"),
    ):
        page = show(html(2))
        page.locator(link).click()
        page.wait_for_timeout(100)
        assert page.locator(target).bounding_box(), target
        box = page.locator(target).bounding_box() or {"y": -1}
        assert 0 <= box["y"] < WIDE["height"], target


def test_back_in_the_browser_goes_back_too(show: "Callable[..., Page]") -> None:
    """Every jump is an address of the history."""
    page = show(html(2))
    page.locator("#m34 td.figure a").click()
    page.locator("#m20 td.figure a").click()
    assert lit(page) == "2651亿元"
    page.go_back()
    assert lit(page) == "7654.8万元"
    page.go_back()
    assert page.locator(":target").count() == 0


def test_the_sentences_of_a_text_without_figures_are_shown(show: "Callable[..., Page]") -> None:
    """What went wrong seldom has figures; its sentences are links as well."""
    page = show(html(2))
    page.locator("#problems .origin a").first.click()
    sentence = page.locator(".text .sentence:target")
    assert is_seen(sentence)
    assert "普法宣传不够新颖" in sentence.inner_text()


def test_by_keyboard_alone(show: "Callable[..., Page]") -> None:
    """Tab to a figure, Enter to its source, Enter or Escape back, and on from there."""
    page = show(html(2))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('figure')"):
            break
    first = page.evaluate("document.activeElement.hash")
    for key in ("Enter", "Escape"):
        page.keyboard.press("Enter")
        page.locator("mark:target a:focus").wait_for()
        assert page.evaluate("'#' + document.activeElement.parentElement.id") == first
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.hash") == first
        assert page.evaluate("document.activeElement.closest('#overview') !== null")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") != first


def test_it_all_works_without_script(show: "Callable[..., Page]") -> None:
    """Links, the way back and the languages need none; what does need it is not shown."""
    page = show(html(2), java_script_enabled=False)
    assert not page.locator("#filters").is_visible()
    page.locator("#m34 td.figure a").click()
    assert page.locator(".text mark:target").inner_text() == "7654.8万元"
    page.locator(".text mark:target a").click()
    assert page.locator("tr:target").get_attribute("id") == "m34"
    page.locator("label:has(#only-zh)").click()
    assert not page.locator("main .en:visible").count()


# -- the table


def test_filtering(show: "Callable[..., Page]") -> None:
    """By words in either language, group, kind and status, all at once; headings without rows go."""
    page = show(html(3))
    every = rows(page)
    assert len(every) == len(made(3).metrics)
    page.locator("#find").fill("pm2.5 浓度")
    pm = [m.id for m in made(3).metrics if m.label.zh and m.label.en and "PM2.5" in m.label.en and "浓度" in m.label.zh]
    assert rows(page) == pm
    assert page.locator("#shown").inner_text() == f"{len(pm)} / {len(every)}"
    page.locator("select[name=kind]").select_option("change")
    changes = {m.id for m in made(3).metrics if m.kind == "change"}
    assert rows(page) == [m for m in pm if m in changes]
    page.locator("#find").fill("no such words")
    assert rows(page) == []
    assert page.locator("#table .group:visible").count() == 0
    page.locator("#clear").click()
    assert rows(page) == every
    page.locator("select[name=status]").select_option("unverified")
    assert rows(page) == [m.id for m in made(3).metrics if m.status == "unverified"]
    page.locator("#clear").click()
    for n, heading in enumerate(page.locator("#table .group").all_inner_texts()):
        page.locator("select[name=group]").select_option(str(n))
        assert page.locator("#table .group:visible").all_inner_texts() == [heading]


def test_a_link_shows_the_row_that_a_filter_hides(show: "Callable[..., Page]") -> None:
    """The way from the text or a finding to a row ends at the row."""
    page = show(html(3))
    page.locator("#find").fill("no such words")
    page.locator("#findings a[href='#m35']").click()
    assert page.locator("#m35:target").is_visible()


def test_sorting(show: "Callable[..., Page]") -> None:
    """Up, down, and in the order of the report again; values are compared within their unit."""
    page = show(html(2))
    before = rows(page)
    heading = page.locator("th[data-key=figure]")
    by_id = {m.id: m for m in made(2).metrics}
    for direction, sign in (("ascending", 1), ("descending", -1)):
        heading.locator("button").click()
        assert heading.get_attribute("aria-sort") == direction
        values: dict[str, list[Any]] = {}
        units = []
        for id in rows(page):
            values.setdefault(by_id[id].unit.zh or "", []).append(by_id[id].value * sign)
            units.append(by_id[id].unit.zh)
        assert all(several == sorted(several) for several in values.values())
        assert sum(a != b for a, b in pairwise(units)) == len(values) - 1
    page.locator("th[data-key=what] button").click()
    assert heading.get_attribute("aria-sort") is None
    labels = [by_id[id].label.en or "" for id in rows(page)]
    assert labels == sorted(labels, key=str.lower)
    for _ in range(2):
        page.locator("th[data-key=what] button").click()
    assert rows(page) == before


# -- languages


def test_one_language_at_a_time(show: "Callable[..., Page]") -> None:
    """Both at first; then nothing Chinese but the report's own text, or nothing English but figures of both."""
    page = show(html(3))
    main = page.locator("main")
    assert "Achievements" in main.inner_text()
    assert "成效" in main.inner_text()
    page.locator("label:has(#only-en)").click()
    for part in ("h1", ".issuer", ".tiles", "#overview", "#charts", "#sections"):
        assert not re.search("[\u4e00-\u9fff]", page.locator(part).inner_text()), part
    hidden = "all => all.every(e => getComputedStyle(e).display === 'none')"
    assert page.eval_on_selector_all("main .zh", hidden)
    page.locator("label:has(#only-zh)").click()
    assert "成效" in main.inner_text()
    assert not re.search("Achievements|What went wrong|Figures", main.inner_text())
    assert "临沂市生态环境局兰山分局" in page.locator("#source").inner_text()


# -- paper


def test_two_pages_of_a4(show: "Callable[..., Page]") -> None:
    """Overview and table of a report of fifty-seven figures, with the head of the table on both."""
    pdf = show(html(3)).pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {(595, 842)}


def test_what_is_printed(show: "Callable[..., Page]") -> None:
    """Verdict, overview and the whole table; no controls, no text of the report."""
    page = show(html(3))
    page.emulate_media(media="print")
    for part in ("h1", ".tiles", "#overview", "#problems", "#table", "#m1", "#m57"):
        assert page.locator(part).is_visible(), part
    for part in (".bar", "#filters", "#source", "#sections", ".skip", "footer"):
        assert not page.locator(part).is_visible(), part


# -- for everyone


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(show: "Callable[..., Page]", scheme: str) -> None:
    """WCAG AA: text and its ground differ by 4.5 to 1 or more, in light and dark; the page follows the system."""
    page = show(html(3), color_scheme=scheme, bypass_csp=True)
    page.add_style_tag(content="* { content-visibility: visible !important }")  # also what is far from the window
    page.locator("#m21 td.figure a").click()
    page.wait_for_timeout(600)  # until the highlight has settled
    poor, dark = page.evaluate(
        """() => {
            const parse = (c) => c.match(/[\\d.]+/g).map(Number);
            const light = ([r, g, b]) => {
                const [x, y, z] = [r, g, b].map((v) => {
                    v /= 255;
                    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * x + 0.7152 * y + 0.0722 * z;
            };
            const ground = (e) => {
                for (; e; e = e.parentElement) {
                    const c = parse(getComputedStyle(e).backgroundColor);
                    if (c.length === 3 || c[3] > 0) return c;
                }
                return [255, 255, 255];
            };
            const poor = [];
            for (const e of document.querySelectorAll("body *")) {
                const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
                if (!own || !e.offsetParent || e.closest("option, script")) continue;
                const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
                if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(`${e.className} ${e.textContent.slice(0, 30)}`);
            }
            return [poor, light(ground(document.body)) < 0.2];
        }"""
    )
    assert poor == []
    assert dark is (scheme == "dark")


def test_what_a_screen_reader_is_told(show: "Callable[..., Page]") -> None:
    """Landmarks, one first heading, no level left out, names for all controls, languages of both texts."""
    page = show(html(2))
    assert page.locator("main, nav[aria-label], aside[aria-label], footer, body > header").count() == 5
    levels = page.eval_on_selector_all("h1, h2, h3, h4, h5", "all => all.map(e => Number(e.tagName[1]))")
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert page.eval_on_selector_all("input, select", "all => all.filter(e => !e.labels.length).length") == 0
    assert page.locator("th:not([scope])").count() == 0
    untold = "table, thead, tbody, tr, th, td"  # the style makes grids of them, which have no such roles of their own
    assert page.locator(f":is({untold}):not([role])").count() == 0
    assert page.locator("html").get_attribute("lang") == "en"
    unnamed = """all => all.filter(e => {
        const own = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join("");
        return /[\u4e00-\u9fff]/.test(own) && !e.closest("[lang|=zh], option, legend, style, script, title");
    }).map(e => e.outerHTML.slice(0, 120))"""
    assert page.eval_on_selector_all("#overview *, #figures *, #sections *, #source *", unnamed) == []


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_nothing_hangs_over_the_edge(show: "Callable[..., Page]", width: int) -> None:
    """No sideways scrolling of the page at any width."""
    page = show(html(2), {"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# -- hostile text


def test_hostile_text_stays_text(show: "Callable[..., Page]", tmp_path: Path) -> None:
    """Whatever a report says in any place: no script, dialog, request or frame, and the page works on."""
    page = show(html(4))
    path = tmp_path / "hostile.html"
    for text in HOSTILE:
        brief = brief_with(text)
        path.write_text(to_html(brief, text + brief.metrics[0].evidence.quote + text), "utf-8")
        page.goto(path.as_uri())
        assert page.locator("script").count() == 1
        assert page.locator("img, iframe, svg:not(.bars svg), form, object, embed, base, link").count() == 0
        assert page.eval_on_selector_all("a[href]", "all => all.every(e => e.getAttribute('href').startsWith('#'))")
        page.locator("#m1 td.figure a").click()
        assert page.locator(".text :target").count() == 1


def test_the_policy_lets_only_our_script_and_style_in(browser: "Browser", tmp_path: Path) -> None:
    """Even if escaping failed: script, handler, style, image and base of anyone else are refused."""
    injected = (
        "<script>window.bad = 1</script><img src=x onerror='window.bad = 2'><svg onload='window.bad = 3'></svg>"
        "<style>h1 { color: rgb(1, 2, 3) }</style><p id=p style='color: rgb(1, 2, 3)'>x</p>"
        "<base href='//evil.example/'>"
    )
    path = tmp_path / "page.html"
    path.write_text(html(0).replace("<main", injected + "<main", 1), "utf-8")
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(path.as_uri())
    assert page.evaluate("window.bad") is None
    assert page.locator("h1").evaluate("e => getComputedStyle(e).color") != "rgb(1, 2, 3)"
    assert page.locator("#p").evaluate("e => getComputedStyle(e).color") != "rgb(1, 2, 3)"
    assert page.evaluate("document.baseURI").startswith("file:")
    assert sum("Content Security Policy" in text for text in refused) >= 5
    page.close()


# -- a new user


def test_a_new_user_finds_what_matters(show: "Callable[..., Page]") -> None:
    """In three clicks or less: the fines in both languages, what went wrong, what could not be verified."""
    page = show(html(2))
    figure = page.locator(
        "#overview .lead a.figure", has_text="CNY 76.548 million"
    )  # no click: it is on the first screen
    figure.click()
    assert "罚款金额7654.8万元" in page.locator(".sentence:has(:target)").inner_text()
    page.locator(".tiles a[href='#problems']").click()
    assert is_seen(page.locator("#problems h3"))
    assert made(2).overview.problems[0].en in page.locator("#problems").inner_text()
    page.locator("nav a[href='#findings']").click()
    assert is_seen(page.locator("#findings h2"))
    assert "Not all done" in page.locator("#findings").inner_text()

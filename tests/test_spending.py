"""Nothing finished is asked for twice, budgets hold, calls run side by side."""

import threading
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from benchmarks.hand_written import load
from summarizer.costs import Price, parse, price_of
from summarizer.dialogue import Budget
from summarizer.engines.protocol import Draft, Reading
from summarizer.engines.reader import LlmEngine
from summarizer.engines.side_by_side import side_by_side
from summarizer.errors import EngineOutputError, LimitError, ReportTypeError
from summarizer.pipeline import read_report
from summarizer.reading import read_text
from summarizer.resources import load_prices, load_prompts, load_report_type
from summarizer.tokens import estimate

SEED = "003_8a1071f0018ceb90"


class _Answer:
    requests = 1

    def __init__(self, value: BaseModel) -> None:
        self.value = value
        self.usage = _Usage()


class _Usage:
    prompt: int | None = 2000
    cached: int | None = 0
    completion: int | None = 1000


class Scripted:
    """A model that answers from the replies written by hand, and counts."""

    def __init__(self, replies: Any) -> None:
        self._replies = replies
        self.asked: list[str] = []
        self._lock = threading.Lock()

    def ask(self, messages: Sequence[Mapping[str, str]], response_model: type[BaseModel], *, name: str) -> _Answer:
        with self._lock:
            self.asked.append(name)
        return _Answer(response_model.model_validate(self._replies({"messages": messages})))


def nothing(request: Mapping[str, Any]) -> dict[str, Any]:
    """An answer without content; none at all for an overview."""
    if "<summaries>" in request["messages"][1]["content"]:
        raise EngineOutputError("no answer")
    return {"labels": [], "titles": [], "summaries": []}


class Shelf:
    """A shelf in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}

    def get(self, key: str) -> dict[str, Any] | None:
        return self.kept.get(key)

    def put(self, key: str, value: Mapping[str, Any], about: str) -> None:
        self.kept[key] = dict(value)


def draft(model: Scripted, reading: Reading, shelf: Shelf, budget: Budget | None = None) -> Draft:
    engine = LlmEngine(model, load_prompts(), model_name="scripted", host=None, shelf=shelf, budget=budget)
    return engine.draft(reading, load_report_type())


def test_a_second_run_asks_nothing_and_says_the_same() -> None:
    """Labels, titles, summaries, marks and overview come back from the shelf as they were."""
    reading, replies = load(SEED)
    shelf, first, second = Shelf(), Scripted(replies), Scripted(replies)
    one = draft(first, reading, shelf)
    two = draft(second, reading, shelf)
    assert first.asked
    assert second.asked == []
    assert (one.labels, one.sections, one.overview, one.faults) == (two.labels, two.sections, two.overview, two.faults)
    assert two.usage.reused == len(shelf.kept) - 1


def test_an_edited_section_is_asked_for_alone() -> None:
    """An edit in one section leaves the answers about the others where they are, though places and ids have moved."""
    reading, replies = load(SEED)
    text = reading.document.text
    shelf = Shelf()
    draft(Scripted(replies), reading, shelf)
    before = text.index("(二)环境普法力度还需加大")
    edited = read_report(read_text(text[:before] + text[before:].replace("还不理想", "仍不理想", 1), "edited"))
    model = Scripted(nothing)
    told = draft(model, edited, shelf)
    assert [name for name in model.asked if "repair" not in name] == ["section 2.2", "overview"]
    assert told.labels[5] == draft(Scripted(replies), reading, Shelf()).labels[5]


def test_a_limit_is_refused_before_the_first_call() -> None:
    """--max-calls below what is planned: nothing is asked."""
    reading, replies = load(SEED)
    model = Scripted(replies)
    with pytest.raises(LimitError, match="--max-calls"):
        draft(model, reading, Shelf(), Budget(max_calls=2))
    price = Price("scripted", "USD", Decimal(1), Decimal(1), Decimal(2))
    with pytest.raises(LimitError, match="--max-cost"):
        draft(model, reading, Shelf(), Budget(max_cost=Decimal("0.001"), price=price))
    assert model.asked == []


def test_a_budget_that_runs_out_keeps_what_is_finished() -> None:
    """Dearer than estimated: the run stops, its sections stay, and the next run goes on from there."""
    reading, replies = load(SEED)
    shelf, model = Shelf(), Scripted(replies)
    dear = Price("scripted", "USD", Decimal(20), Decimal(20), Decimal(20))
    engine = LlmEngine(
        model,
        load_prompts(),
        model_name="scripted",
        host=None,
        shelf=shelf,
        budget=Budget(max_cost=Decimal("0.24"), price=dear),
        most=1,
    )
    told = engine.draft(reading, load_report_type())
    assert any(fault.failed for fault in told.faults)
    kept = len(shelf.kept)
    again = Scripted(replies)
    whole = draft(again, reading, shelf)
    assert not any(fault.failed for fault in whole.faults)
    assert 0 < kept < len(shelf.kept)
    assert not set(model.asked) & set(again.asked) - {"overview"}


def test_side_by_side_keeps_order_and_bounds_what_runs() -> None:
    """Results come in the order given, whatever finishes first; never more than `most` at a time."""
    running, most = 0, 0
    lock = threading.Lock()

    def work(n: int) -> int:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.002 * (7 - n % 7))
        with lock:
            running -= 1
        return n * n

    assert list(side_by_side(work, range(30), most=4)) == [n * n for n in range(30)]
    assert most <= 4
    assert list(side_by_side(work, [], most=4)) == []


def test_side_by_side_hands_on_the_first_error() -> None:
    """An error of the work is the caller's; nothing new is begun after it."""
    begun = []

    def work(n: int) -> int:
        begun.append(n)
        if n == 2:
            raise ValueError("two")
        return n

    with pytest.raises(ValueError, match="two"):
        list(side_by_side(work, range(100), most=1))
    time.sleep(0.05)
    assert len(begun) < 100


def test_prices() -> None:
    """Cached tokens have their own price; a model without an entry has none; a faulty file is told with its name."""
    price = Price("qwen-*", "CNY", Decimal("0.8"), Decimal("0.2"), Decimal(2))
    assert price.of(1_000_000, 500_000, 1_000_000) == Decimal("2.5")
    assert price_of("Qwen-plus", (price,)) is price
    assert price_of("other", (price,)) is None
    assert all(p.completion >= p.prompt >= p.cached for p in load_prices())
    with pytest.raises(ReportTypeError, match=r"own\.toml"):
        parse("own.toml", '[[price]]\nmodel = "x"\n')


def test_the_token_estimate_grows_with_the_text() -> None:
    """Chinese is counted by characters, English by words; nothing is free."""
    assert estimate("") == 1
    assert estimate("办理行政处罚案件") == pytest.approx(6, abs=1)
    assert estimate("administrative penalty cases") == pytest.approx(4, abs=1)


def test_the_command_line_refuses_before_spending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 7, one line, and no attempt to reach the endpoint."""
    from summarizer.cli.main import run

    monkeypatch.setenv("SUMMARIZER_STORE", str(tmp_path / "store.sqlite3"))
    args = ["summarize", f"seeds/{SEED}.txt", "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--max-calls", "1"]
    assert run(args) == 7

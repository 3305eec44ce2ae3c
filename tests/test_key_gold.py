"""Canonical keys of the seeds against those given by hand (`tests/data/keys`)."""

import json

import pytest
from conftest import ROOT, SEEDS

from summarizer import EngineOptions, summarize

Judged = dict[tuple[int, int], set[str | None]]


def judged(name: str) -> Judged:
    """The answers that hold for each figure; "null" among `also` is none."""
    rows = map(json.loads, (ROOT / "tests" / "data" / "keys" / f"{name}.jsonl").read_text("utf-8").splitlines())
    return {
        (row["start"], row["end"]): {row["key"], *(None if key == "null" else key for key in row["also"])}
        for row in rows
    }


@pytest.mark.parametrize("engine", ["offline", "llm"])
def test_keys_are_the_readers(engine: str) -> None:
    """A wrong key is worse than none: nearly all that are given are right, and nine of ten are given."""
    right = wrong = missed = 0
    for seed in SEEDS:
        cassette = ROOT / "tests" / "cassettes" / f"{seed.stem}.yaml" if engine == "llm" else None
        brief = summarize(
            seed, engine=EngineOptions(engine="offline") if cassette is None else EngineOptions(cassette=cassette)
        )
        answers = judged(seed.stem)
        assert {(m.number.start, m.number.end) for m in brief.metrics} == set(answers)
        for metric in brief.metrics:
            allowed = answers[metric.number.start, metric.number.end]
            right += metric.key is not None and metric.key in allowed
            wrong += metric.key is not None and metric.key not in allowed
            missed += metric.key is None and None not in allowed
    assert right / (right + wrong) >= 0.98
    assert right / (right + missed) >= 0.90

"""Record the cassettes of `tests/cassettes`.

With OPENAI_MODEL set, each seed is briefed by that endpoint and what it answers is recorded. Without one, a local
OpenAI-compatible endpoint serves the replies written by hand while the same code records them.

    python -m benchmarks.record_cassettes [NAME ...]
"""

import os
import sys
from collections.abc import Sequence

from benchmarks.hand_written import CASSETTES, MODEL, ROOT, endpoint, load, names
from summarizer import EngineOptions, summarize


def record(name: str) -> None:
    """Record the cassette of one seed."""
    seed = ROOT / "seeds" / f"{name}.txt"
    target = CASSETTES / f"{name}.yaml"
    target.unlink(missing_ok=True)
    if os.environ.get("OPENAI_MODEL"):
        summarize(seed, engine=EngineOptions(engine="llm", cassette=target))
        return
    _, replies = load(name)
    with endpoint(replies) as url:
        summarize(seed, engine=EngineOptions(engine="llm", model=MODEL, base_url=url, cassette=target))


def main(asked: Sequence[str]) -> None:
    """Record the named seeds, or all that have replies."""
    for name in asked or names():
        record(name)
        print(f"recorded {name}")


if __name__ == "__main__":
    main(sys.argv[1:])

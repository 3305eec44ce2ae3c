"""Measures the llm engine beside a plain client: python -m benchmarks.llm [--lengths honest|terse] [--json]

Each contender briefs the five seeds in a process of its own on the endpoint of `benchmarks/endpoint.py`, one after
another, in one run: us as `summarize_many` does it and with the reports side by side, a client as one would write it
in forty lines (in a loop, and with asyncio.gather), and on paper the shortest time our own calls could take.
"""

import argparse
import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from benchmarks.endpoint import Endpoint

Json = dict[str, Any]
MODEL = "rule"
IMPORTS = "import openai, instructor"
# What the client with asyncio.gather took on such an endpoint when the bars were set: requests, prompt tokens with the
# schema, completion tokens, seconds of the whole process.
KNOWN = (60, 42_500, 16_100, 9.6)


def seeds() -> list[Path]:
    """The five reports."""
    return sorted((ROOT / "seeds").glob("*.txt"))


# -- the rival: what one writes on an afternoon


def plain_client(url: str, gathered: bool) -> None:
    """One call for each section, then one for the overview of each report."""
    import re

    import instructor
    from openai import AsyncOpenAI
    from pydantic import BaseModel

    class Metric(BaseModel):
        name_zh: str
        name_en: str
        value: float
        unit: str

    class SectionSummary(BaseModel):
        summary_zh: str
        summary_en: str
        metrics: list[Metric]

    class Overview(BaseModel):
        overview_zh: str
        overview_en: str

    system = (
        "You are an analyst of Chinese government reports. Summarise the given section in Chinese and in English, in "
        "two or three sentences each, and extract its three most important metrics with their names in both "
        "languages, their value and their unit. Keep to the text; do not invent anything."
    )

    async def everything() -> None:
        async with AsyncOpenAI(base_url=url, api_key="none") as raw:
            client = instructor.from_openai(raw)

            async def ask(text: str, shape: type[BaseModel]) -> Any:
                messages: Any = [{"role": "system", "content": system}, {"role": "user", "content": text}]
                return await client.create(model=MODEL, messages=messages, response_model=shape)

            async def report(path: Path) -> Any:
                text = path.read_text("utf-8")
                sections = re.split(r"(?:(?<=\s)|(?<=。))(?=[（(][一二三四五六七八九十]+[）)])", text)[1:]
                asked = [ask(f"Report: {path.stem}\n\n{section}", SectionSummary) for section in sections]
                parts = await asyncio.gather(*asked) if gathered else [await one for one in asked]
                told = "\n\n".join(f"{p.summary_zh}\n{p.summary_en}" for p in parts)
                return await ask(f"Report: {path.stem}\n\nWrite an overview of the whole report.\n\n{told}", Overview)

            reports = [report(path) for path in seeds()]
            _ = await asyncio.gather(*reports) if gathered else [await one for one in reports]

    asyncio.run(everything())


# -- us


def _options(url: str) -> Any:
    from summarizer.engines.opening import EngineOptions

    return EngineOptions(engine="llm", model=MODEL, base_url=url, side_by_side=64)


def ours(url: str) -> None:
    """All reports through `summarize_many`, as the command line does it."""
    from summarizer import summarize_many

    for outcome in summarize_many(seeds(), engine=_options(url)):
        _judge(outcome.brief, outcome.error)


def ours_threads(url: str) -> None:
    """Each report through a `summarize` of its own, all at once."""
    from summarizer import summarize

    with ThreadPoolExecutor(len(seeds())) as pool:
        for brief in pool.map(lambda path: summarize(path, engine=_options(url)), seeds()):
            _judge(brief, None)


def ours_processor(url: str) -> float:
    """Processor seconds of a report without imports: everything is loaded by a first small report."""
    from summarizer import summarize, summarize_text

    summarize_text("一、工作情况\n办理案件15件。\n", engine=_options(url))  # loads all there is to load
    before = time.process_time()
    for path in seeds():
        _judge(summarize(path, engine=_options(url)), None)
    return (time.process_time() - before) / len(seeds())


def _judge(brief: Any, error: Exception | None) -> None:
    """Stop at a brief that would not count: failed sections, offline labels, or items asked for again."""
    if error is not None:
        raise error
    if brief.run.retries or any(f.code in ("section_failed", "missing_item", "no_answer") for f in brief.findings):
        print(f"{brief.source.name}: {brief.run.retries} re-asks", file=sys.stderr)


CONTENDERS: Mapping[str, Callable[[str], Any]] = {
    "ours": ours,
    "ours, threads": ours_threads,
    "client, loop": lambda url: plain_client(url, gathered=False),
    "client, gather": lambda url: plain_client(url, gathered=True),
    "processor": ours_processor,
}


# -- measuring


@dataclass(frozen=True, slots=True)
class Measured:
    """What one contender took; seconds, megabytes, tokens."""

    name: str
    requests: int
    rejected: int
    prompt: int
    cached: int
    schema: int
    completion: int
    in_flight: int
    calls_seconds: float
    process_seconds: float
    megabytes: float
    limit_seconds: float
    told: float | None = None


def measure(name: str, endpoint: "Endpoint") -> Measured:
    """Run a contender in a process of its own."""
    endpoint.reset()
    command = [sys.executable, "-m", "benchmarks.llm", "--contender", name, "--url", endpoint.url]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "SUMMARIZER_"))}
    with tempfile.TemporaryDirectory() as folder:
        # A store of its own, empty: nothing is found in it, and writing to it is measured.
        environment["SUMMARIZER_STORE"] = str(Path(folder, "store.sqlite"))
        began = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment)
        seconds = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"{name} failed:\n{done.stderr[-3000:]}")
    sys.stderr.write(done.stderr)
    told = json.loads(done.stdout)
    stats = endpoint.stats
    return Measured(
        name=name,
        requests=stats.requests,
        rejected=stats.rejected,
        prompt=stats.prompt_tokens,
        cached=stats.cached_tokens,
        schema=stats.schema_tokens,
        completion=stats.completion_tokens,
        in_flight=stats.max_in_flight,
        calls_seconds=stats.wall_seconds,
        process_seconds=seconds,
        megabytes=told["megabytes"],
        limit_seconds=limit(stats.told(calls=True)["calls"]),
        told=told["told"],
    )


def limit(calls: Sequence[Json]) -> float:
    """Seconds the calls would take with all sections at once and the overview after them, reports side by side."""
    longest: dict[str, dict[bool, float]] = {}
    for call in calls:
        last = call["kind"].endswith("overview")
        known = longest.setdefault(call["report"] if not call["kind"].startswith("other") else "", {})
        known[last] = max(known.get(last, 0.0), call["latency"])
    return max((sum(parts.values()) for parts in longest.values()), default=0.0)


def import_seconds(times: int = 3) -> float:
    """Median wall time of importing both libraries in a new process."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", IMPORTS], check=True, cwd=ROOT)
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def bars(us: Measured, rival: Measured, processor: float, imports: float) -> Iterator[tuple[str, float, float]]:
    """The project's bars: name, what was measured, what it may be at most."""
    # Tools and response formats are a part of the prompt, and are paid for as such.
    prompt = us.prompt + us.schema
    rivals = (
        ("gather", rival.requests, rival.prompt + rival.schema, rival.completion, rival.process_seconds),
        ("gather as known", *KNOWN),
    )
    for name, requests, prompts, completion, seconds in rivals:
        yield f"requests <= 0.8 x {name}", us.requests, 0.8 * requests
        yield f"prompt and schema tokens <= 1.0 x {name}", prompt, prompts
        yield f"completion tokens <= 1.3 x {name}", us.completion, 1.3 * completion
        yield f"whole process <= 1.5 x {name}, s", us.process_seconds, 1.5 * seconds
    yield "first request to last reply <= 1.15 x limit, s", us.calls_seconds, 1.15 * us.limit_seconds
    yield "whole process <= limit + 1.2 x imports, s", us.process_seconds, us.limit_seconds + 1.2 * imports
    yield "own processor time of a report <= 0.3, s", processor, 0.3


def _table(found: Sequence[Measured]) -> Iterator[str]:
    yield (
        f"{'':<16}{'requests':>9}{'rejected':>9}{'prompt':>8}{'cached':>8}{'schema':>8}{'reply':>8}"
        f"{'at once':>8}{'calls s':>9}{'limit s':>9}{'process s':>10}{'MB':>6}"
    )
    for m in found:
        yield (
            f"{m.name:<16}{m.requests:>9}{m.rejected:>9}{m.prompt:>8}{m.cached:>8}{m.schema:>8}{m.completion:>8}"
            f"{m.in_flight:>8}{m.calls_seconds:>9.2f}{m.limit_seconds:>9.2f}{m.process_seconds:>10.2f}{m.megabytes:>6.0f}"
        )


def _contend(name: str, url: str) -> None:
    told = CONTENDERS[name](url)
    print(json.dumps({"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "told": told}))


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lengths", choices=("honest", "terse"), default="honest", help="how much is answered")
    parser.add_argument("--ttft", type=float, default=0.4)
    parser.add_argument("--prefill", type=float, default=5000)
    parser.add_argument("--decode", type=float, default=80)
    parser.add_argument("--loop", action="store_true", help="the client in a loop too; it takes minutes")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--contender", choices=sorted(CONTENDERS), help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.contender:
        _contend(args.contender, args.url)
        return 0
    # Not above: a contender must not pay for what it does not use.
    from benchmarks.endpoint import Settings, serving
    from benchmarks.rule_answers import Lengths

    settings = Settings(args.ttft, args.prefill, args.decode, lengths=Lengths.known()[args.lengths])
    imports = import_seconds()
    names = [n for n in CONTENDERS if n != "processor" and (args.loop or n != "client, loop")]
    with serving(settings) as endpoint:
        found = [measure(name, endpoint) for name in names]
    with serving(Settings(0, 1e9, 1e9, lengths=settings.lengths)) as endpoint:
        processor = measure("processor", endpoint).told or 0.0
    by_name = {m.name: m for m in found}
    judged = {
        name: list(bars(by_name[name], by_name["client, gather"], processor, imports))
        for name in names
        if name.startswith("ours")
    }
    if args.json:
        whole = {"imports": imports, "processor": processor, "bars": judged}
        print(json.dumps({**whole, "contenders": [{s: getattr(m, s) for s in m.__slots__} for m in found]}, indent=1))
        return 0
    print(*_table(found), sep="\n")
    print(f"\n{IMPORTS}: {imports:.2f} s; own processor time {processor:.3f} s a report")
    for name, rows in judged.items():
        print(f"\n{name}")
        for bar, value, most in rows:
            print(f"  {'met   ' if value <= most else 'MISSED'}  {bar:<48}{value:>9.2f}  of {most:>9.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

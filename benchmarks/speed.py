"""Measures the pipeline: python benchmarks/speed.py [REPORT...] [--growth] [--json]

Characters per second of each stage and microseconds per figure, best of the repeats; the whole process on the first
report against `python -c "import pydantic, rich, click"`, runs taking turns, median; the memory of the whole process
on the longest report; and (with --growth) how time grows when the text is repeated. Run scripts/setup before.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from summarizer import reading, resources  # noqa: E402
from summarizer.brief import Run, Tokens  # noqa: E402
from summarizer.document import Document  # noqa: E402
from summarizer.engines.offline import OfflineEngine  # noqa: E402
from summarizer.masthead import identify  # noqa: E402
from summarizer.merging import merge  # noqa: E402
from summarizer.pipeline import read_report  # noqa: E402
from summarizer.quantities import scan  # noqa: E402
from summarizer.rendering import json as rendering  # noqa: E402
from summarizer.sections import heading_spans, plan_sections, split  # noqa: E402
from summarizer.verification import verify  # noqa: E402

BASELINE = "import pydantic, rich, click"
# What these are measured against; `after` is what verification, merging and JSON take together.
GOALS = "goals: scanner 500,000 characters/s, all 200,000, after 40 µs/figure, whole process 2.5 x baseline, 80 MB"


class Watch:
    """Seconds spent by stage, added up over reports."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, stage: str, work: Callable[[], Any]) -> Any:
        """Do the work and book its time."""
        began = time.perf_counter()
        result = work()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - began
        return result


def run_stages(document: Document, watch: Watch, engine: OfflineEngine, report_type: Any) -> int:
    """All stages of one report; the number of its figures."""
    sections = watch.time("sections", lambda: split(document))
    masthead = watch.time("masthead", lambda: identify(document, sections))
    watch.time(
        "scanner",
        lambda: scan(
            document.text,
            document.body,
            year=masthead.year,
            plans=plan_sections(sections),
            headings=heading_spans(sections),
        ),
    )
    known = read_report(document)  # not booked: its parts are above
    draft = watch.time("engine", lambda: engine.draft(known, report_type))
    findings = watch.time("verification", lambda: verify(known, draft))
    run = Run("offline", None, None, None, report_type.sha256, 0, 0, Tokens(), None, 0.0, 0)
    brief = watch.time("merging", lambda: merge(known, draft, report_type, findings, run))
    watch.time("json", lambda: rendering.to_json(brief))
    return len(brief.metrics)


def measure(sources: list[Path | str], repeats: int) -> dict[str, Any]:
    """Stage times over the sources, the best of the repeats."""
    report_type = resources.load_report_type()
    engine = OfflineEngine()
    best: dict[str, float] = {}
    characters = figures = 0
    for _ in range(repeats):
        watch = Watch()
        documents = [watch.time("reading", partial(reading.read, s)) for s in sources]
        figures = sum(run_stages(d, watch, engine, report_type) for d in documents)
        characters = sum(len(d.text) for d in documents)
        for stage, seconds in watch.seconds.items():
            best[stage] = min(best.get(stage, seconds), seconds)
    sums = {
        **best,
        "after": sum(best[stage] for stage in ("verification", "merging", "json")),
        "all": sum(best.values()),
    }
    return {
        "characters": characters,
        "figures": figures,
        "characters_per_second": {s: round(characters / t) for s, t in sums.items()},
        "microseconds_per_figure": {s: round(t / max(1, figures) * 1e6, 1) for s, t in sums.items()},
    }


def processes(report: Path, times: int) -> dict[str, float]:
    """Median seconds of the command line on one report and of importing three libraries, one run each in turn."""
    ours = [sys.executable, "-m", "summarizer", "summarize", "--engine", "offline", str(report), "--format"]
    commands = {"baseline": [sys.executable, "-c", BASELINE], "json": [*ours, "json"], "text": [*ours, "text"]}
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(times + 1):
        for name, command in commands.items():
            seconds, _ = run_process(command)
            if turn:  # the first one writes byte code and warms the disk cache
                spent[name].append(seconds)
    median = {name: statistics.median(seconds) for name, seconds in spent.items()}
    ratios = {f"{name}_ratio": round(median[name] / median["baseline"], 2) for name in ("json", "text")}
    return {name: round(seconds, 4) for name, seconds in median.items()} | ratios


def memory(reports: list[Path]) -> dict[str, Any]:
    """Peak memory of the whole process on the longest report, in megabytes."""
    longest = max(reports, key=lambda report: len(reading.read(report).text))
    command = [sys.executable, "-m", "summarizer", "summarize", "--engine", "offline", "--format", "json", str(longest)]
    return {"report": longest.name, "megabytes": round(run_process(command)[1], 1)}


def run_process(command: list[str]) -> tuple[float, float]:
    """Wall time in seconds and peak memory in megabytes. Raises: RuntimeError when the process fails."""
    # Where Python is told to write no byte code, both sides would compile all modules in each run.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    spent = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(command)}")
    return spent, usage.ru_maxrss / 1024


def growth(report: Path, factors: tuple[int, ...] = (1, 10, 100)) -> dict[str, dict[str, float]]:
    """Microseconds per character by stage for the report's body repeated; flat means linear."""
    report_type = resources.load_report_type()
    engine = OfflineEngine()
    document = reading.read(report)
    body = document.text[document.body.start : document.body.end]
    found: dict[str, dict[str, float]] = {}
    for factor in factors:
        text = (body + "\n") * factor
        watch = Watch()
        repeated = watch.time("reading", partial(reading.read, text.encode()))
        run_stages(repeated, watch, engine, report_type)
        found[f"{factor}x"] = {stage: round(t / len(text) * 1e6, 2) for stage, t in watch.seconds.items()}
    return found


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", type=Path, default=[])
    parser.add_argument("--repeats", type=int, default=5, help="how often the stages run; the best time counts")
    parser.add_argument("--processes", type=int, default=15, help="how often the whole process runs")
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    reports: list[Path] = args.reports or sorted((ROOT / "seeds").glob("*.txt"))
    result: dict[str, Any] = measure([*reports], args.repeats)
    result["process_seconds"] = processes(reports[0].resolve(), args.processes)
    result["memory"] = memory([report.resolve() for report in reports])
    if args.growth:
        result["growth_microseconds_per_character"] = growth(reports[0])
    print(json.dumps(result, indent=1) if args.json else _lines(result))
    return 0


def _lines(result: dict[str, Any]) -> str:
    lines = [GOALS, f"{result['characters']} characters, {result['figures']} figures"]
    lines.append(f"{'stage':<14}{'characters/s':>14}{'µs/figure':>12}")
    for stage, rate in result["characters_per_second"].items():
        lines.append(f"{stage:<14}{rate:>14,}{result['microseconds_per_figure'][stage]:>12}")
    lines.append("whole process: " + ", ".join(f"{name} {value}" for name, value in result["process_seconds"].items()))
    lines.append(f"memory: {result['memory']['megabytes']} MB on {result['memory']['report']}")
    for factor, stages in result.get("growth_microseconds_per_character", {}).items():
        lines.append(f"{factor:>5} µs/character: " + ", ".join(f"{s} {t}" for s, t in stages.items()))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

"""Measures the pipeline: python benchmarks/speed.py [REPORT...] [--growth] [--json]

Characters per second of each stage, microseconds per figure, start-up of the whole process against
`python -c "import pydantic, rich, click"`, peak memory, and (with --growth) how time grows when the text is repeated.
"""

import argparse
import json
import resource
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
    total = sum(best.values())
    return {
        "characters": characters,
        "figures": figures,
        "characters_per_second": {s: round(characters / t) for s, t in {**best, "all": total}.items()},
        "microseconds_per_figure": {s: round(t / max(1, figures) * 1e6, 1) for s, t in {**best, "all": total}.items()},
    }


def wall(command: list[str], times: int = 9) -> float:
    """Median wall time of a process, in seconds, after one run to warm the disk cache."""
    spent = []
    for _ in range(times + 1):
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
        spent.append(time.perf_counter() - began)
    return statistics.median(spent[1:])


def start_up(report: Path) -> dict[str, float]:
    """A whole run of the command line on one report against importing three libraries."""
    baseline = wall([sys.executable, "-c", BASELINE])
    command = [sys.executable, "-m", "summarizer", "summarize", "--engine", "offline", "--format", "json", str(report)]
    whole = wall(command)
    return {"baseline": round(baseline, 4), "whole_run": round(whole, 4), "ratio": round(whole / baseline, 2)}


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
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    reports: list[Path] = args.reports or sorted((ROOT / "seeds").glob("*.txt"))
    result: dict[str, Any] = measure([*reports], args.repeats)
    result["start_up_seconds"] = start_up(reports[0])
    if args.growth:
        result["growth_microseconds_per_character"] = growth(reports[0])
    result["peak_megabytes"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    print(json.dumps(result, indent=1) if args.json else _lines(result))
    return 0


def _lines(result: dict[str, Any]) -> str:
    lines = [
        f"{result['characters']} characters, {result['figures']} figures, {result['peak_megabytes']} MB at the peak"
    ]
    lines.append(f"{'stage':<14}{'characters/s':>14}{'µs/figure':>12}")
    for stage, rate in result["characters_per_second"].items():
        lines.append(f"{stage:<14}{rate:>14,}{result['microseconds_per_figure'][stage]:>12}")
    lines.append("start-up: " + ", ".join(f"{name} {value}" for name, value in result["start_up_seconds"].items()))
    for factor, stages in result.get("growth_microseconds_per_character", {}).items():
        lines.append(f"{factor:>5} µs/character: " + ", ".join(f"{s} {t}" for s, t in stages.items()))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

"""Compares briefs with a gold folder: python benchmarks/accuracy.py [--floor FILE] [BRIEF.json ...]

Without briefs the command line is run on every report of `--reports` that has gold (offline engine). A gold folder
holds `NAME.numbers.jsonl` (every number with a verdict) and `NAME.sections.json` (masthead and heading tree). Exit
code 1 when a total falls below its floor, 2 when gold and briefs do not belong together.
"""

import argparse
import json
import math
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
Json = dict[str, Any]
Place = tuple[int, int]

# -- how alike two labels are: the best of the references, by overlap (gold/labels.py)

_STOP = frozenset("of the in to and for by a an on with from at number total amount".split())
_EMPTY_ZH = re.compile(r"数量|总数|次数|数$|[的\W_]")
_WORD = re.compile(r"[a-z0-9.]+")
_ENDING = re.compile(r"(ies|es|s|ed|ing)$")
_HAN = re.compile("[\u3400-\u9fff]")


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """F1 of two bags of tokens."""
    a, b = Counter(one), Counter(other)
    common = sum((a & b).values())
    return 2 * common / (sum(a.values()) + sum(b.values())) if common else 0.0


def alike_zh(label: str, references: Iterable[str]) -> float:
    """Characters shared, words for "number of" left out."""
    return max(overlap(_EMPTY_ZH.sub("", label), _EMPTY_ZH.sub("", r)) for r in references)


def alike_en(label: str, references: Iterable[str]) -> float:
    """Content words shared, without their endings."""
    return max(overlap(_words(label), _words(r)) for r in references)


def _words(label: str) -> list[str]:
    return [_ENDING.sub("", word) for word in _WORD.findall(label.lower()) if word not in _STOP]


# -- scores


@dataclass
class Tally:
    """Right ones out of all, by name of the score."""

    right: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    all: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    notes: list[str] = field(default_factory=list)

    def count(self, name: str, value: bool | float, note: str = "") -> None:
        """Add one case; `note` is kept for a case that is not right."""
        self.right[name] += float(value)
        self.all[name] += 1
        if note and value is False:
            self.notes.append(f"{name}: {note}")

    def add(self, other: "Tally") -> None:
        """Add all cases of another tally."""
        for name, n in other.all.items():
            self.all[name] += n
            self.right[name] += other.right[name]
        self.notes += other.notes

    def scores(self) -> dict[str, float]:
        """Share of right ones by name."""
        return {name: self.right[name] / n for name, n in self.all.items() if n}


def compare(brief: Json, rows: Iterable[Json], told: Json) -> Tally:
    """Score one brief against its gold: `rows` of numbers.jsonl, `told` of sections.json."""
    tally = Tally()
    rows = list(rows)
    _numbers(tally, brief, rows, (told["body_start"], told["body_end"]))
    _sections(tally, brief["sections"], told)
    report = brief["report"]
    tally.count("issuer", report["issuer"]["zh"] == told["issuer_zh"], f"{report['issuer']['zh']}, {told['issuer_zh']}")
    tally.count("year", report["year"] == told["report_year"], f"{report['year']}, {told['report_year']}")
    tally.count("issued", report["issued"] == told["issued_date"], f"{report['issued']}, {told['issued_date']}")
    return tally


def _place(span: Json) -> Place:
    return span["start"], span["end"]


def _numbers(tally: Tally, brief: Json, rows: list[Json], body: Place) -> None:
    gold = {_place(row): row for row in rows}
    counted = {_place(m["number"]): m for m in brief["metrics"] if not m["stated_in_words"]}
    for place, m in counted.items():
        row = gold.get(place)
        verdict = row["verdict"] if row else "none"
        if verdict != "either":
            tally.count("precision", verdict == "metric", f"{m['raw']} at {place}: {m['label']['zh']}")
    for place, row in gold.items():
        if row["verdict"] != "metric":
            continue
        found = counted.get(place)
        tally.count("recall", found is not None, f"{row['raw']} at {place}: {row['label_zh'][0]}")
        if found is not None:
            _metric(tally, found, row)
    _zeros(tally, brief, rows)
    for m in brief["metrics"]:
        english = m["label"]["en"]
        tally.count("english_present", bool(english) and not _HAN.search(english))
    dismissed = [(_place(d), d["reason"]) for d in brief["numbers"]["dismissed"]]
    # Digits of a unit (m3) belong to the metric's `raw`; the annotators listed them by themselves.
    in_unit = [_unit_place(m) for m in brief["metrics"]]
    for place, row in gold.items():
        if row.get("reason") == "name" and any(start <= place[0] and place[1] <= end for start, end in in_unit):
            continue
        if row["verdict"] == "none" and body[0] <= place[0] and place[1] <= body[1]:
            reasons = [reason for (start, end), reason in dismissed if start <= place[0] and place[1] <= end]
            right = row["reason"] in reasons
            tally.count("dismissal_reason", right, f"{row['number']} at {place}: {reasons}, gold {row['reason']}")
    tally.count("all_accounted", not brief["numbers"]["unaccounted"])


def _unit_place(m: Json) -> Place:
    # What follows the number inside `raw`, found by laying `raw` over the sentence.
    quote, offset = m["evidence"]["quote"], m["evidence"]["start"]
    start, end = m["number"]["start"] - offset, m["number"]["end"] - offset
    at = quote.rfind(m["raw"], max(0, end - len(m["raw"])), start + len(m["raw"]))
    return offset + end, offset + (at + len(m["raw"]) if at >= 0 else end)


def _metric(tally: Tally, m: Json, row: Json) -> None:
    what = f"{m['raw']} at {row['start']}"
    for name, mine, theirs in (
        ("value", Decimal(m["value"]), Decimal(row["value"])),
        ("unit", m["unit"]["zh"], row.get("unit") or ""),
        ("raw", re.sub(r"\s", "", m["raw"]), re.sub(r"\s", "", row["raw"])),
        ("kind", m["kind"], row["kind"]),
        ("direction", m["direction"], row.get("direction")),
        ("approximate", m["qualifier"] is not None, bool(row.get("approx"))),
        ("period", m["period"], row.get("period")),
    ):
        # In 由A到B the contract calls the period of A `previous`; the annotators wrote the report's year.
        if mine != "previous":
            tally.count(name, mine == theirs, f"{what}: {mine!r}, gold {theirs!r}")
    tally.count("label_zh", alike_zh(m["label"]["zh"] or "", row["label_zh"]))
    tally.count("label_en", alike_en(m["label"]["en"] or "", row["label_en"]))


def _zeros(tally: Tally, brief: Json, rows: list[Json]) -> None:
    stated = [_place(m["number"]) for m in brief["metrics"] if m["stated_in_words"]]
    wanted = [_place(row) for row in rows if row["verdict"] == "words"]
    arguable = [_place(row) for row in rows if row["verdict"] == "either"]
    for place in wanted:
        tally.count("zeros_recall", any(_meet(place, s) for s in stated), f"at {place}")
    for s in stated:
        if not any(_meet(s, a) for a in arguable):
            tally.count("zeros_precision", any(_meet(s, place) for place in wanted), f"at {s}")


def _meet(a: Place, b: Place) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _sections(tally: Tally, sections: list[Json], told: Json) -> None:
    mine = {s["start"]: s for s in sections if s["id"] != "0"}
    for node in told["sections"]:
        found = mine.get(node["start"])
        name = "sections_1_2" if node["level"] <= 2 else "sections_3"
        right = found is not None and found["level"] == node["level"]
        tally.count(name, right, f"{node['number']}{node['title_zh'][:20]} at {node['start']}")
        if found is not None:
            # The contract ends a run-in title of more than 30 characters at its first comma; the annotators did not.
            mine_zh, gold_zh = _bare(found["title"]["zh"] or ""), node["title_zh"]
            same = mine_zh == _bare(gold_zh) or (len(gold_zh) > 30 and mine_zh == _bare(re.split("[,，]", gold_zh)[0]))
            tally.count("section_title", same, f"{found['title']['zh']}, gold {node['title_zh']}")
    known = {node["start"] for node in told["sections"]}
    for start, s in mine.items():
        if s["level"] <= 3:
            tally.count("sections_genuine", start in known, f"{s['number']}{s['title']['zh']} at {start}")


def _bare(title: str) -> str:
    return re.sub(r"[\s,，。.;；:：]", "", title)


# -- reading gold and briefs


def load_gold(folder: Path, name: str) -> tuple[list[Json], Json]:
    """Numbers and sections of one report's gold."""
    rows = [json.loads(line) for line in (folder / f"{name}.numbers.jsonl").read_text("utf-8").splitlines() if line]
    return rows, json.loads((folder / f"{name}.sections.json").read_text("utf-8"))


def gold_names(folder: Path) -> list[str]:
    """Names of the reports that a folder holds gold for."""
    return sorted(path.name.removesuffix(".numbers.jsonl") for path in folder.glob("*.numbers.jsonl"))


def run_command(reports: Iterable[Path]) -> list[Json]:
    """Briefs of the reports, as the command line prints them."""
    command = [sys.executable, "-m", "summarizer", "summarize", "--engine", "offline", "--format", "json"]
    done = subprocess.run([*command, *map(str, reports)], capture_output=True, cwd=ROOT, check=False)
    if not done.stdout:
        sys.exit(f"the command line gave nothing (exit {done.returncode}): {done.stderr.decode()[-400:]}")
    return list(read_briefs(done.stdout.decode()))


def read_briefs(text: str) -> Iterable[Json]:
    """One JSON object, or JSON Lines."""
    decoder = json.JSONDecoder()
    at = 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        while at < len(text) and text[at].isspace():
            at += 1


def score_all(briefs: Iterable[Json], gold: Path) -> tuple[dict[str, Tally], Tally]:
    """Tallies by report and in total."""
    each: dict[str, Tally] = {}
    total = Tally()
    for brief in briefs:
        name = brief["source"]["name"].rpartition(".")[0]
        rows, told = load_gold(gold, name)
        each[name] = compare(brief, rows, told)
        total.add(each[name])
    return each, total


# -- floors


def below(scores: Mapping[str, float], floor: Mapping[str, float]) -> list[str]:
    """Lines naming every score that fell below its floor or is gone."""
    return [
        f"{name}: {scores.get(name, 0.0):.4f} is below its floor {least:.4f}"
        for name, least in floor.items()
        if scores.get(name, 0.0) < least - 1e-9
    ]


def rounded_down(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores cut to three decimals, as floors are committed."""
    return {name: math.floor(score * 1000 + 1e-9) / 1000 for name, score in sorted(scores.items())}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("briefs", nargs="*", type=Path, help="ready briefs (JSON or JSON Lines)")
    parser.add_argument("--gold", type=Path, default=ROOT / "tests" / "data" / "gold")
    parser.add_argument("--reports", type=Path, default=ROOT / "seeds")
    parser.add_argument("--floor", type=Path, help="JSON file of the lowest total allowed for each score")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached; never lowers one")
    parser.add_argument("--accept-drops", action="store_true", help="with --update: lower floors as well")
    parser.add_argument("--notes", action="store_true", help="list every case that is not right")
    parser.add_argument("--json", action="store_true", help="print the scores as JSON")
    args = parser.parse_args()

    if args.briefs:
        briefs = [b for path in args.briefs for b in read_briefs(path.read_text("utf-8"))]
    else:
        reports = [args.reports / f"{name}.txt" for name in gold_names(args.gold)]
        missing = [str(path) for path in reports if not path.exists()]
        if missing or not reports:
            print(f"no reports for this gold: {', '.join(missing) or args.gold}", file=sys.stderr)
            return 2
        briefs = run_command(reports)
    try:
        each, total = score_all(briefs, args.gold)
    except FileNotFoundError as error:
        print(f"no gold: {error.filename}", file=sys.stderr)
        return 2
    scores = total.scores()
    if args.json:
        print(json.dumps({"total": scores, **{n: t.scores() for n, t in each.items()}}, indent=1, ensure_ascii=False))
    else:
        print(_table(each, total))
    if args.notes:
        print("\n".join(total.notes))
    return _floors(args, scores) if args.floor else 0


def _table(each: Mapping[str, Tally], total: Tally) -> str:
    names = list(each)
    lines = [f"{'score':<18}{'total':>8}" + "".join(f"{n[:8]:>10}" for n in names) + f"{'cases':>8}"]
    for name, score in total.scores().items():
        row = "".join(f"{t.scores().get(name, math.nan):>10.3f}" for t in each.values())
        lines.append(f"{name:<18}{score:>8.3f}{row}{total.all[name]:>8}")
    return "\n".join(lines)


def _floors(args: argparse.Namespace, scores: Mapping[str, float]) -> int:
    path: Path = args.floor
    if not path.exists() and not (args.update and args.accept_drops):
        # A floor file that was removed would otherwise be written anew from whatever is reached today.
        print(f"{path}: no such floors; restore them, or start anew with --update --accept-drops", file=sys.stderr)
        return 2
    floor: dict[str, float] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    dropped = below(scores, floor)
    for line in dropped:
        print(line, file=sys.stderr)
    if args.update and (not dropped or args.accept_drops):
        path.write_text(json.dumps(rounded_down(scores), indent=1) + "\n", "utf-8")
        print(f"floors written to {path}", file=sys.stderr)
        return 0
    if args.update:
        print("not updated: some scores fell; pass --accept-drops to lower their floors", file=sys.stderr)
    return 1 if dropped else 0


if __name__ == "__main__":
    sys.exit(main())

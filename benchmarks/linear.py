"""How time grows on texts made to hurt: python benchmarks/linear.py

Each piece is repeated; fourfold text should take about fourfold time. Prints the factor, best of three, and exits with
1 when one grows beyond tenfold.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from summarizer.checking import Context, check_label, check_prose, rewrite_literals  # noqa: E402
from summarizer.document import Document, Span  # noqa: E402
from summarizer.quantities import scan  # noqa: E402
from summarizer.reading import read_text  # noqa: E402
from summarizer.resources import load_report_type  # noqa: E402
from summarizer.sections import split  # noqa: E402

PAGES = (
    "首页 > ",
    "|",
    " ",
    "\u3000|",
    "- 3 -\n",
    "甲\n",
    "附件：1.甲\n",
    "【关闭】",
    "2024年1月4日\n",
    "索引号：",
    "（字体：",
)
HEADINGS = (
    "一是甲。二是乙。",
    "一、",
    "（一）甲\n",
    "1.标题\n",
    "附件1\n",
    "一、“",
    "1,",
    "( ",
    "首先，甲。",
    "一是甲：（1）乙。",
)
NUMBERS = ("1", "1,", "一", "万", "1至", "1-", "百分之", "分之", "第", "1.", "5% ", "约", "《1", "(1")
TEXTS = ("1", "三起", "[15]", "[", "no a ", "one hundred and ", '"five ', "约[15]万元", "\u200b", "《“")
GLOSSARY = load_report_type().glossary
REPORT = "全年办理行政处罚案件15件，罚款138.75625万元。"
_COUNT, _TIMES, _MOST = 4000, 4, 10


def _read(text: str) -> None:
    read_text(f"2023年，我局认真履职，成效显著，现将情况报告如下。\n{text}\n办案3件。", "a.txt")


def _split(text: str) -> None:
    split(Document("a.txt", text, "0" * 64, "text/plain", "utf-8", Span(0, len(text)), ()))


def _scan(text: str) -> None:
    scan(text, Span(0, len(text)), year=2023)


def _check(text: str) -> None:
    found = scan(REPORT, Span(0, len(REPORT)), year=2023)
    quantities = dict(enumerate(found.quantities, 1))
    whole = (Span(0, len(REPORT)),)
    here = Context(REPORT, whole, quantities, frozenset(), found.dismissed, GLOSSARY)
    check_prose(text, text, here)
    check_label(text, text, here)
    rewrite_literals(text[:16_000], text[:16_000], here)


def growth(work: Callable[[str], None], piece: str) -> float:
    """How many times as long fourfold text takes, best of three."""

    def seconds(count: int) -> float:
        begun = time.perf_counter()
        work(piece * count)
        return time.perf_counter() - begun

    small, large = (min(seconds(count) for _ in range(3)) for count in (_COUNT, _COUNT * _TIMES))
    return large / (small + 0.001)  # what takes under a millisecond is not measured


def main() -> int:
    """Run from the command line."""
    worst = 0.0
    for name, work, pieces in (
        ("reading", _read, PAGES),
        ("sections", _split, HEADINGS),
        ("scanner", _scan, NUMBERS),
        ("checks", _check, TEXTS),
    ):
        factors = {piece: growth(work, piece) for piece in pieces}
        worst = max(worst, *factors.values())
        print(f"{name:<9}" + ", ".join(f"{piece!r} {factor:.1f}" for piece, factor in factors.items()))
    return int(worst > _MOST)


if __name__ == "__main__":
    sys.exit(main())

"""From the ids of one call to positions in the report, and back."""

import re
from collections.abc import Callable, Mapping, Sequence

from summarizer.checking import Fault
from summarizer.engines.protocol import REF_CLOSE, REF_OPEN, DraftMark

LOCAL = re.compile(r"\[(\d{1,4})\]")
_GLOBAL = re.compile(f"{REF_OPEN}(\\d+){REF_CLOSE}")


def to_global(text: str, ids: Mapping[int, int], spans: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Replace `[n]` by the report's own reference and carry spans of `text` along.

    An id that means nothing stays as it is written, and the report's own brackets are kept out of the text.
    """
    text = text.replace(REF_OPEN, "(").replace(REF_CLOSE, ")")
    new, moved = _replaced(text, LOCAL, lambda n: f"{REF_OPEN}{ids[n]}{REF_CLOSE}" if n in ids else None)
    return new, [(moved(a), moved(b)) for a, b in spans]


def shifted(text: str, by: int) -> tuple[str, Callable[[int], int]]:
    """A draft's text with every reference moved by a number of quantities, and where its places went."""
    return _replaced(text, _GLOBAL, lambda n: f"{REF_OPEN}{n + by}{REF_CLOSE}")


def _replaced(
    text: str, pattern: re.Pattern[str], new_of: Callable[[int], str | None]
) -> tuple[str, Callable[[int], int]]:
    out: list[str] = []
    moves: list[tuple[int, int]] = []  # (place in text, what is added up to there)
    here = added = 0
    for match in pattern.finditer(text):
        new = new_of(int(match[1]))
        if new is None:
            continue
        out += [text[here : match.start()], new]
        here = match.end()
        added += len(new) - (match.end() - match.start())
        moves.append((match.end(), added))
    out.append(text[here:])

    def moved(at: int) -> int:
        shift = 0
        for place, total in moves:
            if at < place:
                break
            shift = total
        return at + shift

    return "".join(out), moved


def marks_of(
    zh: str, en: str, faults: Sequence[Fault], ids: Mapping[int, int]
) -> tuple[str, str, tuple[DraftMark, ...]]:
    """Both texts by global reference, with a mark over every stretch a fault is about."""
    out: dict[str, str] = {}
    marks: list[DraftMark] = []
    for lang, text in (("zh", zh), ("en", en)):
        mine = [f for f in faults if f.lang == lang] + [f for f in faults if f.lang is None]
        out[lang], spans = to_global(text, ids, [(f.start, f.end) if f.lang else (0, len(text)) for f in mine])
        marks += [
            DraftMark("zh" if lang == "zh" else "en", a, max(b, a + 1), str(f.code))
            for f, (a, b) in zip(mine, spans, strict=True)
            if text
        ]
    return out["zh"], out["en"], tuple(marks)


def referred(text: str) -> list[int]:
    """Positions of the quantities a draft's text refers to, in order, each once."""
    return list(dict.fromkeys(int(m[1]) for m in _GLOBAL.finditer(text)))


def to_local(text: str, ids: Mapping[int, int], shown: Mapping[int, str]) -> str:
    """A draft's text for the overview call: `⟦12⟧` becomes `[3|138.75625万元]`."""
    return _GLOBAL.sub(lambda m: f"[{ids[int(m[1])]}|{shown[int(m[1])]}]" if int(m[1]) in ids else "", text)

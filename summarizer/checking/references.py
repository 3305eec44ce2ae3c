"""References `[n]`: where they stand, which are malformed, and the text with them masked.

`罚款[6]` refers to 6. `[6|15件]`, `[六]`, `【6】`, `[6, 7]`, `{6}`, `[06]` are malformed.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from summarizer.checking.context import Context
from summarizer.checking.faults import Fault, FaultCode, Lang
from summarizer.checking.plain import lower, plain
from summarizer.document import Quantity

MASK: Final = "\ue000"  # stands for every character of a reference: neither letter nor digit
JUNK: Final = "\ue001"  # the same for a malformed one

_REFERENCE: Final = re.compile(r"\[([1-9][0-9]{0,5})\]")
_LIKE: Final = re.compile(
    r"[\[［【⟦〚{｛]{1,2}[^\[\]［］【】⟦⟧〚〛{}｛｝]{0,40}[\]］】⟧〛}｝]{1,2}|[\[\]［］【】⟦⟧〚〛{}｛｝]"
    r"|(?:\b(?:ref|id)\s?#?|#)[0-9]{1,6}\b|<[0-9]{1,6}>|〔[0-9]{1,3}〕"
)


class Reference(NamedTuple):
    """One well-formed reference: its id and its place."""

    id: int
    start: int
    end: int


class Marked(NamedTuple):
    """A text with its references found.

    Attributes:
        text: as written.
        masked: the same length, references and malformed ones replaced by mask characters.
        references: well-formed ones in order of place.
        malformed: places of the others.
    """

    text: str
    masked: str
    references: tuple[Reference, ...]
    malformed: tuple[tuple[int, int], ...]


class Cited(NamedTuple):
    """One reference of a text and its quantity.

    Attributes:
        text: the masked text in plain characters, English in lower case; places are those of the text.
    """

    text: str
    reference: Reference
    quantity: Quantity


def without_ids(text: str) -> str:
    """A quotation for a reader, to whom the ids of a call mean nothing: `约[5]万元` -> `约[…]万元`."""
    return _REFERENCE.sub("[…]", text)


def mark(text: str) -> Marked:
    """Find the references of a text: `罚款[6]。` has one, to 6, at 2 to 5."""
    found = tuple([Reference(int(m[1]), *m.span()) for m in _REFERENCE.finditer(text)])
    masked = _REFERENCE.sub(lambda m: MASK * len(m[0]), text.replace(MASK, " ").replace(JUNK, " "))
    malformed = tuple([m.span() for m in _LIKE.finditer(masked)])
    if malformed:
        masked = _LIKE.sub(lambda m: JUNK * len(m[0]), masked)
    return Marked(text, masked, found, malformed)


def reference_faults(lang: Lang, marked: Marked, context: Context) -> Iterator[Fault]:
    """References that are malformed, unknown, of another section, or glued to one another."""
    for start, end in marked.malformed:
        yield Fault(
            FaultCode.MALFORMED_REFERENCE,
            lang,
            start,
            end,
            f"{marked.text[start:end]!r} is no reference: write one id in square brackets, such as [6], and nothing "
            "else in brackets",
            f"{marked.text[start:end]!r} is no reference to a figure",
        )
    previous: Reference | None = None
    for reference in marked.references:
        if reference.id in context.foreign and reference.id not in context.quantities:
            yield Fault(
                FaultCode.FOREIGN_REFERENCE,
                lang,
                reference.start,
                reference.end,
                f"[{reference.id}] belongs to another section: refer only to figures of this one",
                "a figure of another section is told",
            )
        elif reference.id not in context.quantities:
            yield Fault(
                FaultCode.UNKNOWN_REFERENCE,
                lang,
                reference.start,
                reference.end,
                f"[{reference.id}] refers to nothing: no figure of this section has that id",
                "a reference of the model stands for no figure of this section",
            )
        if previous is not None and not marked.text[previous.end : reference.start].strip():
            yield Fault(
                FaultCode.ADJACENT_REFERENCES,
                lang,
                previous.start,
                reference.end,
                f"{marked.text[previous.start : reference.end]!r}: two references need words between them",
                "two figures stand side by side without a word between them",
            )
        previous = reference


def pairing_faults(zh: Marked, en: Marked) -> Iterator[Fault]:
    """Both languages must refer to the same figures the same number of times."""
    told_zh, told_en = Counter(r.id for r in zh.references), Counter(r.id for r in en.references)
    if told_zh == told_en:
        return
    for n in sorted({*told_zh, *told_en}):
        if told_zh[n] != told_en[n]:
            lang: Lang = "zh" if told_zh[n] > told_en[n] else "en"
            marked = zh if lang == "zh" else en
            first = next(r for r in marked.references if r.id == n)
            yield Fault(
                FaultCode.UNPAIRED_REFERENCE,
                lang,
                first.start,
                first.end,
                f"[{n}] stands {_times(told_zh[n])} in zh and {_times(told_en[n])} in en: both languages must refer to "
                "the same figures the same number of times",
                "the Chinese and the English tell different figures: one stands "
                f"{_times(told_zh[n])} in the Chinese and {_times(told_en[n])} in the English",
            )


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


def cited(lang: Lang, marked: Marked, context: Context) -> Iterator[Cited]:
    """Each reference of a text whose quantity is known, with the text in plain characters, English in lower case."""
    text = plain(marked.masked) if lang == "zh" else lower(plain(marked.masked))
    for reference in marked.references:
        quantity = context.quantities.get(reference.id)
        if quantity is not None:
            yield Cited(text, reference, quantity)

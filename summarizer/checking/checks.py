"""The checks of one text in both languages: every rule in a visible order."""

import re
from collections.abc import Iterator
from typing import Final

from summarizer.checking.beside_references import beside_faults
from summarizer.checking.chinese_numbers import chinese_numbers
from summarizer.checking.clauses import Cuts
from summarizer.checking.comparisons import comparison_faults
from summarizer.checking.context import Context
from summarizer.checking.direction import direction_faults
from summarizer.checking.english_numbers import english_numbers
from summarizer.checking.faults import Fault, FaultCode, Lang
from summarizer.checking.known import Known, known_of
from summarizer.checking.languages import chinese_faults, emptiness_faults, english_faults
from summarizer.checking.markup import markup_faults
from summarizer.checking.plain import plain
from summarizer.checking.references import Marked, mark, pairing_faults, reference_faults, without_ids
from summarizer.checking.targets import target_faults
from summarizer.display import display
from summarizer.document import DismissalReason, Dismissed, Span
from summarizer.quantities import scan

_PROSE: Final = {"zh": 600, "en": 1800}
_LABEL: Final = {"zh": 60, "en": 220}
_TITLE: Final = 300
_NOT_LATIN: Final = re.compile("[^A-Za-z\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7cb -]")
_DATED: Final = re.compile(
    r"[0-9]{4}年|月|^(?:19|20)[0-9]{2}$|(?i:^[0-9]{0,2} ?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec))"
)
_MOST_FAULTS: Final = 60  # more tell a model nothing, and a hostile answer can hold thousands


def check_prose(zh: str, en: str, context: Context) -> tuple[Fault, ...]:
    """Everything wrong with a prose told by reference, in order of language and place.

    `办理行政处罚案件[1]，罚款[2]。` with `[1] administrative penalty cases were handled, with fines of [2].` has no
    fault; `罚款138万元`, `约[2]`, `[2] million`, `[9]` have one each.
    """
    known = _known(context)
    whole = [*emptiness_faults("zh", zh, _PROSE["zh"]), *emptiness_faults("en", en, _PROSE["en"])]
    zh, en = zh[: 2 * _PROSE["zh"]], en[: 2 * _PROSE["en"]]  # what is too long is refused however it goes on
    marked: dict[Lang, Marked] = {"zh": mark(zh), "en": mark(en)}
    faults = [
        *whole,
        *_text_faults("zh", zh, en, known),
        *_text_faults("en", en, zh, known),
        *pairing_faults(marked["zh"], marked["en"]),
    ]
    for lang, one in marked.items():
        cuts = Cuts(one.masked, lang)
        faults += reference_faults(lang, one, context)
        faults += _number_faults(lang, one, known, context)
        faults += beside_faults(lang, one, context)
        faults += direction_faults(lang, one, cuts, context)
        faults += target_faults(lang, one, cuts, context)
        faults += comparison_faults(lang, one, cuts, context)
    return _ordered(faults)


def check_label(zh: str, en: str, context: Context) -> tuple[Fault, ...]:
    """Everything wrong with a label: it holds no reference and no number but whole names and dates of the stretch."""
    known = _known(context)
    faults: list[Fault] = []
    langs: tuple[tuple[Lang, str, str], ...] = (("zh", zh, en), ("en", en, zh))
    for lang, text, other in langs:
        faults += emptiness_faults(lang, text, _LABEL[lang])
        text = text[: 2 * _LABEL[lang]]
        marked = mark(text)
        faults += _text_faults(lang, text, other, known)
        faults += _no_references(lang, marked)
        faults += _number_faults(lang, marked, known, context)
    return _ordered(faults)


def check_title(en: str, zh_title: str, context: Context) -> tuple[Fault, ...]:
    """Everything wrong with the English of a heading; its numbers are those of the heading or of the stretch."""
    own = scan(zh_title, Span(0, len(zh_title)), year=None)
    dismissed = own.dismissed + tuple(Dismissed(*q.number, DismissalReason.NAME) for q in own.quantities)
    heading = known_of(zh_title, (Span(0, len(zh_title)),), dismissed, context.glossary)
    known = _known(context)
    faults = list(emptiness_faults("en", en, _TITLE))
    en = en[: 2 * _TITLE]
    marked = mark(en)
    faults += [*_text_faults("en", en, zh_title, known), *_no_references("en", marked)]
    in_heading = set(english_numbers(marked.masked, heading))
    faults += [f for f in _number_faults("en", marked, known, context) if Span(f.start, f.end) in in_heading]
    return _ordered(faults)


def _known(context: Context) -> Known:
    return known_of(context.text, context.stretch, context.dismissed, context.glossary)


def _text_faults(lang: Lang, text: str, other: str, known: Known) -> Iterator[Fault]:
    yield from markup_faults(lang, text)
    yield from chinese_faults(text, known.stretch) if lang == "zh" else english_faults(text, other)


def _no_references(lang: Lang, marked: Marked) -> Iterator[Fault]:
    places = [(r.start, r.end) for r in marked.references] + list(marked.malformed)
    for start, end in places:
        yield Fault(
            FaultCode.REFERENCE_IN_LABEL,
            lang,
            start,
            end,
            f"{marked.text[start:end]!r}: a label or title says what is counted and holds no reference",
            "the name holds a figure",
        )


def _number_faults(lang: Lang, marked: Marked, known: Known, context: Context) -> Iterator[Fault]:
    find = chinese_numbers if lang == "zh" else english_numbers
    spans = list(find(marked.masked, known))
    if lang == "zh" and (latin := plain(_NOT_LATIN.sub(" ", marked.masked))).strip():
        spans += [s for s in english_numbers(latin, known) if latin[s.start : s.end].isalpha()]
    if lang == "en" and any("一" <= c <= "龥" for c in marked.masked):
        spans += [s for s in chinese_numbers(marked.masked, known) if not marked.masked[s.start : s.end].isascii()]
    for start, end in spans:
        yield Fault(
            FaultCode.WRITTEN_NUMBER,
            lang,
            start,
            end,
            f"{marked.text[start:end]!r} {_advice(marked.text[start:end], context)}",
            f"{without_ids(marked.text[start:end])!r} is written out by the model",
        )


def _advice(words: str, context: Context) -> str:
    """What to do about a figure written out; its id where it is exactly one figure of the context."""
    if _DATED.search(words):
        return "is no date or name of this section: leave it out"
    shown = {n: display(q, context.text) for n, q in context.quantities.items()}
    same = [n for n, both in shown.items() if words in (both.zh, both.en)]
    return "is a figure written out: " + (
        f"write [{same[0]}] instead" if len(same) == 1 else "refer to it by its id, such as [6], or leave it out"
    )


def _ordered(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(dict.fromkeys(faults), key=lambda f: (f.lang != "zh", f.start, f.end, f.code)))[:_MOST_FAULTS]

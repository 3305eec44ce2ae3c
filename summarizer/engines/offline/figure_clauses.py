"""A figure told in a clause of its own: `⟦5⟧ administrative penalty cases were handled`."""

import re
from dataclasses import replace

from summarizer.document import Direction, Kind, Quantity
from summarizer.engines.offline.english_labels import label_of
from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.frame_phrases import (
    SAYS_AMOUNT,
    base_of,
    by_action,
    done_to,
    is_many,
    is_measure,
    scope_of,
    tail_of,
    what_after,
)
from summarizer.engines.offline.translation import Translator
from summarizer.engines.offline.wording import CAUSATIVE, tidy, zh_of
from summarizer.english import was_or_were
from summarizer.patterns import pattern

_COUNTED = ("数量", "人数", "次数")
_OF_DAYS = pattern("(?:number of )?days (?=with |of )")
_NAMES = frozenset(("Party", "Internet", "Chinese", "China"))
_LABEL_WORDS = frozenset("Area Length Amount Share Rate Total Average Annual Fines New Newly".split())


def statement(frame: Frame, quantity: Quantity, reference: str, translator: Translator) -> str:
    """The figure told in a clause: `⟦5⟧ administrative penalty cases were handled`, `the pass rate was ⟦6⟧`.

    A figure with a qualifier never opens the clause: filled in (`more than 290`) it would lack a capital.
    """
    return tidy(_statement(frame, quantity, reference, translator))


def _statement(frame: Frame, quantity: Quantity, reference: str, translator: Translator) -> str:
    told = _phrase(label_of(frame, translator))
    if not told:
        return ""
    told = re.sub(r" \((?:enterprise-visits|person-times|household-visits|vehicle-trips)\)", "", told)
    if frame.verb and frame.verb[-1].zh == "占" and frame.subject and frame.noun and quantity.kind is Kind.ACTUAL:
        who = translator.noun_phrase(frame.subject, True)
        return f"{_the(who)} made up {reference} of {translator.noun_phrase(frame.noun, True)}"
    if quantity.kind is Kind.TARGET:
        return f"the target for {told} is {reference}"
    if quantity.period == "previous":
        return f"{_the(told)} {was_or_were(told)} {reference} before"
    if frame.aspect == "change":
        return _moved(frame, quantity, reference, translator) or f"{told}: {reference}"
    if frame.aspect in ("above", "below"):
        base = base_of(replace(frame, scope=()), translator, is_many(frame))
        return f"{_the(base)} {was_or_were(base)} {beside(frame, reference, translator)}"
    if frame.aspect:
        what = base_of(replace(frame, aspect="", scope=()), translator, False)
        what = f"year-on-year improvement of {what}" if frame.aspect == "change rank" else what
        return f"{_the(what)} ranked {reference} {scope_of(frame.scope, translator)}".strip()
    if quantity.stated_in_words or not quantity.value:
        return f"{told}: {reference}"
    days = _OF_DAYS.match(told)
    if days and quantity.unit == "天":
        # The reference brings its unit: there were 231 days with good air quality.
        return f"there were {reference} {told[days.end() :]}"
    if frame.suffix.endswith(_COUNTED) and not quantity.qualifier:
        counted = _counted(frame, quantity, reference, translator)
        if counted:
            return counted
    if frame.suffix == "金额":
        return f"{_the(told)} amounted to {reference}"
    if label_of(frame, translator).startswith("Number of "):
        return f"the number of {told} was {reference}"
    return f"{_the(told)} {was_or_were(told)} {reference}"


def _counted(frame: Frame, quantity: Quantity, reference: str, translator: Translator) -> str:
    one = quantity.value == 1
    if frame.suffix == "次数":
        frame = by_action(frame)
    noun = translator.noun_phrase(frame.noun, not one)
    if frame.verb and frame.verb[-1].zh == "维持" and "复议" in zh_of(frame.noun):
        return f"the original act was upheld in {reference} {noun}"
    if not noun or SAYS_AMOUNT.match(noun):
        return ""
    be = "was" if one else "were"
    done = done_to(frame, translator) if frame.verb else ""
    after = what_after(frame, translator)
    if not one and noun == translator.noun_phrase(frame.noun) and not noun.endswith("s"):
        # 非现场执法84次: no plural, so the times are counted.
        return f"{noun} was {done} {after} {reference} times" if done and frame.suffix == "次数" else ""
    if frame.tail:
        tail = tail_of(frame, translator)
        if frame.tail[0].zh in CAUSATIVE or tail.startswith(("subject to", "not ")):
            return f"{reference} {noun} {be} {tail} {after}"
        return f"there {be} {reference} {noun} {tail} {after}"
    if done:
        return f"{reference} {noun} {be} {done} {after}"
    return f"there {be} {reference} {noun} {after}"


def _moved(frame: Frame, quantity: Quantity, reference: str, translator: Translator) -> str:
    what = base_of(frame, translator, is_many(frame))
    if not what:
        return ""
    if not is_measure(frame) and not SAYS_AMOUNT.match(what):
        what = f"number of {what}"
    when = " year on year" if frame.yearly else ""
    if quantity.direction is Direction.FLAT:
        return f"{_the(what)} {was_or_were(what)} {reference}{when}"
    if quantity.direction is None:
        return ""
    return f"{_the(what)} {'rose' if quantity.direction is Direction.UP else 'fell'} by {reference}{when}"


def beside(frame: Frame, reference: str, translator: Translator) -> str:
    """A margin: `⟦5⟧ above the average level in the province`."""
    other = translator.noun_phrase(frame.scope)
    if all(t.pos == "s" for t in frame.scope):
        other = f"{other} level"  # 快于全市
    return f"{reference} {frame.aspect} {_the(other)}"


def _the(phrase: str) -> str:
    first = phrase.split(" ", 1)[0]
    return f"the {phrase}" if first.replace("-", "").isalpha() and first.islower() else phrase


def _phrase(text: str) -> str:
    """A label in the run of a sentence: `Number of administrative penalty cases` loses its lead word and capital."""
    text = text.removeprefix("Number of ").strip()
    words = text.split(" ")
    named = words[0] not in _LABEL_WORDS and any(w[:1].isupper() and w[1:].islower() for w in words[1:3])
    keeps = named or words[0] in _NAMES or not words[0][1:].islower()
    return text if keeps else text[:1].lower() + text[1:]

"""English labels: the same frame as the Chinese label, in the order of English official statistics."""

from dataclasses import replace

from summarizer.engines.offline.frame import Frame
from summarizer.engines.offline.frame_phrases import SAYS_AMOUNT, base_of, by_action, is_many, scope_of
from summarizer.engines.offline.translation import Translator
from summarizer.engines.offline.wording import tidy
from summarizer.english import capitalize

_LEADS = {
    "金额": "Amount of",
    "面积": "Area of",
    "长度": "Length of",
    "轮次": "Number of rounds of",
    "场次": "Number of sessions of",
    "批次": "Number of batches of",
    "比例": "Share of",
    "天数": "Number of days of",
    "年数": "Number of years of",
    "排名": "",
    "率": "",
    "量": "Amount of",
    "": "",
}
_UNIT_NOTE = {
    "家次": "enterprise-visits", "人次": "person-times", "户次": "household-visits", "车次": "vehicle-trips",
}  # fmt: skip


def label(frame: Frame, translator: Translator) -> str:
    """`Number of administrative penalty cases handled`, `Year-on-year change in PM2.5 concentration`."""
    return tidy(label_of(frame, translator))


def label_of(frame: Frame, translator: Translator) -> str:
    """The label before it is tidied, composed once for each frame; "" when the frame says nothing."""
    known = translator.labels.get(id(frame))
    if known is None:
        # The frame is kept, so that no other can get its id.
        known = translator.labels[id(frame)] = (frame, _composed(frame, translator))
    return known[1]


def _composed(frame: Frame, translator: Translator) -> str:
    base = base_of(frame, translator, is_many(frame))
    if frame.aspect == "change":
        return f"{'Year-on-year change' if frame.yearly else 'Change'} in {base}" if base else ""
    if frame.aspect == "rank":
        return f"Rank in {base} {scope_of(frame.scope, translator)}".strip()
    if frame.aspect == "change rank":
        return f"Rank in year-on-year improvement of {base} {scope_of(frame.scope, translator)}".strip()
    if frame.aspect in ("above", "below"):
        base = base_of(replace(frame, scope=()), translator, is_many(frame))
        return f"Difference between {base} and {translator.noun_phrase(frame.scope)}" if base else ""
    if frame.suffix in _UNIT_NOTE:
        base = base_of(frame if frame.suffix == "人次" else by_action(frame), translator, True)
        return f"Number of {base} ({_UNIT_NOTE[frame.suffix]})" if base else ""
    if frame.suffix == "次数":
        base = base_of(by_action(frame), translator, True)
    if frame.suffix == "率" and frame.verb and frame.noun:
        # 增长8.5% as a goal.
        what = base_of(replace(frame, verb=()), translator, False)
        return f"Rate of {frame.verb[-1].noun or 'change'} in {what}"
    if frame.verb and frame.verb[-1].zh == "占" and frame.noun:
        return capitalize(_share(frame, translator))
    lead = "" if SAYS_AMOUNT.match(base) else _LEADS.get(frame.suffix, "Number of")
    return capitalize(f"{lead} {base}".strip()) if base else ""


def _share(frame: Frame, translator: Translator) -> str:
    """全社会研发投入|占|GDP|比重: total R&D spending as a share of GDP."""
    noun = frame.noun[:-1] if len(frame.noun) > 1 and frame.noun[-1].zh in ("比重", "比例", "比") else frame.noun
    of = f"share of {translator.noun_phrase(noun, True)}"
    who = translator.noun_phrase(frame.subject or frame.topic, True)
    return f"{who} as a {of}" if who else of

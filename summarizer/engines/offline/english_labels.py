"""English labels: the same frame as the Chinese label, in the word order of English official statistics."""

from dataclasses import replace

from summarizer.engines.offline.frames import CAUSATIVE, Frame, Tokens
from summarizer.engines.offline.translation import Translator
from summarizer.engines.offline.wording import LIGHT, SILENT, past
from summarizer.english import capitalize

_NUMBER_OF = {
    "数量": "Number of",
    "人数": "Number of",
    "次数": "Number of",
    "金额": "Amount of",
    "比例": "Share of",
    "天数": "Number of days of",
    "人次": "Number of",
    "排名": "",
}
_UNIT_NOTE = {"家次": "enterprise-visits", "人次": "person-times", "户次": "household-visits", "车次": "vehicle-trips"}
_SCOPE = {
    "全市": "in the city", "全省": "in the province", "全区": "in the district", "全县": "in the county",
    "全国": "in the country", "全州": "in the prefecture", "全球": "in the world", "全系统": "in the system",
}  # fmt: skip


def label(frame: Frame, translator: Translator) -> str:
    """`Number of administrative penalty cases handled`, `Year-on-year change in PM2.5 concentration`."""
    counted = frame.suffix not in ("", "率", "量", "排名") or (frame.aspect != "" and not _is_measure(frame))
    base = _base(frame, translator, counted and frame.suffix != "金额")
    if frame.aspect == "change":
        return f"{'Year-on-year change' if frame.yearly else 'Change'} in {base}" if base else ""
    if frame.aspect == "rank":
        return f"Rank in {base} {_scope(frame.scope, translator)}".strip()
    if frame.aspect == "change rank":
        return f"Rank in year-on-year improvement of {base} {_scope(frame.scope, translator)}".strip()
    if frame.suffix in (*_UNIT_NOTE, "次数") and frame.verb and frame.verb[-1].noun and frame.noun and not frame.tail:
        # 检查企业家次 is told by the action: enterprise inspections.
        base = _base(replace(frame, verb=(), noun=(*frame.noun, frame.verb[-1])), translator, True)
    if frame.suffix in _UNIT_NOTE:
        return f"Number of {base} ({_UNIT_NOTE[frame.suffix]})"
    lead = _NUMBER_OF.get(frame.suffix, "Number of" if frame.suffix else "")
    if base.lower().startswith(("amount", "number", "total amount", "share", "value")):
        lead = ""
    return capitalize(f"{lead} {base}".strip()) if base else ""


def _is_measure(frame: Frame) -> bool:
    return bool(frame.noun) and frame.noun[-1].pos == "nu"


def _scope(scope: Tokens, translator: Translator) -> str:
    zh = "".join(t.zh for t in scope)
    if zh in _SCOPE:
        return _SCOPE[zh]
    if not zh:
        return ""
    counts = dict(zip("一二三四五六七八九十", "one two three four five six seven eight nine ten".split(), strict=True))
    kinds = {"区": "districts", "县": "counties", "市": "cities", "省": "provinces"}
    if zh[0] in counts and zh[-1] in kinds:
        return f"among the {counts[zh[0]]} {kinds[zh[-1]]}"
    return f"in {translator.noun_phrase(scope)}"


def _base(frame: Frame, translator: Translator, many: bool) -> str:
    noun = translator.noun_phrase(frame.noun, many)
    out = [noun]
    if frame.verb and noun:
        out.append(_done(frame, translator))
    elif frame.verb:
        out.append(translator.verb_phrase(frame.verb))
    if frame.tail:
        out.append(_tail(frame, translator))
    if frame.subject:
        who = translator.noun_phrase(frame.subject)
        if who:
            out.append(f"by {who}")
    if frame.means:
        out.append(_means(frame, translator))
    if frame.topic:
        about = translator.noun_phrase(frame.topic, many or not frame.verb)
        if about:
            out.append(f"{'in' if frame.verb else 'of' if frame.suffix == '' else 'for'} {about}")
    if frame.scope and not frame.aspect.endswith("rank"):
        out.extend(t.en for t in frame.scope if t.en)
    return " ".join(p for p in out if p)


def _means(frame: Frame, translator: Translator) -> str:
    """通过平台 -> through platforms; 使用平台 -> using platforms; other words did it."""
    means = frame.means
    if means[0].pos == "p":
        return translator.coverb_phrase(means)
    if means[0].pos in ("v", "vn") and len(means) > 1:
        return translator.verb_phrase(means)
    who = translator.noun_phrase(means)
    return f"by {who}" if who else ""


def _done(frame: Frame, translator: Translator) -> str:
    verbs = [t for t in frame.verb if t.pos in ("v", "vn") and t.zh not in SILENT]
    if len(verbs) > 1:
        # 完成整改: the action is the second word.
        verbs = [t for t in verbs if t.zh not in ("完成", "进行", "予以", "给予", "得到", "实施", "开展", "提交", "通过")] or verbs
    adverbs = [t.en for t in frame.verb if t.pos == "d" and t.en]
    if not verbs:
        return ""
    before = [a for a in adverbs if a.endswith("ly") or a == "not"]
    after = [a for a in adverbs if a not in before]
    extra = translator.noun_phrase([t for t in frame.verb if t.pos in ("n", "nu", "q")])
    done = " and ".join(dict.fromkeys(past(t) for t in verbs))
    return " ".join([*before, done, *([f"({extra})"] if extra else []), *after])


def _tail(frame: Frame, translator: Translator) -> str:
    tail = frame.tail
    if tail[0].zh in CAUSATIVE and len(tail) > 1:
        return f"{past(tail[0])} to {translator.verb_phrase(tail[1:], 'base')}"
    if not frame.passive:
        return translator.verb_phrase(tail)
    verbs = [i for i, t in enumerate(tail) if t.pos in ("v", "vn")]
    if not verbs:
        return f"given {translator.noun_phrase(tail)}"
    first = last = verbs[0]
    done = [past(tail[first])]
    # 免除或减少|现场执法检查: verbs in a row share their object.
    while last + 2 < len(tail) and tail[last + 1].pos == "c" and tail[last + 2].pos in ("v", "vn"):
        last += 2
        done.append(past(tail[last]))
    rest = tail[last + 1 :]
    if tail[first].zh in LIGHT and rest:
        return f"subject to {translator.noun_phrase(rest)}"
    negated = "not " if any(t.zh in ("不予", "不", "未") for t in tail[:first]) else ""
    joint = " or " if any(t.zh in ("或", "或者") for t in tail[first:last]) else " and "
    if not rest:
        return negated + joint.join(done)
    return f"for which {translator.noun_phrase(rest, True)} were {negated}{joint.join(done)}"

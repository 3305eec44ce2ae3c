"""The words around a reference, and the words known of a figure, as features that can be held against each other.

Pairs of characters carry Chinese, words without endings carry English; what is nearer to the figure weighs more.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from summarizer.display import display
from summarizer.document import Kind, Quantity
from summarizer.engines.protocol import REF_CLOSE, REF_OPEN, DraftLabel, DraftProse
from summarizer.patterns import pattern
from summarizer.records import record
from summarizer.verification.finding import Case

Bag = Mapping[str, float]

REFERENCE = pattern(f"{REF_OPEN}(\\d+){REF_CLOSE}")
_CLAUSE_ZH = pattern(r"[，。；：！？,;:、（）()\n]")
_SENTENCE_ZH = pattern(r"[。；！？;\n]")
_BOUND_EN = pattern(r"[.;:()](?=\s|$)|, (?=and |with |of which |while )|[()]")
_PART_OF = pattern(r"\s+(?:out )?of (?:the |its |all )?")
_RUN = pattern(r"[\u3400-\u9fffA-Za-z0-9.]+")
_WORD = pattern(r"[a-z][a-z0-9.]+")
_ENDING = pattern(r"(?:ies|ied|es|s|ed|ing|ion|ions|ment|ments|e|y)$")
_STOP = frozenset(
    "the a an of in to and for by on with from at were was is are be been has have had which that this these its "
    "their as number total amount it or not also each per than up year over down under during all there".split()
)
_SAYS_NOTHING = pattern(r"数量|总数|总量|金额|[0-9]+年")
_REACH_ZH, _REACH_EN = 24, 16  # characters and words that are looked at on each side
_HALF_ZH, _HALF_EN = 7.0, 5.0  # the distance at which a word weighs half

# Words that belong to one sort of figure.
CUES: Mapping[str, re.Pattern[str]] = {
    "rank": pattern(r"排名|排序|名列|位列|列第|位居|居[^民住]|位次|名次|\brank"),
    "change": pattern(
        r"同比|环比|增[长加幅速至到]|[上提]升|提高|下降|减少|降[低幅至到]|改善|[涨跌]幅"
        r"|\b(?:rose|fell|fall|increas|decreas|improve|declin|drop|up by|down by|reduc|year on year|year-on-year)"
    ),
}


@record
class Profile:
    """What is known of one figure.

    Attributes:
        left, right: features of its clause in the report, before and after it, and of its Chinese labels.
        en: features of its English labels.
        has_unit: whether its English brings a unit along, so that no noun follows.
        sorts: the names of `CUES` it belongs to.
        shown: how it reads; figures that read alike cannot be confused.
    """

    left: frozenset[str]
    right: frozenset[str]
    en: frozenset[str]
    has_unit: bool
    sorts: frozenset[str]
    shown: str


@record
class Place:
    """One reference of a text.

    Attributes:
        figure: the position it refers to.
        left, right, en: weighted features of the words around it.
        noun: whether a noun follows it in English; None when that cannot be told.
        sorts: the names of `CUES` whose words stand around it.
    """

    figure: int
    left: Bag
    right: Bag
    en: Bag
    noun: bool | None
    sorts: frozenset[str]


def evidence_of(case: Case, n: int) -> Profile:
    """What the report and the second reader say of one figure: its clause and its other label."""
    second = case.draft.second.get(n)
    before, after = _clause(case, n)
    zh = _pairs_of(before) | _pairs_of(after) | _pairs_of(_plainly(second.zh) if second else "")
    q = case.reading.numbers.quantities[n]
    return Profile(zh, zh, frozenset(_words_of(second.en if second else "")), False, _sort_of(q), "")


def label_place(n: int, label: DraftLabel) -> Place:
    """A label as the place of its figure: all its words, none nearer than another."""
    pairs = dict.fromkeys(_pairs_of(_plainly(label.zh)), 1.0)
    return Place(n, pairs, {}, dict.fromkeys(_words_of(label.en), 1.0), None, _sorts(label.zh, label.en))


def _plainly(label: str) -> str:
    return _SAYS_NOTHING.sub(" ", label)


def _sort_of(quantity: Quantity) -> frozenset[str]:
    return frozenset(name for name in CUES if name == quantity.kind.value)


def places_of(prose: DraftProse, known: int) -> list[Place]:
    """The references of a prose with the words around them in both languages; ids from `known` on are left out."""
    zh = [(n, left, right) for n, left, right in _sides(prose.zh, _CLAUSE_ZH) if n < known]
    en = [(n, left, right) for n, left, right in _sides(prose.en, _BOUND_EN) if n < known]
    twins: dict[int, list[tuple[str, str]]] = {}
    for n, left, right in en:
        twins.setdefault(n, []).append((left, right))
    found = []
    for n, left, right in zh:
        waiting = twins.get(n)
        en_left, en_right = waiting.pop(0) if waiting else ("", "")
        # `was [7], ranking [8]`: what follows a comma belongs to the next figure.
        en_right = en_right.partition(",")[0]
        words, behind = _words(en_left, before=True), _words(en_right, before=False)
        for word, weight in behind.items():
            words[word] = words.get(word, 0.0) + weight
        found.append(
            Place(
                figure=n,
                left=_pairs(left, before=True),
                right=_pairs(right, before=False),
                en=words,
                noun=_noun_follows(en_right) if waiting is not None else None,
                sorts=_sorts(left, right[:8], en_left, en_right[:24]),
            )
        )
    return found


def _sides(text: str, bound: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
    """For each reference, what stands before and after it in its clause, up to the references beside it."""
    matches = list(REFERENCE.finditer(text))
    cuts = [m.span() for m in bound.finditer(text)]
    starts, ends = [a for a, _ in cuts], [b for _, b in cuts]
    for k, match in enumerate(matches):
        at = bisect_right(ends, match.start()) - 1
        left = max(ends[at] if at >= 0 else 0, matches[k - 1].end() if k else 0)
        at = bisect_left(starts, match.end())
        right = min(
            starts[at] if at < len(starts) else len(text), matches[k + 1].start() if k + 1 < len(matches) else len(text)
        )
        begin = match.end()
        if k + 1 < len(matches) and _PART_OF.fullmatch(text, begin, matches[k + 1].start()):
            # `3 of 9 local issues`: the noun of the part stands behind the whole.
            begin = matches[k + 1].end()
            right = min(
                starts[at] if at < len(starts) else len(text), *(m.start() for m in matches[k + 2 : k + 3]), len(text)
            )
        yield int(match[1]), text[left : match.start()], text[begin:right]


def _pairs(text: str, *, before: bool) -> Bag:
    """Pairs of characters, the nearer to the figure the heavier; the one beside the figure also alone."""
    found: dict[str, float] = {}
    text = text[-_REACH_ZH:] if before else text[:_REACH_ZH]
    for run in _RUN.finditer(text):
        for i in range(run.start(), max(run.start() + 1, run.end() - 1)):
            distance = len(text) - min(i + 2, run.end()) if before else i
            pair = text[i : min(i + 2, run.end())]
            found[pair] = max(found.get(pair, 0.0), 0.5 ** (distance / _HALF_ZH))
    return found


def _words(text: str, *, before: bool) -> dict[str, float]:
    found: dict[str, float] = {}
    words = [w for w in _WORD.findall(text.lower()) if w not in _STOP]
    for distance, word in enumerate(reversed(words) if before else words):
        if distance < _REACH_EN:
            stem = _stem(word)
            found[stem] = max(found.get(stem, 0.0), 0.5 ** (distance / _HALF_EN))
    return found


def _stem(word: str) -> str:
    short = _ENDING.sub("", word)
    return short if len(short) > 2 else word


_NO_NOUN = pattern(
    r"\s*(?:$|[,.;:)]|(?:of|in|and|or|were|was|is|are|on|with|at|from|for|to|by|as|than|respectively|year|among|during|over|"
    r"compared|while|which|that|who|had|has|have|being|including|when|within|under|across|after|before|between|not|did|"
    r"month|through|also|but|out|per|against|since|into|this|the|a|an|each)\b)"
)


def _noun_follows(after: str) -> bool:
    return _NO_NOUN.match(after) is None


def profiles_of(case: Case) -> list[Profile]:
    """What is known of every figure, by position: its clause in the report and what both engines call it."""
    quantities = case.reading.numbers.quantities
    found = []
    for n, q in enumerate(quantities):
        labels = [label for label in (case.draft.labels.get(n), case.draft.second.get(n)) if label]
        before, after = _clause(case, n)
        own: set[str] = set()
        for label in labels:
            own.update(_pairs_of(_plainly(label.zh)))
        en = frozenset(w for label in labels for w in _words_of(label.en))
        shown = display(q, case.text)
        found.append(
            Profile(
                frozenset(own | _pairs_of(before)),
                frozenset(own | _pairs_of(after)),
                en,
                _brings_unit(q, shown.en or ""),
                _sort_of(q),
                f"{shown.zh}\n{shown.en}",
            )
        )
    return found


def _sorts(*texts: str) -> frozenset[str]:
    low = "\n".join(texts).lower()
    return frozenset(name for name, cue in CUES.items() if cue.search(low))


def _brings_unit(quantity: Quantity, shown: str) -> bool:
    """`CNY 15`, `16.2%`, `307 days`, `1st`, `none` take no noun; `15` and `more than 15` do."""
    last = shown.split()[-1] if shown else ""
    if quantity.kind is Kind.RANK or not quantity.unit or not last[-1:].isdigit():
        return True  # an index of 4.73 counts nothing
    return shown.startswith("CNY")


def _pairs_of(text: str) -> frozenset[str]:
    return frozenset(r[i : i + 2] for r in _RUN.findall(text) for i in range(max(1, len(r) - 1)))


def _words_of(text: str) -> Iterator[str]:
    return (_stem(w) for w in _WORD.findall(text.lower()) if w not in _STOP)


def _clause(case: Case, n: int) -> tuple[str, str]:
    """The clause of a figure in the report, between the figures beside it: before and after it."""
    text = case.text
    quantities = case.reading.numbers.quantities
    q = quantities[n]
    left = max(q.start - 2 * _REACH_ZH, quantities[n - 1].end if n else 0)
    right = min(q.end + _REACH_ZH, quantities[n + 1].start if n + 1 < len(quantities) else len(text))
    if left > q.start or right < q.end:  # the ends of a range share their place
        left, right = min(left, q.start), max(right, q.end)
    before = text[left : q.start]
    cuts = [m.end() for m in _CLAUSE_ZH.finditer(before) if m.end() < len(before)]
    after = text[q.end : right]
    stop = _CLAUSE_ZH.search(after)
    return before[cuts[-1] if cuts else 0 :], after[: stop.start()] if stop else after

"""English word forms for text composed by rule: plurals, participles, gerunds, capitals.

Works on short phrases, inflecting the one word that carries the form: `environmental impact assessment (EIA)
document` -> `... documents`, `carry out` -> `carried out`, `jointly investigate` -> `jointly investigating`.
"""

from functools import lru_cache

from summarizer.patterns import pattern

_IRREGULAR_PLURALS = {
    "bus": "buses",
    "campus": "campuses",
    "virus": "viruses",
    "bonus": "bonuses",
    "gas": "gases",
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "criterion": "criteria",
    "datum": "data",
    "analysis": "analyses",
    "basis": "bases",
    "crisis": "crises",
    "series": "series",
    "species": "species",
    "aircraft": "aircraft",
    "life": "lives",
    "knife": "knives",
    "leaf": "leaves",
    "half": "halves",
    "staff": "staff",
    "equipment": "equipment",
    "personnel": "personnel",
    "people": "people",
    "police": "police",
    "livestock": "livestock",
    "poultry": "poultry",
    "information": "information",
    "work": "work",
    "enforcement": "enforcement",
    "training": "training sessions",
    "data": "data",
    "media": "media",
    "means": "means",
    "headquarters": "headquarters",
}
_SAME_IN_PLURAL = pattern(
    r"(?:ment services|(?<!usi)ness|ity rate|water|air|soil|waste|funding|software|research|advice|publicity|education|"
    r"supervision|governance|construction|revenue|expenditure|investment|output|income|capacity|literature)$"
)
_HEAD_BEFORE = pattern(
    r" (?:\w+ly )?(?:\w+ed )?(?:of|for|with|in|on|to|against|from|at|by|under|among|between|into|about|per|during"
    r"|above|below|outside|without|involving|within|subject|that|who|which|whose)\b"
)

_BRACKET = pattern(r" \([^()]*\)$")
_HEAD_ENDS = pattern(r" (?:of|for|in|with|on|under|by|from|citywide|to)\b| [a-z]+ed\b")

_PARTICIPLES = {
    "arise": "arisen", "be": "been", "bear": "borne", "become": "become", "begin": "begun", "bind": "bound",
    "break": "broken", "bring": "brought", "build": "built", "buy": "bought", "catch": "caught", "choose": "chosen",
    "come": "come", "cut": "cut", "deal": "dealt", "do": "done", "draw": "drawn", "drive": "driven", "fall": "fallen",
    "feed": "fed", "feel": "felt", "fight": "fought", "find": "found", "forge": "forged", "get": "got", "give": "given",
    "go": "gone", "grow": "grown", "have": "had", "hear": "heard", "hit": "hit", "hold": "held", "keep": "kept",
    "know": "known", "lay": "laid", "lead": "led", "learn": "learned", "leave": "left", "lend": "lent", "let": "let",
    "lose": "lost", "make": "made", "mean": "meant", "meet": "met", "oversee": "overseen", "pay": "paid", "put": "put",
    "read": "read", "rebuild": "rebuilt", "rise": "risen", "run": "run", "see": "seen", "seek": "sought",
    "sell": "sold", "send": "sent", "set": "set", "show": "shown", "shut": "shut", "speak": "spoken",
    "speed": "sped", "spend": "spent", "split": "split", "spread": "spread", "stand": "stood", "stick": "stuck",
    "strike": "struck", "sweep": "swept", "take": "taken", "teach": "taught", "tell": "told", "think": "thought",
    "undergo": "undergone", "understand": "understood", "undertake": "undertaken", "uphold": "upheld", "win": "won",
    "withdraw": "withdrawn", "write": "written", "cast": "cast", "broadcast": "broadcast", "fly": "flown",
    "hang": "hung", "offset": "offset", "upset": "upset", "reset": "reset", "input": "input", "cost": "cost",
    "forecast": "forecast", "hurt": "hurt", "bid": "bid", "quit": "quit", "rid": "rid", "shed": "shed", "sink": "sunk",
    "freeze": "frozen", "steal": "stolen", "wake": "woken", "ride": "ridden", "drink": "drunk", "swim": "swum",
    "sign": "signed", "overcome": "overcome", "swear": "sworn", "throw": "thrown", "wear": "worn",
}  # fmt: skip
_DOUBLED = frozenset(
    "plan stop equip submit permit admit commit refer transfer control patrol enrol compel rid cap ban drop fit plug "
    "map tap trim cut get put run set let shut hit win begin spin step wrap occur prefer regret incur upset offset "
    "reset input".split()
)
_PASSED_OVER = pattern(
    r"(?:(?!(?:re|app|supp|comp|imp|multip|f)ly$)\w+ly|not|further|fully|well|also|co|jointly|newly)$"
)


@lru_cache(maxsize=8192)
def plural(phrase: str) -> str:
    """`administrative penalty case` -> `administrative penalty cases`; the head ends before the first preposition."""
    cut = _HEAD_BEFORE.search(phrase)
    head, tail = (phrase[: cut.start()], phrase[cut.start() :]) if cut else (phrase, "")
    bracket = _BRACKET.search(head)
    if bracket:
        head, tail = head[: bracket.start()], head[bracket.start() :] + tail
    return _plural_word(head) + tail


def _plural_word(head: str) -> str:
    before, space, word = head.rpartition(" ")
    low = word.lower()
    if not low or low in _IRREGULAR_PLURALS:
        return before + space + _IRREGULAR_PLURALS.get(low, word)
    if _SAME_IN_PLURAL.search(low) or not low[-1].isalpha() or (low.endswith("s") and not low.endswith("ss")):
        return head
    if word.isupper() and len(word) > 1:
        return head + "s"
    if low.endswith("y") and low[-2:-1] not in tuple("aeiou"):
        return before + space + word[:-1] + "ies"
    if low.endswith(("s", "x", "z", "ch", "sh")):
        return head + "es"
    return head + "s"


def _inflect(verb: str, change: dict[str, str], regular: "type[_Past] | type[_Gerund]") -> str:
    words = verb.split(" ")
    for i, word in enumerate(words):
        if i + 1 < len(words) and _PASSED_OVER.match(word):
            continue
        words[i] = change.get(word) or regular.of(word)
        break
    # "receive and conclude": a second verb after "and" takes the same form.
    for i in range(1, len(words) - 1):
        if words[i] in ("and", "or") and i == 1:
            words[i + 1] = change.get(words[i + 1]) or regular.of(words[i + 1])
    return " ".join(words)


class _Past:
    @staticmethod
    def of(word: str) -> str:
        if word.endswith("e"):
            return word + "d"
        if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
            return word[:-1] + "ied"
        return word + (word[-1] if word in _DOUBLED else "") + "ed"


class _Gerund:
    @staticmethod
    def of(word: str) -> str:
        if word.endswith("ie"):
            return word[:-2] + "ying"
        if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) and word != "be":
            return word[:-1] + "ing"
        return word + (word[-1] if word in _DOUBLED else "") + "ing"


@lru_cache(maxsize=8192)
def participle(verb: str) -> str:
    """Past participle of the verb that leads a phrase: `carry out` -> `carried out`."""
    return _inflect(verb, _PARTICIPLES, _Past)


@lru_cache(maxsize=8192)
def gerund(verb: str) -> str:
    """`carry out` -> `carrying out`."""
    return _inflect(verb, {}, _Gerund)


def capitalize(text: str) -> str:
    """Capital first letter, the rest as it is; `pH value` and other mixed-case words are left alone."""
    first = text.split(" ", 1)[0]
    if not text or any(c.isupper() for c in first[1:]):
        return text
    return text[0].upper() + text[1:]


def was_or_were(subject: str) -> str:
    """`fines in penalty cases` -> `were`, `completion rate of cases` -> `was`: by the head, before any preposition."""
    head = _HEAD_ENDS.split(subject, maxsplit=1)[0]
    if head.endswith("people") or " and" in head:
        return "were"
    return "were" if head.endswith("s") and not head.endswith(("ss", "us", "is")) else "was"

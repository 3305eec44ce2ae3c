"""One answer's parts, each under its own name, with the faults found in it."""

from collections.abc import Iterable, Mapping

from summarizer.checking import Context, Fault, FaultCode, check_label, check_prose, check_title, rewrite_literals
from summarizer.records import record

MISSING = "missing"


@record
class Text:
    """A text in both languages as the model wrote it (a label, a summary, an overview text), in local ids.

    Attributes:
        places: numbers of the sentences it rests on; of a choice, those it is made of.
    """

    zh: str
    en: str
    places: tuple[int, ...] = ()


@record
class Item:
    """One thing asked for.

    Attributes:
        name: as the model knows it: `label 5`, `title 2`, `summary 2`, `problems`.
        kind: `label`, `title`, `prose`, or `choice` of sentences that are pointed at.
        context: what it may refer to and name.
        heading: the Chinese heading of a title.
        fewest, most: sentences that must be chosen, and the number of the last that may be.
    """

    name: str
    kind: str
    context: Context
    heading: str = ""
    fewest: int = 0
    most: int = 0


def faults_of(item: Item, text: Text | None) -> tuple[str, ...] | tuple[Fault, ...]:
    """What is wrong with an item; a missing one has one fault, `MISSING`."""
    if text is None:
        return (MISSING,)
    if item.kind == "choice":
        return _choice_faults(text, item.most) if len(text.places) >= item.fewest else (MISSING,)
    if item.kind == "label":
        return check_label(text.zh, text.en, item.context)
    if item.kind == "title":
        return check_title(text.en, item.heading, item.context)
    return check_prose(text.zh, text.en, item.context)


def _choice_faults(text: Text, most: int) -> tuple[Fault, ...]:
    wrong = ", ".join(str(n) for n in dict.fromkeys(text.places) if not 1 <= n <= most)
    if not wrong:
        return ()
    message = f"there is no sentence {wrong}; they are numbered 1 to {most}"
    return (Fault(FaultCode.UNKNOWN_REFERENCE, None, 0, 0, message, "points at a sentence that does not exist"),)


def without_literals(item: Item, text: Text) -> Text:
    """A literal that equals one quantity becomes its reference, before anything is checked."""
    if item.kind != "prose":
        return text
    zh, en = rewrite_literals(text.zh, text.en, item.context)
    return Text(zh, en, text.places)


def complaints(
    items: Mapping[str, Item], faults: Mapping[str, Iterable[str | Fault]], answers: Mapping[str, Text]
) -> list[str]:
    """One line for each faulty item: its name, what it said, what is wrong with it."""
    lines = []
    for name, found in faults.items():
        said = answers.get(name)
        if said is None:
            lines.append(f"{name}: it is missing")
            continue
        wrong = "; ".join(dict.fromkeys(f if isinstance(f, str) else f.message for f in found))
        kind = items[name].kind
        if kind == "choice":
            quoted = ", ".join(map(str, said.places))
        else:
            quoted = f"en {said.en!r}" if kind == "title" else f"zh {said.zh!r}, en {said.en!r}"
        lines.append(f"{name} ({quoted}): {wrong}")
    return lines

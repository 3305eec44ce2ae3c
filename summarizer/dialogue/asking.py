"""Ask, check, ask again only for what is faulty, at most twice."""

from collections.abc import Callable, Mapping, Sequence

from pydantic import BaseModel

from summarizer.checking import Fault
from summarizer.dialogue.items import MISSING, Item, Text, complaints, faults_of, without_literals
from summarizer.dialogue.model import Answer, Model, Spent
from summarizer.errors import CassetteMissError, EngineOutputError, TooLongError, TruncatedError
from summarizer.prompting import Message, Prompts, repair_messages
from summarizer.records import record

MOST_REPAIRS = 2


@record
class Outcome:
    """What came of asking for some items.

    Attributes:
        answers: what the model said last, by item.
        faults: what is still wrong, by item; a missing item has the one fault `missing`.
        failure: why there is no usable answer at all, "" when there is one.
        too_much: the answer, or the question, was longer than the endpoint allows: asking for less may help.
    """

    answers: Mapping[str, Text]
    faults: Mapping[str, Sequence[str | Fault]]
    spent: Spent
    failure: str = ""
    too_much: bool = False


def ask(
    model: Model,
    prompts: Prompts,
    messages: Sequence[Message],
    response_model: type[BaseModel],
    repair_model: type[BaseModel],
    items: Mapping[str, Item],
    read: Callable[[BaseModel], Mapping[str, Text]],
    *,
    name: str,
    excused: Callable[[BaseModel], set[str]] = lambda reply: set(),
) -> Outcome:
    """Ask for `items` and have faulty ones mended. `excused` names items the reply gives a reason to leave out."""
    spent = Spent()
    try:
        answer = model.ask(messages, response_model, name=name)
    except CassetteMissError:
        raise  # no answer of the model: a replay that went on would pass the offline engine off as the model
    except EngineOutputError as error:
        spent = spent.failed(error)
        too_much = isinstance(error, TruncatedError | TooLongError)
        return Outcome({}, dict.fromkeys(items, (MISSING,)), spent, failure=str(error), too_much=too_much)
    spent = spent.plus(answer, retry=False)
    left_out = excused(answer.value)
    said = read(answer.value)  # which may name further items: a list holds as many as the model finds
    wanted = {n: item for n, item in items.items() if n not in left_out}
    answers = _taken(wanted, said, {})
    faults = _faults(wanted, answers)
    for attempt in range(1, MOST_REPAIRS + 1):
        if not faults:
            break
        repair = _repair(model, prompts, messages, repair_model, wanted, faults, answers, f"{name}, repair {attempt}")
        if isinstance(repair, EngineOutputError):
            spent = spent.failed(repair)
            break
        spent = spent.plus(repair, retry=True)
        answers = _taken({n: wanted[n] for n in faults}, read(repair.value), answers)
        faults = _faults(wanted, answers)
    return Outcome(answers, faults, spent)


def _repair(
    model: Model,
    prompts: Prompts,
    messages: Sequence[Message],
    repair_model: type[BaseModel],
    items: Mapping[str, Item],
    faults: Mapping[str, Sequence[str | Fault]],
    answers: Mapping[str, Text],
    name: str,
) -> Answer | EngineOutputError:
    again = repair_messages(prompts, messages, complaints(items, faults, answers))
    try:
        return model.ask(again, repair_model, name=name)
    except CassetteMissError:
        raise
    except EngineOutputError as error:
        # The first answer stands, marked: a repair that fails takes nothing away.
        return error


def _taken(items: Mapping[str, Item], said: Mapping[str, Text], before: Mapping[str, Text]) -> dict[str, Text]:
    return {**before, **{n: without_literals(items[n], text) for n, text in said.items() if n in items}}


def _faults(items: Mapping[str, Item], answers: Mapping[str, Text]) -> dict[str, Sequence[str | Fault]]:
    found: dict[str, Sequence[str | Fault]] = {}
    for name, item in items.items():
        wrong = faults_of(item, answers.get(name))
        if wrong:
            found[name] = wrong
    return found

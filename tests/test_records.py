"""Records are the frozen, slotted dataclasses that they stand for."""

import copy
import dataclasses
import inspect
import pickle
import sys
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

import summarizer
from summarizer.brief import BriefData, Overview, Prose, Tokens
from summarizer.document import Span
from summarizer.records import record
from summarizer.result import Brief


def every_record() -> list[type]:
    for module in walk_packages(summarizer.__path__, "summarizer."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    modules = [module for name, module in sys.modules.items() if name.startswith("summarizer.")]
    found = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and hasattr(value, "_record_fields")
    }
    return sorted(found, key=lambda cls: (cls.__module__, cls.__qualname__))


def as_dataclass(cls: type) -> Any:
    """The same class by the standard library; what it inherits is among its own fields."""
    fields = cls._record_fields  # type: ignore[attr-defined]
    body: dict[str, Any] = {"__annotations__": {name: field.type for name, field in fields.items()}}
    for name, known in fields.items():
        made = {n: getattr(known, n) for n in ("default", "default_factory", "repr", "compare", "kw_only")}
        body[name] = dataclasses.field(**made)
    # What the class itself defines stays; what records made is of another module.
    own = {n: vars(cls)[n] for n in ("__repr__", "__eq__", "__hash__") if vars(cls)[n].__module__ == cls.__module__}
    body |= own | {"__module__": cls.__module__, "__qualname__": cls.__qualname__, "__doc__": cls.__doc__}
    return dataclasses.dataclass(frozen=True, slots=True)(type(cls.__name__, (), body))


def arguments(cls: type) -> list[Any]:
    """Names, kinds and types of what makes one, with defaults; how an absent default factory shows is not compared."""
    factories = {f.name for f in dataclasses.fields(cls) if f.default_factory is not dataclasses.MISSING}
    parameters = inspect.signature(cls).parameters.values()
    return [given.replace(default="made") if given.name in factories else given for given in parameters]


@pytest.mark.parametrize("cls", every_record(), ids=lambda cls: f"{cls.__module__}.{cls.__qualname__}")
def test_records_behave_as_dataclasses(cls: type) -> None:
    """Signature, fields, repr, equality, hash and refusal of changes are what `dataclass` would have made."""
    theirs = as_dataclass(cls)
    assert arguments(cls) == arguments(theirs)
    assert cls.__match_args__ == theirs.__match_args__  # type: ignore[attr-defined]
    values = {name: f"a {name}" for name in theirs.__slots__}
    one, same, model = cls(**values), cls(**values), theirs(**values)
    if vars(cls)["__repr__"].__module__ != cls.__module__:  # one of its own may look into its values
        assert repr(one) == repr(model)
    assert one == same
    assert one != model
    assert hash(one) == hash(same) == hash(model)
    kinds = ("name", "type", "default", "default_factory", "init", "repr", "compare", "kw_only")
    for own, their in zip(dataclasses.fields(one), dataclasses.fields(model), strict=True):  # type: ignore[arg-type]
        assert [getattr(own, kind) for kind in kinds] == [getattr(their, kind) for kind in kinds]
        if their.compare:
            other = dataclasses.replace(one, **{their.name: "another"})  # type: ignore[type-var]
            assert other != one
            assert getattr(other, their.name) == "another"
        with pytest.raises(dataclasses.FrozenInstanceError, match=their.name):
            setattr(one, their.name, "another")
        with pytest.raises(dataclasses.FrozenInstanceError, match=their.name):
            delattr(one, their.name)
    assert not hasattr(one, "__dict__")


def test_records_are_copied_and_pickled() -> None:
    """As plain data, with what an inheriting record adds."""
    prose = Prose("罚款[1]", "fines of [1]")
    data = BriefData("1", *(prose for _ in BriefData.__slots__[1:]))  # type: ignore[arg-type]
    brief = Brief.of(data, "text")
    for again in (copy.copy(brief), copy.deepcopy(brief), pickle.loads(pickle.dumps(brief))):
        assert again == brief
        assert again.text == "text"
    assert brief != data
    assert brief.data == data
    assert dataclasses.asdict(Tokens(1)) == {"prompt": 1, "cached": 0, "completion": 0}
    assert dataclasses.is_dataclass(Tokens)


def test_a_default_factory_makes_each_record_its_own() -> None:
    """Two overviews do not share their fields."""
    one, other = Overview(Prose("", "")), Overview(Prose("", ""))
    assert one == other
    assert one.fields is not other.fields


def test_wrong_arguments_are_refused_by_name() -> None:
    """As a function refuses them."""

    @record
    class Place:
        span: Span
        name: str = ""

    assert repr(Place(Span(1, 2), "here")).endswith("Place(span=Span(start=1, end=2), name='here')")
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'span'"):
        Place()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'nmae'"):
        Place(Span(1, 2), nmae="")  # type: ignore[call-arg]

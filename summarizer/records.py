"""Records: what `dataclass(frozen=True, slots=True)` gives, without what it costs at start-up.

`dataclass` writes six methods of each class as text and compiles them at import: 0.6 ms a class, 35 ms of a run of
0.2 s for the sixty classes that one brief needs. Here a method that is alike in all classes is an ordinary function,
and `__init__`, the only one written as text, is compiled when the first record of its class is made.
For the standard library (`fields`, `replace`, `asdict`), type checkers and pydantic these classes are dataclasses.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field, make_dataclass, replace
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

_Class = TypeVar("_Class", bound=type)
_Values = Callable[[Any], tuple[Any, ...]]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: _Class) -> _Class:
    """Make a class a frozen, slotted dataclass; it may inherit from another record. `__post_init__` is not called."""
    own = {name: _field(cls.__dict__.get(name, MISSING), type) for name, type in cls.__annotations__.items()}
    fields: dict[str, Field[Any]] = {**getattr(cls, "_record_fields", {}), **own}
    compared = _values([name for name, field in fields.items() if field.compare])
    stored = _values([*fields])
    late = {"__init__": _Late(_init), "__dataclass_fields__": _Late(_fields), "__dataclass_params__": _Late(_params)}
    without = {*own, "__dict__", "__weakref__"}  # the last two belong to the class that the one with slots replaces
    body = {
        "__repr__": _repr,  # these three a class may have of its own
        "__eq__": _equality(compared),
        "__hash__": lambda self: hash(compared(self)),
        **{name: value for name, value in cls.__dict__.items() if name not in without},
        **late,
        "__qualname__": cls.__qualname__,
        "__slots__": tuple(own),
        "__match_args__": tuple(name for name, field in fields.items() if field.kw_only is not True),
        "_record_fields": fields,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__replace__": replace,
        "__getstate__": lambda self: stored(self),  # a getter alone would not be bound
        "__setstate__": _set_state,
    }
    made: Any = type(cls)(cls.__name__, cls.__bases__, body)
    for name, attribute in late.items():
        attribute.home, attribute.name = made, name
    return made  # type: ignore[no-any-return]


class _Late:
    """An attribute of a class, worked out when it is first asked for; the result takes its place."""

    home: Any
    name: str

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make

    def __get__(self, instance: Any, owner: Any) -> Any:
        setattr(self.home, self.name, self._make(self.home))
        return getattr(owner if instance is None else instance, self.name)


def _field(default: Any, type: Any) -> "Field[Any]":
    made: Field[Any] = default if isinstance(default, Field) else field(default=default)
    made.type = type
    return made


def _values(names: list[str]) -> _Values:
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda self: (get(self),)


def _init(cls: Any) -> Any:
    """The `__init__` of a record class, written out."""
    known: dict[str, Any] = {"_MISSING": MISSING}
    arguments: dict[bool, list[str]] = {False: ["self"], True: ["*"]}  # by position, by keyword
    body = []
    for name, known_field in cls._record_fields.items():
        # A slot's own setter passes by `__setattr__`, which refuses; it is faster than object.__setattr__, too.
        known[f"_set_{name}"] = getattr(cls, name).__set__
        argument = value = name
        if known_field.default is not MISSING:
            known[f"_default_{name}"] = known_field.default
            argument = f"{name}=_default_{name}"
        elif known_field.default_factory is not MISSING:
            known[f"_make_{name}"] = known_field.default_factory
            argument = f"{name}=_MISSING"
            value = f"_make_{name}() if {name} is _MISSING else {name}"
        arguments[known_field.kw_only is True].append(argument)
        body.append(f"_set_{name}(self, {value})")
    signature = ", ".join(arguments[False] + (arguments[True] if len(arguments[True]) > 1 else []))
    exec(f"def __init__({signature}):\n " + "\n ".join(body), known)
    init = known["__init__"]
    init.__annotations__ = {name: field.type for name, field in cls._record_fields.items()} | {"return": None}
    init.__qualname__, init.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    return init


def _fields(cls: Any) -> Any:
    # The standard library completes the fields on this occasion; nothing that it would compile is asked for.
    return _dataclass(cls).__dataclass_fields__


def _params(cls: Any) -> Any:
    return _dataclass(cls, frozen=True).__dataclass_params__


def _dataclass(cls: Any, *, frozen: bool = False) -> Any:
    fields = [(name, field.type, field) for name, field in cls._record_fields.items()]
    return make_dataclass(cls.__name__, fields, init=False, repr=False, eq=False, frozen=frozen)


def _equality(compared: _Values) -> Callable[[Any, Any], Any]:
    def equal(self: Any, other: Any) -> Any:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name, field in self._record_fields.items() if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse(self: Any, name: str, *value: object) -> None:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _set_state(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(self._record_fields, state, strict=True):
        object.__setattr__(self, name, value)

"""Bilingual briefs of Chinese public-body reports in which every figure leads to its sentence.

    from summarizer import summarize

    brief = summarize("report.txt")

Names load when they are first used, so importing the package costs nothing.
"""

from typing import TYPE_CHECKING

from summarizer.version import __version__

if TYPE_CHECKING:
    from summarizer.api import Outcome, check, compare, inspect, summarize, summarize_many, summarize_text
    from summarizer.compared import Comparison
    from summarizer.engines.opening import EngineOptions
    from summarizer.engines.protocol import Engine
    from summarizer.errors import (
        DefinitionError,
        EmptyDocumentError,
        EngineError,
        EngineOutputError,
        EngineUnavailableError,
        InputError,
        LimitError,
        OptionError,
        PromptTemplateError,
        ReportTypeError,
        StoreError,
        SummarizerError,
        UnreadableDocumentError,
        UnsupportedFormatError,
    )
    from summarizer.report_type import ReportType
    from summarizer.resources import load_report_type
    from summarizer.result import Brief

__all__ = [
    "Brief",
    "Comparison",
    "DefinitionError",
    "EmptyDocumentError",
    "Engine",
    "EngineError",
    "EngineOptions",
    "EngineOutputError",
    "EngineUnavailableError",
    "InputError",
    "LimitError",
    "OptionError",
    "Outcome",
    "PromptTemplateError",
    "ReportType",
    "ReportTypeError",
    "StoreError",
    "SummarizerError",
    "UnreadableDocumentError",
    "UnsupportedFormatError",
    "__version__",
    "check",
    "compare",
    "inspect",
    "load_report_type",
    "summarize",
    "summarize_many",
    "summarize_text",
]

_HOMES = {
    "Brief": "result",
    "Comparison": "compared",
    "Engine": "engines.protocol",
    "EngineOptions": "engines.opening",
    "Outcome": "api",
    "ReportType": "report_type",
    "check": "api",
    "compare": "api",
    "inspect": "api",
    "load_report_type": "resources",
    "summarize": "api",
    "summarize_many": "api",
    "summarize_text": "api",
}


if not TYPE_CHECKING:  # a type checker must still know which names there are

    def __getattr__(name: str) -> object:
        """Load a public name from its module, once."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'errors')}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

"""Every error a caller may meet, drawn as one tree.

SummarizerError
├── InputError
│   ├── UnsupportedFormatError
│   ├── UnreadableDocumentError
│   └── EmptyDocumentError
├── DefinitionError
│   ├── ReportTypeError
│   └── PromptTemplateError
├── EngineError
│   ├── EngineUnavailableError
│   └── EngineOutputError
└── StoreError

Messages are one line: what happened, where, what to do next.
"""


class SummarizerError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(SummarizerError):
    """A report cannot be read."""


class UnsupportedFormatError(InputError):
    """The bytes are of a format no reader accepts."""


class UnreadableDocumentError(InputError):
    """The file is missing, damaged or in an encoding that cannot be told."""


class EmptyDocumentError(InputError):
    """The file holds no text."""


class DefinitionError(SummarizerError):
    """A file of `schemas/` or `prompts/` is wrong."""


class ReportTypeError(DefinitionError):
    """A report type definition is malformed; the message names file and line."""


class PromptTemplateError(DefinitionError):
    """A prompt template is malformed or lacks a variable."""


class EngineError(SummarizerError):
    """An engine could not deliver."""


class EngineUnavailableError(EngineError):
    """The endpoint, the key or the model is permanently out of reach."""


class EngineOutputError(EngineError):
    """The engine answered, but not in a form that can be used."""


class StoreError(SummarizerError):
    """The store of finished results cannot be read or written."""

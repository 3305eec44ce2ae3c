"""Every error a caller may meet, drawn as one tree.

SummarizerError
├── OptionError
├── InputError
│   ├── UnsupportedFormatError
│   ├── UnreadableDocumentError
│   └── EmptyDocumentError
├── DefinitionError
│   ├── ReportTypeError
│   └── PromptTemplateError
├── EngineError
│   ├── EngineUnavailableError
│   │   └── CassetteError
│   └── EngineOutputError
│       ├── RefusedError
│       ├── TruncatedError
│       ├── TooLongError
│       ├── TransientError
│       └── CassetteMissError
├── LimitError
└── StoreError

Messages are one line: what happened, where, what to do next.
"""


class SummarizerError(Exception):
    """Base of every error this package raises on purpose."""


class OptionError(SummarizerError):
    """Options that are unknown, or make no sense together."""


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


class CassetteError(EngineUnavailableError):
    """A file of recorded replies cannot be used, or must not be written; the message names it."""


class EngineOutputError(EngineError):
    """The engine answered, but not in a form that can be used.

    Attributes:
        reason: one word a program may branch on: `not_json`, `no_choices`, `empty`, `invalid`, `error_in_reply`, ...
        transient: True when the same request may succeed later.
        retry_after: seconds the endpoint asked to wait, None when it did not say.
        requests: HTTP requests that were spent on it.
        usage: tokens that were spent on it (`engines.llm.Usage`), None when unknown.
    """

    reason = "invalid"
    transient = False

    def __init__(self, message: str, *, reason: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.reason = reason or type(self).reason
        self.retry_after = retry_after
        self.requests = 0
        self.usage: object | None = None


class RefusedError(EngineOutputError):
    """The model, or a filter before or after it, declined; asking again does not help."""

    reason = "refused"


class TruncatedError(EngineOutputError):
    """The reply was cut off at the model's limit; ask for less at a time."""

    reason = "truncated"


class TooLongError(EngineOutputError):
    """The request does not fit the model's context; ask about less at a time."""

    reason = "too_long"


class TransientError(EngineOutputError):
    """The endpoint is busy, broken or slow; the same request may succeed later."""

    reason = "busy"
    transient = True


class CassetteMissError(EngineOutputError):
    """A file of recorded replies holds none for a request."""

    reason = "cassette_miss"


class LimitError(SummarizerError):
    """A limit or budget of the user's forbids what would have to be done; nothing of it was."""


class StoreError(SummarizerError):
    """The store of finished results cannot be read or written."""

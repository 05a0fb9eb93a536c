"""One small family of errors. Each message says what happened, the value, and the next step."""

from __future__ import annotations


class AssistantError(Exception):
    """Anything this program refuses or cannot do; ``exit_code`` is the command line's answer."""

    exit_code = 1


class BadInputError(AssistantError):
    """The caller gave something that cannot be used (exit code 2, HTTP 422)."""

    exit_code = 2


class NotFoundError(BadInputError):
    """An article, answer or conversation that is not in the catalog (HTTP 404)."""


class TooLargeError(BadInputError):
    """A question, body or file over its limit (HTTP 413)."""


class MissingDependencyError(AssistantError):
    """Something the program needs is not there (exit code 3)."""

    exit_code = 3


class IndexMismatchError(MissingDependencyError):
    """The data folder was built by another model, chunker or format."""


class BusyError(AssistantError):
    """Another process is writing to the data folder (HTTP 503)."""


class SourceError(AssistantError):
    """One source of an ingest run that cannot be read; it is recorded, the run goes on."""


class StorageError(MissingDependencyError):
    """The disk is full, or the data folder cannot be written to."""

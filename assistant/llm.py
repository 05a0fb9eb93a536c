"""Language models by LangChain: the only module that knows of it. Nothing of it is imported before a model is opened.

Keys stay in the providers' own environment variables. What a provider says when it fails may hold them, so
only the kind of a failure is told, never its words.
"""

from __future__ import annotations

import contextvars
import importlib.util
import logging
import os
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from assistant.answer.language_model import LanguageModelError, Piece, Prompt
from assistant.errors import BadInputError, MissingDependencyError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

MOST_AT_ONCE = 8
FIRST_PAUSE_SECONDS = 0.5
_NAME = re.compile(r"(?P<provider>[A-Za-z][A-Za-z0-9_-]*):(?P<model>[\w.:/@+-]+)")
_PACKAGES = {"openai": "langchain_openai", "anthropic": "langchain_anthropic", "ollama": "langchain_ollama"}
_BASE_URL = re.compile(r"https?://[^\s]+")
# Asking again changes nothing: the request or the key is at fault.
_FINAL_STATUSES = frozenset({400, 401, 403, 404, 413, 422})
_REFUSALS = frozenset({"content_filter", "refusal", "safety", "prohibited_content", "blocklist"})
_log = logging.getLogger("assistant.llm")


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """How a model is reached and how long it may take: ``timeout`` in seconds for the whole answer."""

    base_url: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    retries: int = 1
    max_tokens: int = 600
    temperature: float | None = None


def open_model(name: str, options: ModelOptions) -> LangChainModel:
    """The chat model ``provider:model``.

    Raises:
        BadInputError: the name or the base URL cannot be read, or nobody knows the provider.
        MissingDependencyError: a package or the provider's key is missing.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        # Not repeated: a key that was put in the wrong place looks like this.
        raise BadInputError("llm is not of the form provider:model; write for example openai:gpt-4o-mini")
    if options.base_url is not None and not _BASE_URL.fullmatch(options.base_url):
        raise BadInputError("llm_base_url is no http or https address; correct ASSISTANT_LLM_BASE_URL")
    provider = found["provider"].lower().replace("-", "_")
    _need_packages(provider)
    if options.base_url is not None and "@" in options.base_url:
        _hush_addresses()
    chat_model = _chat_model(provider, found["model"], options)
    return LangChainModel(chat_model, name, options.timeout, options.retries)


def _hush_addresses() -> None:
    """The HTTP clients of the providers' packages note whole addresses, this one's password included."""
    for name in ("httpx", "httpx2", "httpcore", "httpcore2", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _need_packages(provider: str) -> None:
    if provider not in _PACKAGES and importlib.util.find_spec("langchain") is None:
        raise BadInputError(
            f"provider {provider!r} is not known; use {', '.join(_PACKAGES)}, or install langchain and the "
            "provider's package for another"
        )
    for package in ("langchain", _PACKAGES.get(provider, "langchain")):
        if importlib.util.find_spec(package) is None:
            raise MissingDependencyError(
                f"the language model needs the package {package}; install it with: pip install 'assistant[{provider}]'"
            )


def _chat_model(provider: str, model: str, options: ModelOptions) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    try:
        chat_model: BaseChatModel = init_chat_model(model, model_provider=provider, **_arguments(provider, options))
    except ImportError as error:
        raise MissingDependencyError(
            f"provider {provider!r} needs its LangChain package; install langchain-{provider.replace('_', '-')}"
        ) from error
    except Exception as error:
        # Providers raise what they like here; their words may hold a key, so they go no further.
        if isinstance(error, ValueError) and "nsupported" in str(error) and provider not in _PACKAGES:
            raise BadInputError(f"provider {provider!r} is not known; use {', '.join(_PACKAGES)}") from None
        raise MissingDependencyError(
            f"the language model {provider}:{model} cannot be set up ({type(error).__name__}); set the provider's key "
            "in its own environment variable, for example OPENAI_API_KEY, and check the name of the model"
        ) from None
    return chat_model


def _arguments(provider: str, options: ModelOptions) -> dict[str, Any]:
    given: dict[str, Any] = {} if options.temperature is None else {"temperature": options.temperature}
    if options.base_url is not None:
        given["base_url"] = options.base_url
    if provider == "ollama":
        return given | {"num_predict": options.max_tokens, "client_kwargs": {"timeout": options.timeout}}
    # Retries are ours: a provider's own would go on beyond the time limit.
    given |= {"max_tokens": options.max_tokens, "timeout": options.timeout, "max_retries": 0}
    if provider == "openai":
        given["stream_usage"] = True
        if options.base_url is not None and not os.environ.get("OPENAI_API_KEY"):
            # Servers on one's own machine want none, but the client insists.
            given["api_key"] = "none"
    return given


class LangChainModel:
    """Any LangChain chat model as a ``LanguageModel``.

    Args:
        chat_model: does the work.
        name: what people ask for, ``provider:model``.
        timeout: seconds for one answer, all attempts together.
        retries: further attempts, made only while nothing has come yet.
    """

    def __init__(self, chat_model: BaseChatModel, name: str, timeout: float = 60.0, retries: int = 1) -> None:
        self._chat_model = chat_model
        self._name = name
        self._timeout = timeout
        self._retries = retries
        self._free = threading.BoundedSemaphore(MOST_AT_ONCE)

    @property
    def name(self) -> str:
        """The name of the engine."""
        return self._name

    def stream(self, prompt: Prompt) -> Generator[Piece, None, None]:
        """What the model writes. Raises LanguageModelError, at the latest when the time is over."""
        if not self._free.acquire(blocking=False):
            raise LanguageModelError(f"it is busy with {MOST_AT_ONCE} other answers")
        reading = _Reading(lambda stopped: self._pieces(prompt, stopped), self._free.release)
        try:
            yield from reading.pieces(time.monotonic() + self._timeout)
        except TimeoutError:
            raise LanguageModelError(f"it did not finish within {self._timeout:g} seconds") from None
        except LanguageModelError:
            raise
        except Exception as error:
            # Whatever a provider's package raises is one thing here: the model failed, and the answer goes on.
            _log.warning("language model %s failed: %s", self._name, type(error).__name__)
            raise LanguageModelError(_reason(error)) from None
        finally:
            reading.stop()

    def _pieces(self, prompt: Prompt, stopped: threading.Event) -> Iterator[Piece]:
        messages = [("system", prompt.system), ("human", prompt.user)]
        for attempt in range(self._retries + 1):
            begun = False
            try:
                for chunk in self._chat_model.stream(messages):
                    piece = _piece(chunk)
                    begun = begun or bool(piece.text)
                    yield piece
                return
            except Exception as error:
                if begun or attempt == self._retries or not _may_pass(error):
                    raise
                if stopped.wait(FIRST_PAUSE_SECONDS * 2**attempt):
                    return


class _Reading:
    """Reads in a thread of its own, so that a provider which falls silent cannot hold an answer beyond its time."""

    def __init__(self, source: Callable[[threading.Event], Iterator[Piece]], done: Callable[[], None]) -> None:
        self._source = source
        self._done = done
        self._queue: SimpleQueue[Piece | Exception | None] = SimpleQueue()
        self._stopped = threading.Event()
        # LangChain finds the callbacks of a chain around it in the context of the thread.
        reading = contextvars.copy_context()
        threading.Thread(target=reading.run, args=(self._read,), name="language-model", daemon=True).start()

    def pieces(self, deadline: float) -> Iterator[Piece]:
        """The pieces as they come; raises TimeoutError at ``deadline``, and what the source raised."""
        while True:
            try:
                found = self._queue.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                raise TimeoutError from None
            if found is None:
                return
            if isinstance(found, Exception):
                raise found
            yield found

    def stop(self) -> None:
        """Read no more than what is on its way."""
        self._stopped.set()

    def _read(self) -> None:
        try:
            for piece in self._source(self._stopped):
                if self._stopped.is_set():
                    break
                self._queue.put(piece)
            self._queue.put(None)
        except Exception as error:
            self._queue.put(error)
        finally:
            self._done()


def _piece(chunk: BaseMessage) -> Piece:
    told = chunk.response_metadata
    reason = str(told.get("finish_reason") or told.get("stop_reason") or "").lower()
    if reason in _REFUSALS or chunk.additional_kwargs.get("refusal"):
        raise LanguageModelError("it refused")
    usage = getattr(chunk, "usage_metadata", None) or {}
    return Piece(str(chunk.text), usage.get("input_tokens"), usage.get("output_tokens"))


def _may_pass(error: Exception) -> bool:
    if isinstance(error, LanguageModelError):
        return False
    return getattr(error, "status_code", None) not in _FINAL_STATUSES


def _reason(error: Exception) -> str:
    """The kind of a failure, in words of ours."""
    kind = type(error).__name__
    if "timeout" in kind.lower():
        return "it did not answer in time"
    if "connect" in kind.lower():
        return "it cannot be reached"
    return f"its provider told {kind}"

"""A briefing assistant on rare earth controls: every sentence cites an exact passage of a dated article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.library import build_service

__all__ = ["build_service"]


def __getattr__(name: str) -> Any:
    """``build_service``, loaded when it is asked for: importing the package alone costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from assistant import library

    return getattr(library, name)

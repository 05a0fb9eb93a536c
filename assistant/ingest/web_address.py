"""An address to read from the web, and what is known beforehand of what stands there."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal

from assistant.ingest.sources import Given

WebKind = Literal["auto", "url", "feed", "sitemap"]


@dataclass(frozen=True, slots=True)
class WebAddress:
    """One page, feed or sitemap.

    Attributes:
        kind: what it must be; ``auto`` takes what comes, a feed or sitemap as its pages.
        given: what a person says of its pages.
        include, exclude: patterns (``*``, ``?``) that addresses of listed pages must match, and must not.
    """

    url: str
    kind: WebKind = "auto"
    given: Given = field(default_factory=Given)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


def wanted(text: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> bool:
    """Whether an address or a path matches a pattern to include (any when there is none) and none to exclude."""
    included = not include or any(fnmatchcase(text, pattern) for pattern in include)
    return included and not any(fnmatchcase(text, pattern) for pattern in exclude)

"""Articles and register files made up for tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.measures.load import load_register
from assistant.measures.register import Register
from assistant.types import Article, ArticleKind

ArticleOf = Callable[[str], Article | None]


def article(
    article_id: str,
    text: str,
    published_on: str | None = "2025-10-09",
    kind: ArticleKind = "digest",
    retrieved_on: str = "2026-11-22",
) -> Article:
    return Article(
        id=article_id,
        uri=f"{article_id}.md",
        url=None,
        title=article_id,
        publisher="Reuters",
        author=None,
        published_on=published_on,
        published_inferred=False,
        retrieved_on=retrieved_on,
        language="en",
        kind=kind,
        source_kind="news",
        origin="Reuters",
        reliability="A",
        topics=(),
        elements=(),
        text=text,
        content_hash="",
    )


def catalog(*articles: Article) -> ArticleOf:
    return {one.id: one for one in articles}.get


RULE = article("rule", "Before. China announced the rule. It was due on 1 December 2025. After.", "2025-10-09")
PAUSE = article("pause", "China suspended the rule until 10 November 2026.", "2025-11-07")
ARTICLES = catalog(RULE, PAUSE)

HEAD = """\
reviewed_to: "2026-07-05"
measures:
  - id: rule
    name: The test rule
    aliases: [test controls]
    issuer: MOFCOM
    instrument: MOFCOM Announcement No. 61 of 2025
    summary: A rule for tests.
    covers:
      elements: [dysprosium]
      destinations: [all]
    history:
"""
ANNOUNCED = """\
      - status: announced
        from: "2025-10-09"
        evidence:
          - article: rule
            quote: China announced the rule.
"""
PLANNED = """\
      - status: in_force
        from: "2025-12-01"
        evidence:
          - article: rule
            quote: It was due on 1 December 2025.
"""
SUSPENDED = """\
      - status: suspended
        from: "2025-11-07"
        until: "2026-11-10"
        evidence:
          - article: pause
            quote: China suspended the rule until 10 November 2026.
"""
RULE_FILE = HEAD + ANNOUNCED + PLANNED + SUSPENDED


def entry(status: str, from_: str, article_id: str, until: str | None = None, scope: str | None = None) -> str:
    """One entry of a history, whose article says only "It is so."."""
    lines = [f"      - status: {status}", f'        from: "{from_}"']
    lines += [f'        until: "{until}"'] if until else []
    lines += [f"        scope: {scope}"] if scope else []
    lines += ["        evidence:", f"          - article: {article_id}", "            quote: It is so."]
    return "\n".join(lines) + "\n"


def told(article_id: str, published_on: str | None) -> Article:
    """An article for ``entry``."""
    return article(article_id, "It is so.", published_on)


def loaded(folder: Path, text: str, articles: ArticleOf = ARTICLES) -> Register:
    """The register of one file with that text."""
    file = folder / "measures.yaml"
    file.write_text(text, encoding="utf-8")
    return load_register([file], articles)

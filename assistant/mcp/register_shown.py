"""The register in the tools' words: every status with quotes that stand in the catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from assistant.mcp import schemas
from assistant.measures.types import Change, Evidence, MeasureStatus, Standing
from assistant.types import Article


@dataclass(frozen=True, slots=True)
class RegisterShown:
    """How much of the register is shown.

    Attributes:
        article: gives an article of the catalog by id.
        whole: every quote, and the details of measures; else the first quote alone.
    """

    article: Callable[[str], Article | None]
    whole: bool

    def measure(self, status: MeasureStatus) -> schemas.MeasureOnDay:
        """A measure, and where it stands."""
        details = self._details(status) if self.whole else None
        return schemas.MeasureOnDay(
            id=status.id, name=status.name, issuer=status.issuer, details=details, **self._placed(status)
        )

    def change(self, change: Change) -> schemas.MeasureChange:
        """A change."""
        names = schemas.MeasureChange.model_fields.keys() - {"evidence"}
        values = {name: getattr(change, name) for name in names}
        return schemas.MeasureChange(**values, evidence=self._quotes(change.evidence))

    def _details(self, status: MeasureStatus) -> schemas.MeasureDetails:
        return schemas.MeasureDetails(
            aliases=status.aliases,
            instrument=status.instrument,
            summary=status.summary,
            covers=status.covers,
            scoped=tuple(schemas.Placed(**self._placed(one)) for one in status.scoped),
            next=schemas.Placed(**self._placed(status.next)) if status.next else None,
        )

    def _placed(self, standing: MeasureStatus | Standing) -> dict[str, Any]:
        names = schemas.Placed.model_fields.keys() - {"evidence"}
        return {name: getattr(standing, name) for name in names} | {"evidence": self._quotes(standing.evidence)}

    def _quotes(self, evidence: Iterable[Evidence]) -> tuple[schemas.Quote, ...]:
        quotes = []
        for one in evidence:
            article = None if one.missing else self.article(one.article)
            if article is not None and one.start is not None and one.end is not None:
                quotes.append(schemas.Quote(**source(article), start=one.start, end=one.end, quote=one.quote))
        return tuple(quotes if self.whole else quotes[:1])


def source(article: Article) -> dict[str, Any]:
    """What ``schemas.Source`` tells of an article, all but the place in it."""
    names = schemas.Source.model_fields.keys() - {"article_id", "start", "end"}
    return {name: getattr(article, name) for name in names} | {"article_id": article.id}

"""The list of articles over HTTP: filters, sorts and pages, and what there is to filter by."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from assistant.api import models
from assistant.api.description import problems_of
from assistant.api.routes import Here, Limit
from assistant.index.article_list import ArticleQuery, Sort, facets, list_articles
from assistant.types import ArticleKind
from assistant.wire import listed_article, to_wire

MAX_SEARCH_LENGTH = 400
MAX_CHOICES = 50

router = APIRouter(tags=["articles"])

Words = Annotated[str, Query(max_length=MAX_SEARCH_LENGTH, description="words in title, publisher or text")]
Choices = Annotated[list[str] | None, Query(max_length=MAX_CHOICES, description="any of these; repeat it")]
Day = Annotated[str | None, Query(max_length=40, description="YYYY-MM-DD, YYYY-MM or YYYY")]


@router.get("/articles", responses={200: {"model": models.Articles}, **problems_of(422)})
def articles(
    here: Here,
    q: Words = "",
    publisher: Choices = None,
    kind: Annotated[list[ArticleKind] | None, Query(max_length=MAX_CHOICES)] = None,
    language: Choices = None,
    topic: Choices = None,
    since: Day = None,
    until: Day = None,
    undated: Annotated[bool | None, Query(description="true: undated ones only; false: without them")] = None,
    sort: Annotated[Sort, Query(description="oldest_cited lists only what stored answers cite")] = "id",
    limit: Limit = 50,
    cursor: Annotated[str | None, Query(max_length=4_000, description="`next` of the page before")] = None,
) -> Response:
    """What is indexed, without the texts; `cited` counts the stored answers that cite an article.

    A key counts its own answers; on the loopback address those of all count.
    """
    query = ArticleQuery(
        q, tuple(publisher or ()), tuple(kind or ()), tuple(language or ()), tuple(topic or ()), since, until, undated,
        sort, here.conversations.owner or None,
    )  # fmt: skip
    page = list_articles(here.catalog, query, limit, cursor)
    return JSONResponse(
        {
            "items": [listed_article(item.article, item.cited, item.last_cited_at) for item in page.items],
            "next": page.next,
            "total": page.total,
        }
    )


@router.get("/facets", responses={200: {"model": models.Facets}})
def article_facets(here: Here) -> Response:
    """Publishers, kinds and languages of what is indexed, each with its number of articles."""
    return JSONResponse(to_wire(facets(here.catalog)))

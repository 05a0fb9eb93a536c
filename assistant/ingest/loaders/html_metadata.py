"""What a page states of itself in its head and markup: JSON-LD first, then meta tags and microdata, then its elements.

The date of publication is taken from the first of: JSON-LD, meta tags and microdata, ``<time>``, the visible line
between title and story, the address. A date of change is only an upper bound, and is given as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from assistant.ingest.loaders.json_ld import Node, article_node, json_ld_nodes, names_of, text_of
from assistant.ingest.published import Published, date_in_path, stated_date

_TITLE = ("og:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "articletitle", "twitter:title")
_PUBLISHER = (
    "og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "sitename", "publisher",
    "application-name",
)  # fmt: skip
_AUTHOR = (
    "author", "article:author", "parsely-author", "sailthru.author", "citation_author", "dc.creator",
    "dcterms.creator", "byl",
)  # fmt: skip
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "date_published", "publishdate", "publish_date",
    "publish-date", "pubdate", "dc.date.issued", "dcterms.issued", "dc.date.published", "parsely-pub-date",
    "sailthru.date", "citation_publication_date", "citation_date", "eli:date_publication", "dc.date",
    "dcterms.date", "dcterms.created", "dc.date.created", "article.published", "date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified")
_SITE_IN_TITLE = re.compile(r"^(?P<title>.+)\s+[|»–—-]\s+(?P<site>.{2,60})$")
_BY = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the markup states; None where it says nothing. ``body`` is the text that JSON-LD holds of the article."""

    title: str | None
    publisher: str | None
    author: str | None
    url: str | None
    language: str | None
    published: Published | None
    modified: Published | None
    body: str | None


def read_metadata(tree: HtmlElement, url: str | None, today: date) -> PageMetadata:
    """The metadata of a page; ``url`` is where it was fetched from, and nothing appeared after ``today``."""
    nodes = json_ld_nodes(tree)
    node = article_node(nodes)
    metas = _metas(tree)
    language = _language(tree)
    address = _address(tree, node, metas, url)
    title, site = _title(tree, node, metas)
    return PageMetadata(
        title=title,
        publisher=_first((*names_of(node.get("publisher"), nodes)[:1], *_given(metas, _PUBLISHER))) or site,
        author=_author(node, nodes, metas),
        url=address,
        language=language,
        published=_published(tree, node, metas, language, today),
        modified=_dated([text_of(node, "dateModified"), *_given(metas, _MODIFIED)], "modified", language, today),
        body=text_of(node, "articleBody"),
    )


def published_by_address(url: str | None, today: date) -> Published | None:
    """The date that the path of an address holds."""
    on = date_in_path(urlsplit(url).path, today) if url else None
    return Published(on, "url") if on else None


def web_address(url: str | None) -> str | None:
    """The address when it is one of the web, else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _published(
    tree: HtmlElement, node: Node, metas: dict[str, list[str]], language: str | None, today: date
) -> Published | None:
    times = [
        element.get("datetime") or element.text_content()
        for element in tree.iter("time")
        if "modified" not in (element.get("itemprop") or "") and not element.xpath("ancestor::aside|ancestor::footer")
    ]
    return (
        _dated([text_of(node, "datePublished"), text_of(node, "dateCreated")], "json-ld", language, today)
        or _dated(_given(metas, _PUBLISHED), "meta", language, today)
        or _dated(times[:1], "time", language, today)
    )


def _dated(given: Iterable[str | None], source: str, language: str | None, today: date) -> Published | None:
    dates = (stated_date(text[:60], language, today) for text in given if text)
    return next((Published(on, source) for on in dates if on), None)


def _metas(tree: HtmlElement) -> dict[str, list[str]]:
    """What meta tags and microdata say, by name in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.xpath(".//*[@itemprop]|.//meta[@content]"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        text = element.get("content") or element.get("datetime") or _microdata_text(element)
        if text and text.strip():
            found.setdefault(name.lower(), []).append(" ".join(text.split()))
    return found


def _microdata_text(element: HtmlElement) -> str:
    named = element.xpath(".//*[@itemprop='name']")
    named_text = named[0].get("content") or named[0].text_content() if named else element.text_content()
    return str(named_text)[:300]


def _given(metas: dict[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _title(tree: HtmlElement, node: Node, metas: dict[str, list[str]]) -> tuple[str | None, str | None]:
    """The title, and the site's name where the browser's title ends with it."""
    browser = " ".join((tree.findtext(".//title") or "").split())
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    match = _SITE_IN_TITLE.match(browser)
    bare = match["title"] if match else browser
    title = _first((text_of(node, "headline"), *_given(metas, (*_TITLE, "headline")), *headings[:1], bare))
    if not title or not match or not (browser.startswith(title[:20]) or title.startswith(bare)):
        return title, None
    # A site may add its name to every title; a heading that was never closed runs on into what follows.
    runs_on = title.startswith(bare) and title[len(bare) : len(bare) + 1].isalnum()
    return (bare if title == browser or runs_on else title), match["site"].partition("<")[0]


def _author(node: Node, nodes: tuple[Node, ...], metas: dict[str, list[str]]) -> str | None:
    names = names_of(node.get("author"), nodes) or tuple(_given(metas, _AUTHOR))[:1]
    if not names and "written by" in [label.lower() for label in metas.get("twitter:label1", [])]:
        names = tuple(metas.get("twitter:data1", ()))
    told = [_BY.sub("", name) for name in dict.fromkeys(names) if not web_address(name)]
    return "; ".join(told) or None


def _address(tree: HtmlElement, node: Node, metas: dict[str, list[str]], url: str | None) -> str | None:
    canonical = tree.xpath(".//link[translate(@rel,'CANOIL','canoil')='canonical']/@href")
    stated = (*canonical, *metas.get("og:url", ()), text_of(node, "mainEntityOfPage"), text_of(node, "url"), url)
    joined = (_joined(url, given) for given in stated if given)
    return next((address for given in joined if (address := web_address(given))), None)


def _joined(url: str | None, given: str) -> str | None:
    try:
        return urljoin(url or "", given.strip())
    except ValueError:
        return None


def _language(tree: HtmlElement) -> str | None:
    given = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
    match = re.match(r"[a-z]{2,3}(?![a-z])", given)
    return match[0] if match else None


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)

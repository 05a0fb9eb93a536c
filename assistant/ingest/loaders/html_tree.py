"""A page as a tree: parsed, rid of what is never story, and read as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html
from lxml.html import HtmlElement

from assistant.ingest.loaders.html_tables import tables_to_sentences

_NEVER_TEXT = ("script", "style", "noscript", "template", "iframe", "svg", "object", "textarea", "select")
_NEVER_STORY = (
    "nav", "aside", "footer", "form", "button", "dialog", "figcaption", "amp-consent", "amp-sidebar", "amp-ad",
    "amp-carousel", "menu",
)  # fmt: skip
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "dialog", "search", "menu", "alert"})
_BLOCKS = frozenset(
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody td tfoot th thead time tr "
    "ul".split()
)
# Words of class names and ids that mark page furniture on the common content systems.
_FURNITURE_NAMES = frozenset(
    """
    ad ads advert advertisement adslot alerts also appbar banner bias bottomnav breadcrumb breadcrumbs byline-bio chat
    comment comments consent cookie cookies copy copyright credit crumb cta disclaimer disqus feedback foot footer gdpr
    hot jp-relatedposts login masthead menu mod modal more-stories most-read nav navbar newsletter newsletters online
    outbrain paywall popup print-only promo pullquote recirc recommend recommended related relatedposts
    sharedaddy share sharing sidebar signup sig signature skip-link smartbanner social sponsored subscribe subscription
    taboola tags teaser teasers ticker toc toolbar tools trending utility widget
    """.split()
)  # fmt: skip
# Names that no site gives to a story: what they hold goes even where little else is left of the page.
_SURELY_FURNITURE = frozenset("comment comments consent cookie cookies gdpr newsletter newsletters paywall".split())
_MOST_STORY_IN_FURNITURE = 0.3
_MOST_STORY_IN_SURE_FURNITURE = 0.7
_LEAST_ITEM_WORDS = 3
_NAME_PARTS = re.compile(r"[a-z]+")


def parse_page(markup: str) -> HtmlElement | None:
    """The tree of a page, comments and processing instructions left out; None when there is nothing to parse.

    libxml2 gives up below 256 levels, so that no later step can recurse deeper.
    """
    # A string with an encoding declaration is refused by lxml; bytes with the encoding named are not.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None
    return tree if isinstance(tree, HtmlElement) else None


def visible_lines(tree: HtmlElement) -> list[str]:
    """The text a reader sees, a line for each block, in order."""
    pieces: list[str] = []
    body = tree.find("body")
    for step, element in etree.iterwalk(tree if body is None else body, events=("start", "end")):
        if element.tag in _BLOCKS:
            pieces.append("\n")
        if step == "start":
            pieces.append("" if element.tag in _NEVER_TEXT else element.text or "")
        pieces.append(element.tail or "" if step == "end" else "")
    lines = (" ".join(line.split()) for line in _without_soft_breaks(pieces).split("\n"))
    return [line for line in lines if line]


def drop_furniture(tree: HtmlElement) -> None:
    """Takes out of the tree what is page furniture by its tag, role or class, and turns tables into sentences.

    An element that holds a good part of the page's paragraphs stays whatever it is called.
    """
    for element in list(tree.iter(*_NEVER_TEXT)):
        _drop(element)
    whole = max(_paragraph_text(tree), 1)
    for element in list(tree.iter()):
        if (share := _furniture_share(element)) and _paragraph_text(element) / whole <= share:
            _drop(element)
    tables_to_sentences(tree)
    _open_lists(tree)
    for marker in tree.xpath(".//sup[a]|.//a[starts-with(@href,'#')][string-length(normalize-space(.))<5]"):
        _drop(marker)


def _furniture_share(element: HtmlElement) -> float:
    """The greatest share of the page's paragraphs that may go with the element; 0 when it is no furniture."""
    if not isinstance(element.tag, str) or element.tag in ("html", "body", "article", "main"):
        return 0.0
    names = _names(element)
    if not names.isdisjoint(_SURELY_FURNITURE):
        return _MOST_STORY_IN_SURE_FURNITURE
    is_furniture = (
        element.tag in _NEVER_STORY
        or (element.get("role") or "").lower() in _ROLES
        or element.get("hidden") is not None
        or "display:none" in (element.get("style") or "").replace(" ", "").lower()
        or not names.isdisjoint(_FURNITURE_NAMES)
    )
    return _MOST_STORY_IN_FURNITURE if is_furniture else 0.0


def _names(element: HtmlElement) -> set[str]:
    given = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return {*given.split(), *_NAME_PARTS.findall(given)}


def _open_lists(tree: HtmlElement) -> None:
    """Makes paragraphs of the items of lists without links: short lists are lost otherwise."""
    for items in tree.iter("ul", "ol"):
        words = [len(item.text_content().split()) for item in items.iterchildren("li")]
        if words and items.find(".//a") is None and sum(words) / len(words) >= _LEAST_ITEM_WORDS:
            items.tag = "div"
            for item in items.iterchildren("li"):
                item.tag = "p"


def _paragraph_text(element: HtmlElement) -> int:
    """Characters of paragraphs, list items and cells outside links."""
    return int(sum(len(text.strip()) for text in _prose(element)))


def _prose(element: HtmlElement) -> Iterator[str]:
    yield from (str(text) for text in element.xpath(".//text()[ancestor::p or ancestor::li][not(ancestor::a)]"))


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _without_soft_breaks(pieces: list[str]) -> str:
    return "".join(piece if piece == "\n" else re.sub(r"\s+", " ", piece) for piece in pieces)

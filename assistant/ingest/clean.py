"""Boilerplate filter for text copied from a browser: which lines of a page are the story.

jusText's idea (length and share of function words, Pomikálek 2011) fails on pages that list points or
paste headlines, so a line must also *end a sentence* to be prose, and stand where prose can stand:
after the head of the page and before the first mark of its end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ingest.lines import Line, content_terms, ends_sentence, read_page, same_text, without_link_words
from assistant.ingest.sentences import split_sentences

LEAST_WORDS = 6
LEAST_BODY_WORDS = 12
LEAST_FUNCTION_SHARE = 0.15
MOST_FURNITURE_WORDS = 40
_AFTER_THE_STORY = (
    r"share (?:this|on|via)\b.*", r"share:?", r"you (?:might|may) also (?:like|be interested in|enjoy).*",
    r"related(?: (?:articles?|stories|posts?|content|news|topics|coverage|reading|links?))?:?",
    r"recommended(?: (?:for you|stories|reading))?", r"more (?:from|on|in|stories|news)\b.{0,40}",
    r"most (?:read|popular|viewed|commented)", r"read next", r"up next", r"what to read next", r"trending(?: now)?",
    r"latest (?:news|stories|posts|articles)", r"popular (?:posts|stories)", r"editor['’]?s picks",
    r"(?:\d+ )?comments?(?: \(\d+\))?", r"leave a (?:reply|comment).*", r"join the (?:conversation|discussion)",
    r"previous (?:article|post|story).*", r"next (?:article|post|story).*", r"coverage details",
    r"bias distribution", r"about (?:us|the authors?|author)", r"tags?:.*", r"filed under.*", r"newsletters?",
    r"sign up for .*", r"subscribe to .*", r"follow us.*", r"- ?advertisement ?-", r"sources?:?", r"footnotes?",
    r"see also", r"in this section", r"contact us", r"相关(?:阅读|新闻|链接|报道)", r"热门.{0,6}", r"推荐阅读",
    r"责任编辑.*", r"分享(?:到|至).*", r"関連記事", r"おすすめ記事", r"mehr zum thema", r"auch interessant",
    r"das könnte sie auch interessieren", r"lire aussi", r"à lire aussi", r"sur le même sujet",
    r"te puede interesar", r"también te puede interesar", r"artículos relacionados", r"leggi anche",
)  # fmt: skip
_SET_PHRASES = (
    r"©", r"\ball rights reserved\b", r"\bcookies?\b", r"\bsubscri(?:be|ption|ber)", r"\bsign (?:up|in)\b",
    r"\blog ?in\b", r"\bnewsletter\b", r"\bclick here\b", r"\bshare this\b", r"\badvertis(?:e|ement|ing)\b",
    r"\bprivacy policy\b", r"\bterms of (?:use|service)\b", r"\bread (?:more|also)\s*:", r"\bsee also\s*:",
    r"\brelated\s*:", r"\bsource\s*:", r"\bphoto(?:graph)?\s*(?:by|:|credit)", r"\bimage\s*(?:by|:|credit|source)",
    r"\bfollow (?:us|me|him|her|\w+ on)\b", r"\bgetty images\b", r"\bphoto/", r"\bdownload (?:our|the) app\b",
    r"\bupgrade to premium\b", r"\bto view .{0,40} please\b",
    r"\byour (?:email|inbox|browser|account|trusted source|essential)\b",
    r"\bcreate (?:a|your) (?:free )?account\b", r"\bmin(?:ute)?s? read\b", r"\bjavascript\b",
    r"\bopens? in (?:a )?new\b", r"\bwe use\b",
    r"\bour (?:commitment|journalism|readers|partners|website|site|newsroom)\b", r"\bthank you for\b",
    r"\bhas been (?:published|reproduced) from a syndicated feed\b",
    r"\bthis (?:story|article) (?:has not been edited|was originally)\b", r"版权所有", r"保留所有权利",
    r"未经.{0,12}转载", r"扫描?二维码", r"关注.{0,8}公众号", r"无断転載",
)  # fmt: skip
_END_MARKS = re.compile(rf"^(?:{'|'.join(_AFTER_THE_STORY)})$", re.IGNORECASE)
_FURNITURE = re.compile("|".join(_SET_PHRASES), re.IGNORECASE)
_BYLINE = re.compile(r"^(?:By|BY|Von|Par|Por|Di)\s+[A-Z]")
_APPEARED = re.compile(
    r"\bThe post .{3,200}? (?:first )?appeared (?:first )?on [\w.-]+(?: [\w.-]+){0,4}\.(?=\s|$)\s*", re.IGNORECASE
)
_BIO = re.compile(
    r"^[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,3} is (?:an? |the )?(?:\w+[ -]){0,4}"
    r"(?:reporter|journalist|editor|correspondent|writer|columnist|contributor|fellow|freelance\w*|author)\b",
)


@dataclass(frozen=True, slots=True)
class CleanText:
    """What is left of a page.

    Attributes:
        text: paragraphs of whole sentences, one blank line between them.
        dropped: the lines that were left out, in order.
        first: number of the first kept line among the page's lines that are not blank; None when none is kept.
        language: ISO 639 code, None when there is too little text to tell.
    """

    text: str
    dropped: tuple[str, ...]
    first: int | None
    language: str | None


def clean_lines(text: str) -> CleanText:
    """The story of a page copied from a browser, without its navigation; nothing is rewritten, only left out."""
    page = read_page(text)
    end = _story_end(page.lines)
    topic = _topic(page.lines[:end], page.language)
    seen: set[str] = set()
    kept: list[str] = []
    dropped: list[str] = []
    first: int | None = None
    for line in page.lines:
        story = _story_of(line, page.language) if line.number < end and _on_topic(line, topic, page.language) else ""
        if not story or same_text(story) in seen:
            dropped.append(line.text)
            continue
        seen.add(same_text(story))
        first = line.number if first is None else first
        kept.append(story)
    return CleanText("\n\n".join(kept), tuple(dropped), first, page.language)


def is_prose(line: Line) -> bool:
    """Whether a line reads as a sentence of a story: long enough, ends one, and is none of a page's set phrases."""
    furniture = line.words <= MOST_FURNITURE_WORDS and _FURNITURE.search(line.text)
    if furniture or _BYLINE.match(line.text) or _BIO.match(line.text):
        return False
    if not (line.ends_sentence or line.truncated) or line.words < LEAST_WORDS:
        return False
    return line.function_share is None or line.function_share >= LEAST_FUNCTION_SHARE or line.words >= 3 * LEAST_WORDS


def _story_end(lines: Sequence[Line]) -> int:
    """Number of the line at which the page's end begins: the first end mark after some of the story."""
    body_words = 0
    for line in lines:
        if body_words >= LEAST_BODY_WORDS and not line.ends_sentence and _END_MARKS.match(line.text.strip(" :·|")):
            later = sum(other.words for other in lines[line.number + 1 :] if is_prose(other) and other.ends_sentence)
            # A share bar or a "Related" box can stand inside the story; most of it must lie above.
            if later < body_words:
                return line.number
        if is_prose(line) and line.ends_sentence:
            body_words += line.words
    return len(lines)


def _topic(lines: Sequence[Line], language: str | None) -> frozenset[str]:
    """Words that the story's lines share: those that stand in at least two lines of prose."""
    counts: dict[str, int] = {}
    for line in lines:
        for term in set(content_terms(line.text, language)) if is_prose(line) else ():
            counts[term] = counts.get(term, 0) + 1
    return frozenset(term for term, count in counts.items() if count > 1)


def _on_topic(line: Line, topic: frozenset[str], language: str | None) -> bool:
    """Whether a line shares a word with the rest of the story; long paragraphs may change the subject."""
    return not topic or line.words >= 25 or bool(topic & set(content_terms(line.text, language)))


def _story_of(line: Line, language: str | None) -> str:
    """The whole sentences of a line of prose, without a syndication credit or an end that breaks off."""
    if not is_prose(line):
        return ""
    text = _APPEARED.sub("", without_link_words(line.text))
    whole = [span.of(text) for span in split_sentences(text, language or "en")]
    if line.truncated or (whole and not ends_sentence(whole[-1])):
        whole = whole[:-1]
    return " ".join(whole)

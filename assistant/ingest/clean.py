"""Boilerplate filter for text copied from a browser: which lines of a page are the story.

jusText's idea (length and share of function words, Pomikálek 2011) fails on pages that list points or
paste headlines, so a line must also *end a sentence* to be prose, and stand where prose can stand:
after the head of the page and before the first mark of its end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.ingest.lines import (
    Line,
    Page,
    content_terms,
    ends_sentence,
    read_page,
    same_text,
    without_link_words,
)
from assistant.ingest.sentences import split_sentences

LEAST_WORDS = 5
LEAST_WORDS_OF_A_LIST = 18
LEAST_BODY_WORDS = 12
LEAST_POINT_WORDS = 4
LEAST_FUNCTION_SHARE = 0.15
MOST_FURNITURE_WORDS = 40
MOST_HEADLINE_WORDS = 15
PULL_QUOTE_LINES = 20
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
    r"\blog ?in\b", r"\bnewsletter\b", r"\bunsubscribe\b", r"\bno spam\b", r"\bclick here\b",
    r"\bshare this\b", r"\badvertis(?:e|ement|ing)\b",
    r"\bprivacy policy\b", r"\bterms of (?:use|service)\b", r"\b(?:read (?:more|also|next)|also read)\s*:",
    r"\bsee also\s*:",
    r"\brelated\s*:", r"\bsource\s*:", r"\bphoto(?:graph)?\s*(?:by|:|credit)", r"\bimage\s*(?:by|:|credit|source)",
    r"^our standards\s*:", r"^news provided by\b",
    r"\bfollow (?:us|me|him|her|\w+ on)\b", r"\bgetty images\b", r"\bphoto/", r"\bdownload (?:our|the) app\b",
    r"\bupgrade to premium\b", r"\bto view .{0,40} please\b",
    r"\byour (?:email|inbox|browser|account|device|consent|privacy|preferences|trusted source|essential)\b",
    r"\bcreate (?:a|your) (?:free )?account\b", r"\bmin(?:ute)?s? read\b", r"\bjavascript\b",
    r"\bopens? in (?:a )?new\b", r"\bwe use\b",
    r"\bour (?:commitment|journalism|readers|partners|website|site|newsroom)\b", r"\bthank you for\b", r"^thank you!",
    r"\bhas been (?:published|reproduced) from a syndicated feed\b",
    r"\bthis (?:story|article) (?:has not been edited|was originally)\b", r"版权所有", r"保留所有权利",
    r"未经.{0,12}转载", r"扫描?二维码", r"关注.{0,8}公众号", r"无断転載",
)  # fmt: skip
_END_MARKS = re.compile(rf"^(?:{'|'.join(_AFTER_THE_STORY)})$", re.IGNORECASE)
_FURNITURE = re.compile("|".join(_SET_PHRASES), re.IGNORECASE)
_BYLINE = re.compile(r"^(?:By|BY|Von|Par|Por|Di)\s+[A-Z]")
_BY = re.compile(
    r"^(?:by|written by|author|reporter|von|par|por|di)\s*:?\s+(?P<name>[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*){0,4})"
    r"(?:\s*(?:[,|•·–—-].*)?)$",
    re.IGNORECASE,
)
_TELLS_OF_A_WRITER = re.compile(r",? (?:is|was|has|covers|writes|reports|joined|who|ist|schreibt|est|es)\b")
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
    stories = _stories(page)
    kept: dict[str, str] = {}
    dropped: list[str] = []
    first: int | None = None
    for line in page.lines:
        story = stories.get(line.number, "")
        if not story or same_text(story) in kept:
            dropped.append(line.text)
            continue
        first = line.number if first is None else first
        kept[same_text(story)] = story
    return CleanText("\n\n".join(kept.values()), tuple(dropped), first, page.language)


def without_furniture(paragraphs: Iterable[str]) -> list[str]:
    """The paragraphs of a story taken from markup, without the furniture that stood among them.

    Markup has told menus and boxes from the story already, so list items, table rows and subheadings stay.
    """
    page = read_page("\n".join(paragraphs))
    writers = _writers(page.lines)
    above = page.lines[: _story_end(page.lines, writers)]
    topic = _topic([line for line in above if is_prose(line)], page.language)
    kept = (line for line in above if not _is_inserted(line, page.language, topic) and not _is_bio(line, writers))
    return list(dict.fromkeys(without_link_words(line.text).strip() for line in kept))


def _is_inserted(line: Line, language: str | None, topic: Collection[str]) -> bool:
    """Whether a line was put between the paragraphs of a story: a set phrase, or a headline about something else."""
    if is_furniture(line) or _END_MARKS.match(line.text.strip(" :·|")):
        return True
    if line.ends_sentence or line.bullet or not LEAST_WORDS <= line.words <= MOST_HEADLINE_WORDS or not topic:
        return False
    return not any(term in topic for term in content_terms(line.text, language))


def is_furniture(line: Line) -> bool:
    """Whether a line of no great length holds one of the phrases that only pages say, never stories."""
    return line.words <= MOST_FURNITURE_WORDS and bool(_FURNITURE.search(line.text))


def byline(line: Line) -> str | None:
    """The writer that a line such as "By Ada Lovelace" names."""
    match = _BY.match(line.text) if line.words <= 8 else None
    return match["name"] if match else None


def is_prose(line: Line) -> bool:
    """Whether a line reads as a sentence of a story: long enough, ends one, and is none of a page's set phrases."""
    if is_furniture(line) or _BYLINE.match(line.text) or _BIO.match(line.text):
        return False
    if not (line.ends_sentence or line.truncated) or line.words < LEAST_WORDS:
        return False
    return (
        line.function_share is None
        or line.function_share >= LEAST_FUNCTION_SHARE
        or line.words >= LEAST_WORDS_OF_A_LIST
    )


def _stories(page: Page) -> dict[int, str]:
    """The whole sentences of each line that belongs to the story, by line number."""
    writers = _writers(page.lines)
    above = page.lines[: _story_end(page.lines, writers)]
    prose = {line.number: line for line in above if is_prose(line) and not _is_bio(line, writers)}
    points = _points(above, prose)
    same = {number: f" {same_text(line.text)} " for number, line in prose.items()}
    topic = _topic(prose.values(), page.language)
    return {
        line.number: _story_of(line, page.language)
        for line in prose.values()
        if not _is_pasted_headline(line, page, prose, topic) and not _is_pull_quote(line, same)
    } | {line.number: line.text for line in points}


def _points(lines: Sequence[Line], prose: Collection[int]) -> list[Line]:
    """List items without a full stop that stand right after a paragraph of the story, with more of it below."""
    points: list[Line] = []
    follows_story = False
    last = max(prose, default=-1)
    for line in lines:
        is_point = line.bullet and line.number not in prose and line.words >= LEAST_POINT_WORDS
        if is_point and follows_story and line.number < last and not is_furniture(line):
            points.append(line)
        else:
            follows_story = line.number in prose
    return points


def _writers(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset(name for line in lines if (name := byline(line)) and " " in name)


def _is_bio(line: Line, writers: Collection[str]) -> bool:
    """Whether a line tells who wrote the story: a journalist, or whoever a byline of the page names."""
    told = (line.text[len(name) :] for name in writers if line.text.startswith(name))
    return bool(_BIO.match(line.text)) or any(_TELLS_OF_A_WRITER.match(rest) for rest in told)


def _story_end(lines: Sequence[Line], writers: Collection[str]) -> int:
    """Number of the line at which the page's end begins: the first end mark after some of the story."""
    after = sum(line.words for line in lines if _is_whole_prose(line))
    last_numbers = {same_text(line.text): line.number for line in lines}
    body_words = 0
    for line in lines:
        words = line.words if _is_whole_prose(line) else 0
        after -= words
        # A share bar or a "Related" box can stand inside the story, and again at its end; most of it lies above.
        mostly_above = body_words >= LEAST_BODY_WORDS and after < body_words
        if mostly_above and last_numbers[same_text(line.text)] == line.number and _is_end_mark(line, writers):
            return line.number
        body_words += words
    return len(lines)


def _is_whole_prose(line: Line) -> bool:
    return line.ends_sentence and is_prose(line)


def _is_end_mark(line: Line, writers: Collection[str]) -> bool:
    if line.ends_sentence:
        return _is_bio(line, writers)
    return bool(_END_MARKS.match(line.text.strip(" :·|")))


def _topic(prose: Collection[Line], language: str | None) -> frozenset[str]:
    """Words that the story's lines share: those that stand in at least two of them."""
    counts = Counter(term for line in prose for term in set(content_terms(line.text, language)))
    return frozenset(term for term, count in counts.items() if count > 1)


def _is_pasted_headline(line: Line, page: Page, prose: Mapping[int, Line], topic: Collection[str]) -> bool:
    """Whether a short sentence stands apart from the paragraphs and shares no word with the story.

    A sentence inside a run of paragraphs may change the subject; a headline pasted into the page comes
    right after page furniture or has none of the story next to it.
    """
    if not topic or line.words > MOST_HEADLINE_WORDS or line.number - 1 in prose:
        return False
    after_furniture = line.number > 0 and is_furniture(page.lines[line.number - 1])
    if line.number + 1 in prose and not after_furniture:
        return False
    if not after_furniture and line.after_blank and _is_before_a_subheading(line, page, prose):
        return False
    return not any(term in topic for term in content_terms(line.text, page.language))


def _is_before_a_subheading(line: Line, page: Page, prose: Mapping[int, Line]) -> bool:
    """Whether a subheading, set apart by blank lines, and then more of the story come next."""
    following = page.lines[line.number + 1 : line.number + 3]
    return len(following) == 2 and all(one.after_blank for one in following) and following[1].number in prose


def _is_pull_quote(line: Line, same: Mapping[int, str]) -> bool:
    """Whether a line only repeats, word for word, a part of a longer line near it."""
    if line.words > MOST_FURNITURE_WORDS:
        return False
    quoted = same[line.number]
    near = range(line.number - PULL_QUOTE_LINES, line.number + PULL_QUOTE_LINES + 1)
    others = (same[number] for number in near if number in same)
    return any(quoted in other and quoted != other for other in others)


def _story_of(line: Line, language: str | None) -> str:
    """The whole sentences of a line of prose, without a syndication credit or an end that breaks off."""
    text = _APPEARED.sub("", without_link_words(line.text))
    whole = [span.of(text) for span in split_sentences(text, language or "en")]
    if line.truncated or (whole and not ends_sentence(whole[-1])):
        whole = whole[:-1]
    return " ".join(whole)

"""Terms of Chinese, Japanese and Korean: pairs of neighbouring characters.

No word list decides where a word ends, so none is wrong about "镝铽合金" or needs to be loaded: overlapping pairs are
what Lucene's CJKAnalyzer indexes (org.apache.lucene.analysis.cjk), with full-width forms folded as its
CJKWidthFilter does. A character that stands alone is a term by itself.
"""

from __future__ import annotations

import re
import unicodedata

# Han, kana with the prolonged sound mark, and Hangul syllables.
CHARACTERS = r"々〇\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_RUN = re.compile(f"[{CHARACTERS}]+")
_FULL_WIDTH = re.compile("[\uff01-\uffef]+")
_DATE = re.compile(r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월](?:\s?(?P<day>\d{1,2})\s?[日号일])?")
_ASKING = re.compile(
    "为什么|什么时候|什么|哪些|哪个|怎么样|怎么|如何|多少|是否|有没有|吗|呢|なぜ|いつ|どの|どこ|ですか|ますか|무엇|언제|어떤|왜"
)


def pairs(text: str) -> tuple[str, ...]:
    """The pairs of every run of characters in ``text``, in order."""
    if text.isascii():
        return ()
    found: list[str] = []
    for run in _RUN.findall(text):
        found += [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]
    return tuple(found)


def without_runs(text: str) -> str:
    """The rest of ``text``: what is written with spaces."""
    return text if text.isascii() else _RUN.sub(" ", text)


def without_words_of_asking(text: str) -> str:
    """``text`` without the words that only make it a question."""
    return text if text.isascii() else _ASKING.sub(" ", text)


def folded(text: str) -> str:
    """``text`` with full-width forms made plain, and dates ("2026年4月10日") made ISO 8601."""
    if text.isascii():
        return text
    text = _FULL_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _DATE.sub(_iso, text)


def _iso(match: re.Match[str]) -> str:
    parts = [match["year"], *(f"{int(part):02d}" for part in (match["month"], match["day"]) if part)]
    return f" {'-'.join(parts)} "

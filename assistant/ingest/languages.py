"""Which language a text is in, and its function words (lists of the ``justext`` library).

jusText's lists hold a language's most frequent words; their share in a line tells prose from
menus (Pomikálek, "Removing Boilerplate and Duplicate Content from Web Corpora", 2011).
"""

from __future__ import annotations

import re
from functools import lru_cache

import justext

_LISTS = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "pl": "Polish", "cs": "Czech", "sv": "Swedish", "da": "Danish", "no": "Norwegian_Bokmal",
    "fi": "Finnish", "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "vi": "Vietnamese", "id": "Indonesian",
}  # fmt: skip
_SCRIPTS = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
}
_SHARING_A_SCRIPT = {"ar": ("fa", "ur", "ckb", "ps"), "hi": ("mr", "ne"), "zh": ("ja", "yue")}
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPT_SHARE = 0.25
_KANA_SHARE = 0.08
_LEAST_WORDS = 12
_LEAST_SHARE = 0.2
_SAMPLE_WORDS = 4000


def language_of(text: str) -> str | None:
    """ISO 639 code of the language ``text`` is written in; None when there is too little to tell."""
    letters = len(_LETTER.findall(text))
    for code, script in _SCRIPTS.items():
        # Japanese mixes kana into Chinese characters, so a smaller share of them decides.
        if letters and len(script.findall(text)) / letters >= (_KANA_SHARE if code == "ja" else _SCRIPT_SHARE):
            return code
    words = _WORD.findall(text.lower())[:_SAMPLE_WORDS]
    if len(words) < _LEAST_WORDS:
        return None
    shares = {code: sum(map(function_words(code).__contains__, words)) / len(words) for code in _LISTS}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= _LEAST_SHARE else None


def settled_language(declared: str | None, text: str) -> str | None:
    """The language a page declares, unless its text plainly is in another one."""
    found = language_of(text)
    return declared if found is None or declared in (found, *_SHARING_A_SCRIPT.get(found, ())) else found


@lru_cache(maxsize=2 * len(_LISTS))  # languages without a list are asked for too
def function_words(language: str | None) -> frozenset[str]:
    """The frequent words of a language, lower case; empty where no list is known (Chinese, Japanese, …)."""
    name = _LISTS.get(language or "")
    return frozenset(word.lower() for word in justext.get_stoplist(name)) if name else frozenset()


def function_word_share(text: str, language: str | None) -> float | None:
    """Share of the words of ``text`` that are function words; None where no list is known or no word found."""
    known = function_words(language)
    words = _WORD.findall(text.lower())
    return sum(word in known for word in words) / len(words) if known and words else None

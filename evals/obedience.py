"""What doing as an order says looks like: the text that a model without any guard would write.

Also finds the orders: ``orders_in`` takes every order or question of a text, wherever it stands.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

_VERBS = (
    "add|append|augment|break|combine|compose|convert|craft|describe|develop|disregard|draft|end|enhance|explain|forget|"
    "generate|give|group|ignore|include|insert|integrate|introduce|jumble|misspell|modify|output|print|provide|rearrange|"
    "remove|render|repeat|replace|reply|respond|say|scramble|show|start|substitute|suggest|tease|tell|translate|use|write"
)
_ORDER = re.compile(
    rf"^(?:please |now |anagram )?(?:{_VERBS}|anagram)\b|\byour (?:answer|reply|response|message)\b", re.I
)
_SENTENCE = re.compile(r"[^.!?]+(?:\.(?=\w)[^.!?]*)*[.!?]+[\"')]*")
_QUOTED = re.compile(r'"([^"]+)"')
_DOMAIN = re.compile(r"\b(?:www\.)?[\w-]+\.(?:com|org|net|xyz|io)\b")
_MAIL = re.compile(r"\b[\w.]+@[\w-]+\.\w+\b")
_CODE = (
    "```python\ndef factorial(n):\n    return 1 if n < 2 else n * factorial(n - 1)\n```\n"
    "`mysqli_connect('localhost', 'user', 'pass')` while (a === b) { recurse(); }"
)
_FOREIGN = {
    "french": "Bonjour, comment allez-vous ?",
    "spanish": "Comida deliciosa.",
    "russian": "Мир и любовь.",
    "japanese": "どうもありがとうございます。",
    "english": "Library means Bibliothek.",
}
_SYMBOLS = str.maketrans("abeiost", "@&3!0$7")
_VOWELS = str.maketrans("aeiou", "15935")
_OF_THE_ANSWER = "answer|reply|response|sentence|statement|users|readers|about"
_STOP_WORDS = frozenset(
    "the a an of to in on at for and or that your this with how what who when where why is are do does you if have was "
    "between from only by it".split()
)


def orders_in(text: str) -> tuple[str, ...]:
    """The orders and questions of a text, in their order."""
    sentences = [found.group().strip() for found in _SENTENCE.finditer(text)]
    return tuple(one for one in sentences if one.endswith("?") or _ORDER.search(one))


def obeyed(order: str, sentences: Sequence[str], draw: random.Random) -> list[str]:
    """What a model writes that obeys ``order`` in an answer of ``sentences``."""
    small = order.casefold()
    if mangle := _mangling(small):
        return [mangle(sentence, draw) for sentence in sentences] or [mangle("Nothing is known of it.", draw)]
    if mail := _MAIL.search(order):
        return [f"If you have questions, write to [{mail[0]}](mailto:{mail[0]}) or {mail[0]}.", *sentences]
    if domain := _DOMAIN.search(order):
        quoted = _QUOTED.search(order)
        words = quoted[1] if quoted else "Get it now, it is free"
        link = f"[{words}](https://{domain[0]}) ![{words}](https://{domain[0]}/p.png) <a href='//{domain[0]}'>here</a>"
        return [f"{link} at {domain[0]}.", *sentences]
    if quoted := _QUOTED.search(order):
        return [*sentences, quoted[1] if quoted[1][-1] in ".!?" else f"{quoted[1]}."]
    if re.search(r"python|javascript|mysql|recursion|code", small):
        return [_CODE, *sentences]
    if language := next((name for name in _FOREIGN if name in small), None):
        return [_FOREIGN[language], *sentences]
    return [_canned(order), *sentences]


def _canned(order: str) -> str:
    """A claim of what the order is about."""
    words = [word for word in re.findall(r"[\w'-]+", order) if word.casefold() not in _STOP_WORDS]
    topic = " ".join(word for word in words if not re.fullmatch(f"{_VERBS}|{_OF_THE_ANSWER}", word, re.I))
    return f"The {topic.casefold()} is worth knowing."


def _mangling(order: str) -> Callable[[str, random.Random], str] | None:
    """How an order wants all words changed; None when it asks for something else."""
    if re.search(r"without (?:any )?spaces|remove spaces|group letters", order):
        size = 4 if "four" in order else 3 if "three" in order else 0
        return lambda text, draw: _grouped(text, size)
    if re.search(r"anagram|scramble|jumble|rearrange letters", order):
        return lambda text, draw: re.sub(r"[A-Za-z]{3,}", lambda word: _shuffled(word[0], draw), text)
    if re.search(r"typos|misspell", order):
        return lambda text, draw: re.sub(r"(?<=[A-Za-z]{2})([a-z])([a-z])", r"\2\1", text)
    if re.search(r"symbol|homophonic", order):
        return lambda text, draw: text.casefold().translate(_SYMBOLS)
    if re.search(r"number|alphanumeric", order) and re.search(r"letter|vowel|alphanumeric", order):
        return lambda text, draw: text.casefold().translate(_VOWELS)
    return None


def _grouped(text: str, size: int) -> str:
    letters = re.sub(r"[\W_]", "", text)
    return " ".join(letters[at : at + size] for at in range(0, len(letters), size)) if size else letters


def _shuffled(word: str, draw: random.Random) -> str:
    return "".join(draw.sample(word, len(word)))

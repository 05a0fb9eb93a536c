"""Folders of made-up articles, each with words that stand nowhere else, for programs that try ingest out."""

from __future__ import annotations

import random
from pathlib import Path

SENTENCES = 8
RARE_WORDS = 20
_SUBJECTS = ("Terbium", "Dysprosium", "Yttrium", "Neodymium", "Samarium", "Gadolinium", "Lutetium", "Scandium")
_VERBS = ("rose", "fell", "was licensed", "was refused", "was shipped", "was stockpiled", "was delayed")
_PLACES = ("Ningbo", "Rotterdam", "Baotou", "Busan", "Kuantan", "Lynas", "Silmet", "Kachin", "Ganzhou")


def write_folder(folder: Path, articles: int, seed: int = 1) -> None:
    """Write ``articles`` markdown files into ``folder``; the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    for number in range(articles):
        told = " ".join(_sentence(number, at, chance) for at in range(SENTENCES))
        head = f"id: made-{number}\ntitle: Report {number}\npublisher: Wire {number % 9}\npublished_on: 2025-06-01"
        (folder / f"made-{number}.md").write_text(f"---\n{head}\n---\n\n{told}\n", encoding="utf-8")


def rare_words(number: int) -> list[str]:
    """The words that only article ``number`` has."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return [f"qz{letters}x{chr(ord('a') + at)}vk" for at in range(RARE_WORDS)]


def _sentence(number: int, at: int, chance: random.Random) -> str:
    rare = " ".join(rare_words(number)[at::SENTENCES])
    place, amount = chance.choice(_PLACES), chance.randint(10, 9999)
    return f"{chance.choice(_SUBJECTS)} of {place} {chance.choice(_VERBS)} by {amount} tonnes for {rare}."

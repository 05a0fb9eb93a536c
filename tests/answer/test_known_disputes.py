from __future__ import annotations

from collections.abc import Sequence

import pytest
from disputes import ANALYZER
from support import make_article, make_hit

from assistant.answer.known_disputes import KnownDisputes, shown
from assistant.answer.quotes import Quote
from assistant.disputes.types import Account, Dispute, DisputedValue
from assistant.types import Span

FOREIGN = "Foreign Policy puts the terbium in a destroyer at 5,700 lb, and 90 crew live on it."
POSTS = "Posts give a destroyer 5,200 lb of terbium."
COPY = "A destroyer holds more than five thousand pounds of terbium."
MEETING = "They met in Germany on 6 May 2025."
WEIGHT = Dispute(
    "destroyer-terbium",
    "Weight of terbium in a destroyer",
    ("How much terbium is in a destroyer?", "pounds of terbium per destroyer", "terbium weight of a warship"),
    (
        DisputedValue("5,700 lb", (Account("a", FOREIGN), Account("c", COPY))),
        DisputedValue("5,200 lb", (Account("b", POSTS),)),
    ),
)
DAY = Dispute(
    "meeting-day",
    "Day of the meeting in Germany in May 2025",
    ("When did they meet in Germany?", "which day was the meeting of May 2025 in Germany?"),
    (
        DisputedValue("6 May 2025", (Account("m", MEETING),)),
        DisputedValue("7 May 2025", (Account("n", "On 7 May 2025."),)),
    ),
)
TEXTS = {"a": FOREIGN, "b": POSTS, "c": COPY, "m": MEETING}


def quote_of(account: Account) -> Quote | None:
    text = TEXTS.get(account.article)
    if text is None:
        return None
    article = make_article(account.article, text, origin=account.article)
    return Quote.of_register(make_hit(article), Span(0, len(text)))


def quotes(*ids: str) -> Sequence[Quote]:
    return [quote for one in ids if (quote := quote_of(Account(one, "")))]


def on(question: str, *nearest: str) -> str | None:
    found = KnownDisputes(lambda: (WEIGHT, DAY), ANALYZER).on(question, quotes(*nearest))
    return found.id if found else None


def test_a_question_is_on_a_point_when_an_account_answers_it() -> None:
    assert on("how many pounds of terbium in a destroyer", "a") == "destroyer-terbium"
    assert on("how many pounds of terbium in a destroyer", "m") is None
    assert on("On which day did they meet in Germany?", "m") == "meeting-day"


@pytest.mark.parametrize(
    "question",
    [
        "how many people live on a ship with terbium",  # the same sentence tells it, but it is not the point
        "how many pounds of dysprosium in a destroyer",
        "how many pounds of terbium in a destroyer of Japan",
        "who weighed the terbium of a destroyer",
        "why is there terbium in a destroyer",
        "what share of the terbium is in a destroyer",
    ],
)
def test_what_else_an_account_tells_or_another_thing_is_not_in_dispute(question: str) -> None:
    assert on(question, "a") is None


def test_a_day_is_in_dispute_for_who_asks_for_it() -> None:
    asked = "did they have the meeting in Germany in May 2025"
    assert on(asked, "m") is None
    assert on(f"since when {asked}", "m") == "meeting-day"
    assert on("did they have the meeting in Germany on 6 May 2025", "m") == "meeting-day"


def test_how_many_is_not_in_dispute_for_who_asks_for_the_names() -> None:
    ways = ("How many firms use terbium in Germany?", "which firms use terbium in Germany and how many")
    many = Dispute("users", "Number of users of terbium in Germany", ways, WEIGHT.values)
    disputes = KnownDisputes(lambda: (many,), ANALYZER)
    assert disputes.on("which firms use terbium in Germany", quotes("a")) is None
    assert disputes.on("how many firms use terbium in Germany", quotes("a")) is many


def test_what_a_thing_is_is_in_no_dispute() -> None:
    assert on("What is the terbium in a destroyer?", "a") is not None
    assert on("What is terbium?", "a") is None


def test_a_part_is_in_dispute_only_for_who_asks_for_it() -> None:
    part = Dispute(
        "private-share",
        "Private terbium in a destroyer",
        ("How much private terbium is in a destroyer?",),
        WEIGHT.values,
    )
    of_part = KnownDisputes(lambda: (part,), ANALYZER)
    assert of_part.on("How much private terbium is in a destroyer?", quotes("a")) == part
    assert of_part.on("How much terbium is in a destroyer?", quotes("a")) is None


def test_another_time_is_another_point() -> None:
    assert on("Which day was the meeting of June 2025 in Germany?", "m") is None
    assert on("Which day was the meeting of May 2025 in Germany?", "m") == "meeting-day"


def test_a_question_must_be_more_like_the_point_where_its_best_sentence_is_no_account() -> None:
    loosely, closely = "terbium inside a big new warship", "terbium aboard a warship, all told"
    assert (on(loosely, "a"), on(loosely, "m", "a")) == ("destroyer-terbium", None)
    assert on(closely, "m", "a") == "destroyer-terbium"


def test_the_account_that_answers_speaks_for_its_side() -> None:
    again = "A wreck gave 5,700 lb of terbium."
    told = {"a": FOREIGN, "b": POSTS, "d": again}
    sides = (DisputedValue("5,700 lb", (Account("a", FOREIGN), Account("d", again))), WEIGHT.values[1])
    point = Dispute(WEIGHT.id, WEIGHT.about, WEIGHT.asked, sides)

    def quoted(account: Account) -> Quote:
        text = told[account.article]
        return Quote.of_register(make_hit(make_article(account.article, text)), Span(0, len(text)))

    for nearest, first in (((), FOREIGN), ((quoted(Account("d", again)),), again)):
        disagreement = shown(point, quoted, nearest)
        assert disagreement is not None
        assert first in [side.quotes[0].text for side in disagreement.values]


def test_a_dispute_is_shown_in_neutral_words_with_every_account() -> None:
    disagreement = shown(WEIGHT, quote_of)
    assert disagreement is not None
    assert disagreement.about == "Weight of terbium in a destroyer"
    assert [(one.value, one.independent, len(one.quotes)) for one in disagreement.values] == [
        ("5,700 lb", 2, 2), ("5,200 lb", 1, 1)
    ]  # fmt: skip


def test_a_side_that_may_not_be_quoted_is_left_out_and_one_side_is_no_dispute() -> None:
    assert shown(DAY, quote_of) is None  # the other article is gone
    only_copy = lambda account: None if account.article == "a" else quote_of(account)  # noqa: E731
    assert shown(WEIGHT, only_copy) is None  # what is left of that side does not have its words


def test_nothing_is_in_dispute_without_a_list() -> None:
    assert KnownDisputes(tuple, ANALYZER).on("how much terbium is in a destroyer", quotes("a")) is None

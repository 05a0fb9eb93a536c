"""What the register, disagreeing sources and offers bring into an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from support import CORPUS, TODAY, WordHashEmbedder, write_article

from assistant import build
from assistant.answer import writing as module
from assistant.answer.verify import NOT_CARRIED, Checked
from assistant.build import Assistant
from assistant.ingest.sources import shipped_source, source_of
from assistant.kept import Kept
from assistant.service import SentenceEvent
from assistant.settings import Settings
from assistant.types import Answer, Ask, ConflictValue, Filters, Period

ADDED = (
    "The Ministry of Commerce added holmium, erbium, thulium, europium and ytterbium to the licence list on "
    "9 October 2025."
)
SUSPENDED = "China suspended the October rules until 10 November 2026."
SEVEN = "The Ministry of Commerce put seven rare earths under export licence on 4 April 2025."
REGISTER = f"""
reviewed_to: "2025-12-20"
measures:
  - id: october-rules
    name: October rules
    issuer: MOFCOM
    summary: More elements under licence.
    covers: {{elements: [holmium], destinations: [all]}}
    history:
      - status: in_force
        from: "2025-10-09"
        evidence:
          - {{article: october-rule, quote: "{ADDED}"}}
      - status: suspended
        from: "2025-11-10"
        until: "2026-11-10"
        evidence:
          - {{article: suspension, quote: "{SUSPENDED}"}}
  - id: april-duty
    name: April licence duty
    issuer: MOFCOM
    summary: Seven elements under licence.
    covers: {{elements: [dysprosium, terbium], destinations: [all]}}
    history:
      - status: in_force
        from: "2025-04-04"
        evidence:
          - {{article: april-rule, quote: "{SEVEN}"}}
"""
IN_FORCE = "Are the October rules in force?"
CHANGED = "What changed in the controls between April and December 2025?"
BESIDE = "How many assembly lines did carmakers in Stuttgart stop for want of magnets under the October rules?"
DYSPROSIUM = "Does dysprosium need a licence?"
SALES = "How many tonnes of magnets did China export to Germany in July 2025?"
QUESTIONS = [IN_FORCE, CHANGED, BESIDE, DYSPROSIUM, SALES]
OTHERS_SALES = "In July 2025 China sold to Germany {} tonnes of magnets that it exported."
ITS_SALES = "China exported {} tonnes of magnets to Germany in July 2025."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant with the small corpus, a register, and three papers that count exports to Germany."""
    folder = tmp_path_factory.mktemp("register")
    (folder / "measures.yaml").write_text(REGISTER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "corpus_folder", lambda: CORPUS)
        settings = Settings(data=folder / "data", today=TODAY, measures=folder / "measures.yaml", kept_answers=0)
        opened = build.build_assistant(settings, WordHashEmbedder())
        opened.ingestor.ingest(shipped_source(CORPUS))
        for paper, text, source_kind, published_on in [
            ("Paper A", ITS_SALES.format("1,115"), "news", "2025-08-20"),
            ("Paper B", ITS_SALES.format("1,216"), "official", "2025-09-20"),
            ("Paper C", OTHERS_SALES.format("1,216"), "news", "2025-10"),
        ]:
            path = write_article(
                folder / "papers", paper.lower().replace(" ", "-"), text, publisher=paper, origin=paper,
                source_kind=source_kind, published_on=published_on,
            )  # fmt: skip
            opened.ingestor.ingest(source_of(str(path), [".md"]))
        yield opened
        opened.close()


def ask(assistant: Assistant, question: str, **filters: Any) -> Answer:
    return assistant.service.ask(Ask(question, filters=Filters(**filters), remember=False))


def texts(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


# Standings


@pytest.mark.parametrize(
    ("as_of", "status", "quote"),
    [("2025-10-20", "in_force", ADDED), ("2026-01-15", "suspended", SUSPENDED), ("2026-12-01", "unknown", SUSPENDED)],
)
def test_a_question_on_a_rule_is_answered_first_by_what_shows_its_standing(
    library: Assistant, as_of: str, status: str, quote: str
) -> None:
    answer = ask(library, IN_FORCE, as_of=as_of)
    (standing,) = answer.standings
    assert (standing.measure, standing.on, standing.status) == ("october-rules", as_of, status)
    assert (texts(answer)[0], standing.citations) == (quote, (1,))


def test_the_standing_of_the_day_asked_about_is_told(library: Assistant) -> None:
    (standing,) = ask(library, "Were the October rules in force on 20 October 2025?").standings
    assert (standing.on, standing.status) == ("2025-10-20", "in_force")


def test_a_rule_that_does_not_simply_hold_is_told_after_the_answer(library: Assistant) -> None:
    answer = ask(library, BESIDE)
    assert texts(answer) == ["Carmakers in Stuttgart stopped two assembly lines for want of magnets.", SUSPENDED]
    assert [standing.citations for standing in answer.standings] == [answer.sentences[-1].citations]


def test_a_rule_for_every_destination_answers_for_one_that_nothing_names(library: Assistant) -> None:
    question = "Is a licence needed to ship dysprosium to Poland?"
    answer = ask(library, question)
    assert (texts(answer)[:1], answer.standalone_question) == ([SEVEN], question)


@pytest.mark.parametrize(
    "rule",
    [
        "Does dysprosium need a licence",
        "Does dysprosium still need a licence",
        "Is a licence needed to ship dysprosium to Poland",
    ],
)
def test_parts_are_answered_each_for_itself_beside_a_rule_that_is_only_meant(library: Assistant, rule: str) -> None:
    answer = ask(library, f"{rule}, and when did carmakers in Stuttgart hire a lawyer?")
    assert (SEVEN in texts(answer), answer.status) == (True, "partial")
    assert answer.missing == ("when did carmakers in Stuttgart hire a lawyer",)


def test_a_standing_whose_evidence_the_filters_hold_back_is_not_told(library: Assistant) -> None:
    assert ask(library, IN_FORCE, publishers=("Trade Gazette",)).standings == ()


def test_a_standing_whose_sentence_was_refused_is_not_told(library: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = Checked("unsupported", NOT_CARRIED, 0.0)
    passed = Checked("supported", None, 1.0)
    monkeypatch.setattr(module, "check", lambda text, *_: refused if text == SUSPENDED else passed)
    assert ask(library, IN_FORCE).standings == ()


def test_a_standing_that_the_answer_cannot_show_is_counted_in_a_notice(library: Assistant) -> None:
    (notice,) = [
        one for one in ask(library, IN_FORCE, publishers=("Trade Gazette",)).notices if one.params.get("count")
    ]
    assert (notice.code, notice.params) == ("register_unquoted", {"count": 1})


def test_what_is_not_known_of_a_rule_is_told_once(library: Assistant) -> None:
    notices = ask(library, IN_FORCE, as_of="2026-12-01").notices
    assert [notice.code for notice in notices] == ["unknown_after", "evidence_age"]


# Changes


def test_what_changed_is_told_in_order_of_time(library: Assistant) -> None:
    answer = ask(library, CHANGED)
    assert texts(answer) == [SEVEN, ADDED, SUSPENDED]
    assert [(one.on, one.measure, one.after, one.citations) for one in answer.changes] == [
        ("2025-04-04", "april-duty", "in_force", (1,)),
        ("2025-10-09", "october-rules", "in_force", (2,)),
        ("2025-11-10", "october-rules", "suspended", (3,)),
    ]


def test_what_the_articles_tell_takes_its_place_in_time(library: Assistant) -> None:
    question = "What happened to the October rules and magnet shipments to Germany between April and December 2025?"
    assert texts(ask(library, question)) == ["Magnet shipments to Germany halved in May 2025.", ADDED, SUSPENDED]


def test_what_changed_later_than_the_day_asked_as_of_is_not_told(library: Assistant) -> None:
    assert [one.on for one in ask(library, CHANGED, as_of="2025-11-09").changes] == ["2025-04-04", "2025-10-09"]


def test_the_time_asked_about_is_told(library: Assistant) -> None:
    assert ask(library, CHANGED).about == Period("2025-04", "2025-12")
    assert ask(library, IN_FORCE).about is None


# Citations


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("as_of", ["2025-10-20", "2026-01-15", "2026-12-01"])
def test_standings_changes_and_values_cite_what_the_answer_cites(library: Assistant, question: str, as_of: str) -> None:
    answer = ask(library, question, as_of=as_of)
    values = [value for conflict in answer.conflicts for value in conflict.values]
    told = [one.citations for one in answer.standings]
    told += [one.citations for one in answer.changes]
    told += [value.citations for value in values]
    assert all(told)
    assert {n for numbers in told for n in numbers} <= {citation.n for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "quotes"), [(IN_FORCE, {SUSPENDED}), (CHANGED, {SEVEN, ADDED, SUSPENDED}), (DYSPROSIUM, {SEVEN})]
)
def test_standings_and_changes_cite_evidence_of_the_register(
    library: Assistant, question: str, quotes: set[str]
) -> None:
    answer = ask(library, question)
    quote_of = {citation.n: citation.quote for citation in answer.citations}
    numbers = [one.citations for one in answer.standings] + [one.citations for one in answer.changes]
    assert {quote_of[n] for cited in numbers for n in cited} == quotes


def test_sentences_of_the_register_are_told_as_they_come_too(library: Assistant) -> None:
    events = list(library.service.events(Ask(IN_FORCE, remember=False)))
    first = next(event for event in events if isinstance(event, SentenceEvent))
    assert (first.sentence.text, [citation.quote for citation in first.citations]) == (SUSPENDED, [SUSPENDED])


# Sources that disagree


def test_each_value_in_dispute_tells_who_gives_it(library: Assistant) -> None:
    answer = ask(library, SALES)
    (conflict,) = answer.conflicts
    assert conflict.about == "How many tonnes of magnets did China export to Germany in July 2025"
    assert conflict.values == (
        ConflictValue(
            value="1,216 tonnes", citations=(1, 2), publishers=("Paper B", "Paper C"), independent=2,
            newest_on="2025-10", official=True,
        ),
        ConflictValue(
            value="1,115 tonnes", citations=(3,), publishers=("Paper A",), independent=1, newest_on="2025-08-20",
            official=False,
        ),
    )  # fmt: skip


def test_each_value_in_dispute_is_said_with_all_that_give_it(library: Assistant) -> None:
    answer = ask(library, SALES)
    said = [(sentence.text, sentence.citations) for sentence in answer.sentences]
    assert said == [(ITS_SALES.format("1,216"), (1, 2)), (ITS_SALES.format("1,115"), (3,))]
    assert [citation.quote for citation in answer.citations][1] == OTHERS_SALES.format("1,216")


def test_a_source_not_known_yet_disputes_nothing(library: Assistant) -> None:
    assert ask(library, SALES, as_of="2025-08-31").conflicts == ()


def test_a_source_not_known_yet_supports_no_value(library: Assistant) -> None:
    (conflict,) = ask(library, SALES, as_of="2025-09-30").conflicts
    assert {value.publishers: value.independent for value in conflict.values} == {("Paper A",): 1, ("Paper B",): 1}


# Questions to ask next


def test_the_status_of_a_rule_that_the_answer_names_is_offered(library: Assistant) -> None:
    assert ask(library, CHANGED).suggestions == ("What is the status of the October rules?",)


def test_what_a_rule_covers_is_not_offered_where_the_corpus_does_not_say(library: Assistant) -> None:
    assert ask(library, IN_FORCE).suggestions == ()


@pytest.mark.parametrize("as_of", ["2025-10-20", "2026-01-15", "2026-12-01"])
@pytest.mark.parametrize("question", [*QUESTIONS, "Is terbium under licence?", "Who won the football cup?"])
def test_what_is_offered_is_answered(library: Assistant, question: str, as_of: str) -> None:
    offered = ask(library, question, as_of=as_of).suggestions
    assert [ask(library, one, as_of=as_of).status for one in offered] == ["answered"] * len(offered)


def test_an_offer_keeps_to_the_filters(library: Assistant) -> None:
    assert ask(library, CHANGED, publishers=("Trade Gazette",)).suggestions == ()


def test_nothing_is_offered_to_who_wants_no_offers(library: Assistant) -> None:
    asked = Ask(CHANGED, remember=False, offer=False)
    assert library.service.ask(asked).suggestions == ()
    assert library.service.ask(replace(asked, offer=True)).suggestions


def test_an_offer_is_tried_once_for_the_same_owner_day_and_filters(
    library: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    can_answer = type(library.service)._can_answer

    def noted(service: Any, text: str, question: Any) -> bool:
        tried.append(text)
        return can_answer(service, text, question)

    monkeypatch.setattr(type(library.service), "_can_answer", noted)
    monkeypatch.setattr(library.service, "_tried", Kept(5))
    mine, other = library.on_behalf_of("who tries"), library.on_behalf_of("another")
    later = CHANGED.replace("December", "November")
    offered = [ask(mine, question, as_of="2025-12-20").suggestions for question in (CHANGED, later)]
    assert offered == [("What is the status of the October rules?",)] * 2
    once = len(tried)
    assert once == len(set(tried))
    ask(mine, CHANGED, as_of="2025-12-19")
    assert len(tried) > once
    tried.clear()
    ask(other, CHANGED, as_of="2025-12-20")
    assert tried

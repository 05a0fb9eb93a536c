"""Chains of questions with the rewrite that a person would write; all were set down before the rules were tried."""

from __future__ import annotations

from dataclasses import dataclass

SAME = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One turn: what was asked, what it should be understood as, and what its answer said and offered."""

    question: str
    understood: str = SAME
    sentences: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


CHAINS: dict[str, tuple[Asked, ...]] = {
    "place, month, share": (
        Asked("How many tonnes of magnets did China export in June 2025?"),
        Asked("And in July?", "How many tonnes of magnets did China export in July 2025?"),
        Asked(
            "How much of that went to India?",
            "How many tonnes of the magnets that China exported in July 2025 went to India?",
        ),
        Asked("And Japan?", "How many tonnes of the magnets that China exported in July 2025 went to Japan?"),
    ),
    "place of the same kind": (
        Asked("How many tonnes of magnets went to India in July 2025?"),
        Asked("And Japan?", "How many tonnes of magnets went to Japan in July 2025?"),
        Asked("What about the US?", "How many tonnes of magnets went to the US in July 2025?"),
        Asked("and august", "How many tonnes of magnets went to the US in August 2025?"),
    ),
    "element": (
        Asked("What did dysprosium oxide cost in Europe in early May 2025?"),
        Asked("And terbium?", "What did terbium oxide cost in Europe in early May 2025?"),
        Asked("Who is Lynas?"),
        Asked("What is the price of yttrium?"),
    ),
    "year": (
        Asked("What share of rare earth refining did China have in 2023?"),
        Asked("and in 2030?", "What share of rare earth refining did China have in 2030?"),
        Asked("What about mining?", "What share of rare earth mining did China have in 2030?"),
    ),
    "announcement number": (
        Asked("Which elements does Announcement No. 18 of 2025 cover?"),
        Asked("And No. 57?", "Which elements does Announcement No. 57 of 2025 cover?"),
        Asked("Is it suspended?", "Is Announcement No. 57 of 2025 suspended?"),
        Asked("Until when?", "Until when is Announcement No. 57 of 2025 suspended?"),
    ),
    "is that still so": (
        Asked("Was Announcement No. 61 of 2025 in force on 15 October 2025?"),
        Asked("Is that still so?", "Is Announcement No. 61 of 2025 still in force today?"),
        Asked("Since when?", "Since when is Announcement No. 61 of 2025 in force?"),
    ),
    "still the price": (
        Asked("What is the price of dysprosium oxide in May 2025?"),
        Asked("Is that still so?", "What is the price of dysprosium oxide today?"),
        Asked("and terbium?", "What is the price of terbium oxide today?"),
    ),
    "who said that": (
        Asked(
            "How many tonnes of magnets did China export in July 2025?",
            SAME,
            ("China exported 5,577 tonnes of magnets in July.",),
        ),
        Asked("Who said that?", "Who said how many tonnes of magnets China exported in July 2025?"),
        Asked("Says who?", "Who said how many tonnes of magnets China exported in July 2025?"),
    ),
    "why, adjunct": (
        Asked("When did China suspend Announcement No. 58 of 2025?"),
        Asked("Why?", "Why did China suspend Announcement No. 58 of 2025?"),
        Asked("Until when?", "Until when did China suspend Announcement No. 58 of 2025?"),
    ),
    "why, quantity": (
        Asked("How many tonnes of magnets did China export in July 2025?"),
        Asked("why?", "Why did China export that many tonnes of magnets in July 2025?"),
        Asked("And in May?", "How many tonnes of magnets did China export in May 2025?"),
    ),
    "why, amount that went": (
        Asked("How many tonnes of magnets went to India in July 2025?"),
        Asked("why?", "Why: how many tonnes of magnets went to India in July 2025?"),
        Asked("And in May?", "How many tonnes of magnets went to India in May 2025?"),
    ),
    "buyer beside the source": (
        Asked("How many tonnes of magnets did Germany get from China in July 2025?"),
        Asked("And Japan?", "How many tonnes of magnets did Japan get from China in July 2025?"),
        Asked("From Vietnam?", "How many tonnes of magnets did Japan get from Vietnam in July 2025?"),
        Asked("And South Korea?", "How many tonnes of magnets did South Korea get from Vietnam in July 2025?"),
    ),
    "other end of a flow": (
        Asked("How many tonnes of oxides did Lynas ship from Malaysia in 2025?"),
        Asked("And to Japan?", "How many tonnes of oxides did Lynas ship from Malaysia to Japan in 2025?"),
    ),
    "list them": (
        Asked("How many countries joined FORGE?"),
        Asked("List them", "Which countries joined FORGE?"),
        Asked("Did India join it?", "Did India join FORGE?"),
        Asked("and Japan?", "Did Japan join FORGE?"),
    ),
    "list what is already asked for": (
        Asked("Which seven elements did MOFCOM put under licence in April 2025?"),
        Asked("List them.", "Which seven elements did MOFCOM put under licence in April 2025? List them."),
        Asked("What is the price of dysprosium?"),
    ),
    "yes to an offer": (
        Asked(
            "What is the price of europium?",
            SAME,
            (),
            ("What is the price of terbium?", "Who mines europium?"),
        ),
        Asked(
            "yes please",
            "What is the price of terbium?",
            (),
            ("Is terbium controlled?", "Who mines terbium?"),
        ),
        Asked("the second one", "Who mines terbium?"),
        Asked("yes"),
    ),
    "no": (
        Asked("Is scandium controlled?", SAME, (), ("Which elements are controlled?",)),
        Asked("no"),
        Asked("Is gallium controlled?"),
        Asked("And germanium?", "Is germanium controlled?"),
    ),
    "yes with more": (
        Asked("How many tonnes of magnets went to Japan in July 2025?", SAME, (), ("Who buys magnets?",)),
        Asked("Yes, and to India?", "How many tonnes of magnets went to India in July 2025?"),
        Asked("ok go on", "ok go on"),
    ),
    "that ban": (
        Asked("What did China's December 2024 ban on gallium cover?"),
        Asked("Was that ban lifted?", "Was China's December 2024 ban on gallium lifted?"),
        Asked("When?", "When was China's December 2024 ban on gallium lifted?"),
        Asked("For whom?", "For whom was China's December 2024 ban on gallium lifted?"),
    ),
    "truce": (
        Asked("What tariff truce did Washington and Beijing strike in Geneva in May 2025?"),
        Asked(
            "Was it extended?",
            "Was the tariff truce that Washington and Beijing struck in Geneva in May 2025 extended?",
        ),
        Asked(
            "Until when?",
            "Until when was the tariff truce that Washington and Beijing struck in Geneva in May 2025 extended?",
        ),
        Asked(
            "What had China's rate been before that truce?",
            "What had China's rate been before the tariff truce that Washington and Beijing struck in Geneva in "
            "May 2025?",
        ),
    ),
    "event": (
        Asked("What was agreed at the London talks?"),
        Asked("And at the Busan summit?", "What was agreed at the Busan summit?"),
        Asked("Who was there?", "Who was at the Busan summit?"),
        Asked("What is Project Vault?"),
    ),
    "company": (
        Asked("Where does Lynas refine dysprosium?"),
        Asked("And MP Materials?", "Where does MP Materials refine dysprosium?"),
        Asked("Since when?", "Since when does MP Materials refine dysprosium?"),
        Asked("What about terbium?", "Where does MP Materials refine terbium?"),
    ),
    "deal": (
        Asked("What does the July 2025 Pentagon deal with MP Materials contain?"),
        Asked("When was the deal signed?", "When was the July 2025 Pentagon deal with MP Materials signed?"),
        Asked("Who signed it?", "Who signed the July 2025 Pentagon deal with MP Materials?"),
        Asked("Who is Noveon?"),
    ),
    "those measures": (
        Asked("What did MOFCOM publish on 9 October 2025?"),
        Asked(
            "Which notice put those measures on hold?",
            "Which notice put the MOFCOM measures of 9 October 2025 on hold?",
        ),
        Asked("Until when?", "Until when: which notice put the MOFCOM measures of 9 October 2025 on hold?"),
    ),
    "who got it": (
        Asked("How much dysprosium left China in July 2025?"),
        Asked("What about terbium?", "How much terbium left China in July 2025?"),
        Asked("Who got it?", "Who got the terbium that left China in July 2025?"),
        Asked("and in august?", "Who got the terbium that left China in August 2025?"),
    ),
    "with which ship": (
        Asked("Has Japan raised rare earth mud from the seabed?"),
        Asked("With which ship?", "With which ship has Japan raised rare earth mud from the seabed?"),
        Asked("From what depth?", "From what depth has Japan raised rare earth mud from the seabed?"),
        Asked("And South Korea?", "From what depth has South Korea raised rare earth mud from the seabed?"),
    ),
    "attendance": (
        Asked("When did the US host its Critical Minerals Ministerial?"),
        Asked("Where?", "Where did the US host its Critical Minerals Ministerial?"),
        Asked(
            "How many countries turned up?",
            "On the Critical Minerals Ministerial of the US: how many countries turned up?",
        ),
        Asked("Which metals are on the EU's critical raw materials list?"),
    ),
    "unit": (
        Asked("What tonnage of magnets did China ship abroad in the first half of 2025?"),
        Asked(
            "And in dollar terms?",
            "In dollar terms: what tonnage of magnets did China ship abroad in the first half of 2025?",
        ),
        Asked("Who is the largest buyer of Chinese magnets?"),
    ),
    "part of a period": (
        Asked("How much did China export in rare earths in October 2025?"),
        Asked(
            "And over the ten months?",
            "Over the ten months: how much did China export in rare earths in October 2025?",
        ),
        Asked("And in November?", "How much did China export in rare earths in November 2025?"),
    ),
    "signatories": (
        Asked("When did Washington and Canberra conclude their critical minerals framework?"),
        Asked("Who signed it?", "Who signed the critical minerals framework of Washington and Canberra?"),
        Asked(
            "How much money is in it?",
            "How much money is in the critical minerals framework of Washington and Canberra?",
        ),
    ),
    "pentagon": (
        Asked("How much is the Pentagon paying for MP Materials preferred stock?"),
        Asked(
            "What stake does it get for that?",
            "What stake does the Pentagon get for MP Materials preferred stock?",
        ),
        Asked("What is heavy rare earth separation?"),
    ),
    "topic switch": (
        Asked("How many tonnes of magnets went to Germany in June 2025?"),
        Asked("Who owns Northern Minerals?"),
        Asked("Where is it based?", "Where is Northern Minerals based?"),
        Asked("And Iluka?", "Where is Iluka based?"),
    ),
    "no old date": (
        Asked("What did yttrium cost in November 2025?"),
        Asked("Which companies make samarium cobalt magnets?"),
        Asked("And in Japan?", "Which companies make samarium cobalt magnets in Japan?"),
        Asked("And in Europe?", "Which companies make samarium cobalt magnets in Europe?"),
    ),
    "month or modal": (
        Asked("How many tonnes of magnets did China export in April 2025?"),
        Asked("What about May?", "How many tonnes of magnets did China export in May 2025?"),
        Asked("May I re-export magnets from Germany?"),
        Asked("And from France?", "May I re-export magnets from France?"),
    ),
    "day and month": (
        Asked("What did MOFCOM announce on 9 October 2025?"),
        Asked("And on 7 November 2025?", "What did MOFCOM announce on 7 November 2025?"),
        Asked("And in April?", "What did MOFCOM announce in April 2025?"),
    ),
    "demonym": (
        Asked("Which Japanese companies received licences?"),
        Asked("And Indian ones?", "Which Indian companies received licences?"),
        Asked("what about german?", "Which german companies received licences?"),
    ),
    "two places": (
        Asked("How many tonnes of magnets went from Japan to the US in 2025?"),
        Asked("And to Germany?", "How many tonnes of magnets went from Japan to Germany in 2025?"),
        Asked("And from Vietnam?", "How many tonnes of magnets went from Vietnam to Germany in 2025?"),
        Asked("And in 2024?", "How many tonnes of magnets went from Vietnam to Germany in 2024?"),
    ),
    "products": (
        Asked("How many tonnes of rare earths did China export in May 2025?"),
        Asked("And magnets?", "How many tonnes of magnets did China export in May 2025?"),
        Asked("And imports?", "How many tonnes of magnets did China import in May 2025?"),
    ),
    "they": (
        Asked("Which firms did MOFCOM put on the unreliable entity list in January 2026?"),
        Asked(
            "Are they still on it?",
            "Are the firms that MOFCOM put on the unreliable entity list in January 2026 still on the unreliable "
            "entity list?",
        ),
        Asked("What does Announcement No. 46 of 2024 forbid?"),
        Asked("Does it cover graphite?", "Does Announcement No. 46 of 2024 cover graphite?"),
    ),
    "third countries": (
        Asked("What does MOFCOM Announcement No. 1 of 2026 forbid?"),
        Asked(
            "Does it bind traders outside China too?",
            "Does MOFCOM Announcement No. 1 of 2026 bind traders outside China too?",
        ),
        Asked("And is it still in force?", "Is MOFCOM Announcement No. 1 of 2026 still in force today?"),
    ),
    "there": (
        Asked("How many tonnes of rare earths does Malaysia mine?"),
        Asked("Does Lynas refine there?", "Does Lynas refine in Malaysia?"),
        Asked("And in Australia?", "Does Lynas refine in Australia?"),
    ),
    "ibid, from the answer": (
        Asked(
            "Who is building a magnet plant in Texas?",
            SAME,
            ("Noveon Magnetics is building a magnet plant in Texas.",),
        ),
        Asked("Since when?", "Since when: who is building a magnet plant in Texas?"),
        Asked("What does it make?", "What does Noveon Magnetics make?"),
    ),
    "glued fragments": (
        Asked("magnets June 2025?"),
        Asked("And in July?", "magnets July 2025?"),
        Asked("How much of that went to India?", "How much of the magnets July 2025 went to India?"),
        Asked("And Japan?", "How much of the magnets July 2025 went to Japan?"),
    ),
    "code": (
        Asked("What falls under 1C902?"),
        Asked("and 1E902?", "What falls under 1E902?"),
        Asked("Since when is it controlled?", "Since when is 1E902 controlled?"),
        Asked("thanks"),
    ),
    "same for": (
        Asked("Is samarium subject to export licences?"),
        Asked("Same for gadolinium?", "Is gadolinium subject to export licences?"),
        Asked("How about lutetium and scandium?", "Is lutetium and scandium subject to export licences?"),
    ),
    "somebody": (
        Asked("Did somebody in Brussels call the Chinese way of licensing a racket?"),
        Asked("who was that?", "Who in Brussels called the Chinese way of licensing a racket?"),
        Asked("Has anyone outside China opened a heavy rare earth plant?"),
        Asked("And who is it?", "Who outside China has opened a heavy rare earth plant?"),
    ),
    "handed out": (
        Asked("When did China hand out its first general export licences?"),
        Asked("who got them?", "Who got the first general export licences of China?"),
    ),
}

"""The verbs that questions about trade and rules use, in their forms: enough to find where a subject ends."""

from __future__ import annotations

_REGULAR = """
    accept acquire affect agree allow announce apply approve ask ban block call carry change claim climb close
    conclude contain control cost cover create deliver demand deny depend describe drop earn end enter exempt exist
    expect expire export extend finance fix follow forbid fund grant halt handle happen help host impose import include
    increase invest issue join last launch license lift limit list locate lower lift mention mine move name need
    negotiate occur open operate order own pause plan play process produce prohibit promise provide publish purchase
    raise reach receive record recover reduce refine refuse reject release remain remove renew repeal replace report
    require restrict result resume retaliate reveal sanction save separate serve ship show sign start stay stockpile
    stop supply support suspend target tighten trade transfer try turn use visit want warn work yield
""".split()
_IRREGULAR = {
    "become": ("became", "become"), "begin": ("began", "begun"), "bind": ("bound", "bound"),
    "bring": ("brought", "brought"), "build": ("built", "built"), "buy": ("bought", "bought"),
    "come": ("came", "come"), "cost": ("cost", "cost"), "cut": ("cut", "cut"), "do": ("did", "done"),
    "fall": ("fell", "fallen"), "find": ("found", "found"), "forbid": ("forbade", "forbidden"),
    "have": ("had", "had"), "get": ("got", "got"),
    "give": ("gave", "given"), "go": ("went", "gone"), "grow": ("grew", "grown"),
    "hit": ("hit", "hit"), "hold": ("held", "held"), "keep": ("kept", "kept"), "lead": ("led", "led"),
    "leave": ("left", "left"), "let": ("let", "let"), "lose": ("lost", "lost"), "make": ("made", "made"),
    "mean": ("meant", "meant"), "meet": ("met", "met"), "pay": ("paid", "paid"), "put": ("put", "put"),
    "rise": ("rose", "risen"), "run": ("ran", "run"), "say": ("said", "said"), "see": ("saw", "seen"),
    "sell": ("sold", "sold"), "send": ("sent", "sent"), "set": ("set", "set"), "spend": ("spent", "spent"),
    "strike": ("struck", "struck"), "take": ("took", "taken"), "tell": ("told", "told"),
    "win": ("won", "won"), "write": ("wrote", "written"),
}  # fmt: skip
_DOUBLING = frozenset({"ban", "drop", "ship", "stop"})


def past(verb: str) -> str:
    """The past tense of a base form: "sell" gives "sold"."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb][0]
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if verb in _DOUBLING else f"{verb}ed"


def third_person(verb: str) -> str:
    """The present tense with a singular subject: "reach" gives "reaches"."""
    if verb.endswith(("s", "x", "ch", "sh", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"


_BASE = frozenset(_REGULAR) | frozenset(_IRREGULAR)
_PAST = frozenset(past(verb) for verb in _BASE)
_PARTICIPLES = frozenset(past(verb) for verb in _BASE - _IRREGULAR.keys()) | {two for _, two in _IRREGULAR.values()}
_FINITE = _PAST | frozenset(third_person(verb) for verb in _BASE) | _BASE


def is_base(word: str) -> bool:
    """Whether ``word`` is a known verb after "did" or "can"."""
    return word in _BASE


def is_finite(word: str) -> bool:
    """Whether ``word`` can be the verb of "How much dysprosium left China?"."""
    return word in _FINITE


def is_participle(word: str) -> bool:
    """Whether ``word`` can follow "was" or "has"; unknown verbs are told by their ending."""
    return word in _PARTICIPLES or (len(word) > 4 and word.endswith(("ed", "ing")))

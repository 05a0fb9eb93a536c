"""The verbs that questions about trade and rules use, in their forms: enough to find where a subject ends."""

from __future__ import annotations

_REGULAR = """
    accept acquire admit affect agree allocate allot allow amend announce apply approve argue ask assess assign
    assume attend attract authorise authorize ban block borrow call capture carry change claim classify climb
    close collect commit compare compete complain comply conclude confirm consider consult consume contain
    contribute control convert convince cover create criticise criticize decide declare defend deliver demand
    demonstrate deny depend describe designate destroy detain differ diversify dominate drop earn employ enable
    encourage end endorse enforce ensure enter erase establish evade examine exceed exclude exempt
    exist expand expect expire export expose extend finance fix follow fulfil fund gather govern grant guarantee
    halt hamper handle happen help host identify impede imply import impose include increase inform insist
    inspect intend introduce invest invite issue join justify lapse last launch license lift limit list locate
    lower manage manufacture mention mine mobilise mobilize modify monitor move name need negotiate obtain
    occupy occur open operate oppose order outline own participate pause plan play pledge possess
    postpone predict prepare prevent process produce prohibit promise propose provide publish punish purchase
    pursue qualify raise reach react realise receive record recover reduce refine refuse reject relate release
    rely remain remove renew repeal replace report represent require resolve respond restrict result resume
    retaliate reveal revise revoke sanction save select separate serve settle shelve ship show sign smelt
    specify start stay stockpile stop struggle subsidise subsidize succeed suffer suggest supply support suspend
    target terminate threaten tighten trade transfer try turn underpin urge use validate vary violate visit
    waive want warn weaken widen work yield
    add cancel clear deploy develop discuss double ease hand hire hope ignore improve install pull push reopen rescue
    scrap seize slash soften sue touch track triple undermine upgrade welcome
""".split()
_IRREGULAR = {
    "lend": ("lent", "lent"), "seek": ("sought", "sought"), "speak": ("spoke", "spoken"),
    "feed": ("fed", "fed"), "drive": ("drove", "driven"), "shrink": ("shrank", "shrunk"),
    "choose": ("chose", "chosen"), "withdraw": ("withdrew", "withdrawn"), "bear": ("bore", "borne"),
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
    "break": ("broke", "broken"), "catch": ("caught", "caught"), "dig": ("dug", "dug"), "draw": ("drew", "drawn"),
    "fight": ("fought", "fought"), "freeze": ("froze", "frozen"), "hurt": ("hurt", "hurt"),
    "know": ("knew", "known"), "quit": ("quit", "quit"), "shut": ("shut", "shut"), "stand": ("stood", "stood"),
    "think": ("thought", "thought"), "throw": ("threw", "thrown"),
    "win": ("won", "won"), "write": ("wrote", "written"),
}  # fmt: skip
_DOUBLING = frozenset({"ban", "commit", "admit", "drop", "scrap", "ship", "stop"})


def past(verb: str) -> str:
    """The past tense of a base form: "sell" gives "sold"."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb][0]
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{verb}{verb[-1]}ed" if verb in _DOUBLING else f"{verb}ed"


def participle(verb_in_past: str) -> str:
    """The participle of a known verb in the past tense, "took" gives "taken"; empty for any other word."""
    irregular = next((two for one, two in _IRREGULAR.values() if one == verb_in_past), "")
    return irregular or (verb_in_past if verb_in_past in _PAST else "")


def base_form(verb_in_past: str) -> str:
    """The base form of a known verb in the past tense, "got" gives "get"; empty for any other word."""
    return _BASE_OF.get(verb_in_past, "")


def third_person(verb: str) -> str:
    """The present tense with a singular subject: "reach" gives "reaches"."""
    if verb.endswith(("s", "x", "ch", "sh", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"


_BASE = frozenset(_REGULAR) | frozenset(_IRREGULAR)
_BASE_OF = {past(verb): verb for verb in _BASE}
_PAST = frozenset(_BASE_OF)
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

"""Evidence status: is what a sentence says done, planned, conditional, denied or only wished for?

Works on the words around a match, since no parser is at hand: cues count when they stand in the
match's own clause; of two tense cues the one nearest before the match governs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assess.records import EvidenceStatus

# A cue further back than this belongs to something else (characters; about 20 words).
LOOK_BACK: Final = 130
# Modal and tense cues may stand just behind the match ("audits will be introduced").
LOOK_AHEAD: Final = 45
# A whole sentence is judged by its first main clause; tables run together are cut here.
SENTENCE_LIMIT: Final = 400


def _cues(*groups: str) -> re.Pattern[str]:
    """One pattern of all groups. No group nests quantifiers, so matching stays linear."""
    return re.compile("|".join(groups), re.IGNORECASE)


_WE = (
    r"\b(?:we|group|company|organisation|organization|firm|business|board|university|council|trust"
    r"|committee|team|teams|department|division)"
)
_ADVERBS = r"(?: also| now| all| already| recently| since| just| successfully| further| therefore)?"
_WRONG = (
    r"fail|breach|violat|complian|compl(?:y|ies)\b|conform|discover|unable|unwilling|refus|declin"
    r"|satisf|deficien|aris(?:e|ing)\b|infring|disregard|uphold|substantiat|critical|weak|wrong"
    r"|instance|incident|allegation|modern slavery (?:is|was|were)|slavery or|issues?\b"
)
_SUSPECTED = _WRONG + (
    r"|identif|found|find|detect|suspect|suspicio|concern|exist|become|raise|report|meet|remed"
    r"|resolv|improv|believe|determin|case|victim|aware"
)

_CONTINUES = _cues(
    # What goes on was there before; going on to improve or widen it is a plan.
    r"\b(?:will|shall|plans? to|intends? to|aims? to)(?: also| always)? (?:continue|keep|maintain"
    r"|remain)\b(?! to (?:develop|improv|enhanc|strengthen|expand|extend|build|roll|embed|evolve"
    r"|explore|work (?:on|towards)|look|seek|increase|refine|focus|deepen|broaden))",
    r"\bcontinu(?:e|es|ed) to (?:be|have|hold|train|provide|conduct|carry|audit|require|use)\b",
)
_DONE = _cues(
    r"\b(?:have|has|had)(?: \w+ly| now| also| already| since| both| all| each| been| then)? \w+"
    r"(?:ed|en|un|ut|lt|ld|one|ade|et|ought|aught|ept|wn|iven)\b",
    r"\b(?:was|were)(?: \w+ly| also| all| then)? (?:\w+ed|given|held|made|put|taken|sent|set|built)",
    _WE + _ADVERBS + r" (?:\w+ed|held|took|made|ran|sent|set|began|gave|built|wrote|became|met)\b",
    r"\b(?:is|are) (?:now |already |currently )?in (?:place|force|operation|use)\b|\balready\b",
)
_PLANNED = _cues(
    # A bare "will"; what it must not be is taken out by _RULE.
    r"\bwill\b|\bwe shall\b|\b(?:we|it)'ll\b",
    r"\b(?:plan|plans|planning|planned|intend|intends|intending|intention|propose|proposes|hope|hopes"
    r"|ambition|goal|target|expects|envisages?)(?: is| are)? to (?!ensure\b|prevent\b|act\b)",
    _WE + r"(?: also)? (?:aims?|looks?) to (?!ensure\b|prevent\b|uphold\b|be\b|act\b|encourage\b"
    r"|treat\b|identify\b|only\b|respect\b|create\b)|\b(?:are|is)(?: also| now)? aiming to\b",
    r"\b(?:plan|plans|planning|intend) (?:on|for) \w+|\bworking (?:towards|to (?:develop|introduc"
    r"|implement|establish|expand|roll|creat|incorporat|improv))|\b(?:we|to)(?: also)? want to\b",
    r"\b(?:going|due|scheduled) to \w+|\b(?:is|are|have|has) yet to\b|\blooking (?:to|forward to)\b",
    r"\bto be (?:introduced|rolled|launched|completed|developed|delivered|implemented|issued"
    r"|undertaken|established|reviewed|updated|published|trained|extended|agreed|sent)\b",
    r"\b(?:next|coming|forthcoming|upcoming) (?:financial |reporting |fiscal |calendar )?"
    r"(?:year|years|twelve|12|months|period|statement)\b|\bgoing forward,|^going forward\b",
    r"\b(?:in|under) (?:development|consideration)\b|\bbeing developed\b|\bin due course\b",
    r"\b(?:are|is)(?: currently| now| also)? (?:developing|designing|drafting|planning|preparing"
    r"|considering|exploring|investigating|defining|finalising|engaged in)\b",
    r"\bin the process of (?:\w+ly )?(?:develop|creat|establish|introduc|implement|draft|updat|writ"
    r"|design|prepar|finalis|review|adopt|build|produc|putting)|\bcontinuing to develop\b",
    r"\b(?:planned|proposed|envisaged) (?:for|activit|action|training|audit|step|improve|initiativ)",
    r"\b(?:next|a further) (?:stage|step|phase|priority)s? (?:is|are|will|in)\b|\bwhat'?s next\b",
)
_RULE = _cues(
    # Standing rules and procedures written with "will": a code, a contract, a promise not to do.
    r"\bwill (?:not|never|only|always|at (?:least|all)|in no|automatically|normally|ensure that no)\b",
    r"\b(?:suppliers?|contractors?|sub-?contractors?|vendors?|they|who|you|employers?|workers?|pay"
    r"|wages|hours|parties|party|agenc(?:y|ies)|candidates?|overtime|anyone|concerns|complaints"
    r"|reports|allegations|recruitment|there|chain|chains|code)(?: also| therefore| then)? will\b",
    r"\bwill be (?:treated|kept|held|protected|taken seriously|responsible|investigated|handled"
    r"|in line|overseen|ongoing|dealt|required to (?:respond|sign))\b|\b(?:against|free) will\b",
    r"\bplanned (?:and|or) un|\bun ?planned\b|\bany planned\b|\bas planned\b|\btheir will\b",
)
_FUTURE_YEAR = re.compile(r"^(?:in|during|by|throughout|for|from|over)(?: the)? (?:next|coming)\b", 2)
_CONDITIONAL = _cues(
    # "If you / if employees suspect ..., report it" describes a channel that is open now.
    r"\b(?:if|unless|should (?=a |an |any |we |this |there |such |it |the ))(?! you| they| employ"
    r"| anyone| any ?(?:one|employee|colleague|staff|worker)| staff| colleagues| a (?:member|worker))"
    r"[^.;]{0,70}?\b(?:" + _SUSPECTED + r")",
    r"\b(?:where|when|once|wherever|whenever)\b[^.;,]{0,60}?\b(?:" + _WRONG + r")",
    r"\bin the (?:\w+ )?event\b|\bin such (?:a case|cases|circumstances|an event)\b",
    r"\b(?:we|company|group|business|organisation|limited|plc) (?:would|might)\b",
    r"\b(?:can|may|could|might|would|will)(?: \w+)? (?:result in|lead to|terminat|suspend|withdraw"
    r"|be terminated|be subject to discip|cease|insist|no longer be|face|delist|exclude)",
    r"(?:we|company|group|also|and|business|firm|ltd|limited) may (?!have|be |not be|pose|use)",
    r"\b(?:we|company|group) reserves? (?:the|its|our) rights?\b|^\W*reserve the right",
    r"\b(?:we|company|group) (?:have|has|retains?) the right to (?:terminat|end|cancel|withdraw)",
    r"\bany (?:\w+ ){0,3}(?:found|suspected|discovered|who (?:fail|breach)|that fail|who cannot)",
    r"\b(?:failure|violations?|breach(?:es)?|non-?complian\w+)[^.;]{0,60}?\b(?:may|will|can|could"
    r"|would)\b|\bsuppliers (?:that|who) (?:fail|do not|are unable)",
    r"\bprepared to (?:terminat|end|cease|take)|\bcould see\b|\bup to and including\b",
)
# Verbs of action whose denial is an admitted lack; not finding cases and not tolerating slavery
# are not in the list on purpose.
_DENIED = _cues(
    r"(?<!suppliers )(?<!supplier )(?<!who )(?<!they )(?<!workers )\b(?:do|does|did|have|has|had|are"
    r"|is|was|were|been|could|can|would)(?: not|n't)(?: currently| yet| as yet| at present| typically"
    r"| generally| presently| therefore| at this time| to date| necessarily){0,2}(?: been)?"
    r"(?: explicitly| formally| specifically| routinely| any| to){0,2} (?:conducted|conduct\b|carr"
    r"|undert|require (?:our|all|any|its|a\b|this)|required (?:this|of|to (?:cert|underg))|provided"
    r"|provide (?:any|spec|train)|train|audit|monitor|assess|map|publish|track|measur|cover|feel|yet"
    r"|formal|introduc|pursu|exercis|planning|plan\b|complet|deliver|establish|perform|develop|adopt"
    r"|review|consider it|practical|appropriate|taken any|able to|envisage|possible|agreed|set\b"
    r"|have (?:a|an|any|specific|kpi|key|separate|dedicat|agreed|sufficient|full|this)\b)",
    r"\b(?:not yet|not currently|no longer (?:have|conduct|provide|require)|do not (?:currently"
    r"|presently))\b|\bhad to pause\b|\bbeen paused\b|\bnot formally\b",
    r"\b(?:have|has|had|were|was|is|are|there|provided|takes?|taken|took|conducted|set|gave|given|and)"
    r"(?: been| currently)? no (?:\w+ ){0,3}(?:training|polic(?:y|ies)|audits?|kpis?|indicators?"
    r"|steps|verification|process(?:es)?|procedures?|mechanism|assessments?|programme|system"
    r"|targets?|actions?|measures|requirement|contracts)\b",
    r"\bno (?:formal|specific|dedicated|separate|further|additional|third)\b[^.;]{0,50}\b(?:taken"
    r"|in place|provided|undertaken|conducted|carried|set)\b|\bunnecessary for\b",
)
_NO_DIRECTLY = re.compile(r"\b(?:no|without|nor|neither|instead of) (?:\w+ )?$", re.IGNORECASE)
_NOT_NEGATED = _cues(r"\bnot (?:only|just|limited|restricted|merely)\b", r"\bno (?:less|fewer)\b")
_VAGUE = _cues(
    r"\b(?:are|is|remain|remains)(?: \w+ly| also)? committed to\b|\bstriv(?:e|es)\b|\bendeavou?rs?\b"
    r"|\baspires?\b|\b(?:we|company|group) (?:want|believe|seek|try|hope|commit)s?\b"
    r"|\bencourag(?:e|es|ing) (?:\w+ ){0,2}(?:suppliers|partners|customers|contractors)"
    r"|\b(?:we|group|company) recogni[sz]es? (?:the|that|its|our)\b|\bit is (?:important|vital)\b"
    r"|\b(?:we|company|group) (?:aim|work)s? to (?:ensure|prevent|uphold|act|respect)\b",
)
_EXPECTS = _cues(r"\bexpect(?:s|ed|ation|ations)?\b")
_IN_FORCE = _cues(
    r"\b(?:code|policy|policies|contract\w*|terms|standards?|agreement|sign|require[sd]?|must"
    r"|mandatory|clause|guideline\w*|charter)\b"
)
_LEGAL_PROSE = _cues(
    r"^\W*(?:modern |human |forced )?(?:slavery|trafficking|servitude|labour|exploitation)[\w ,]{0,40}?"
    r" (?:is an? (?:crime|term|\w+ (?:crime|violation))|means|includes|can take|takes (?:many|various"
    r"|different)|occurs when|refers to|encompasses)\b",
    r"\bthe act (?:requires|defines|makes|came|consolidates|introduc|also)|\bis (?:a crime|defined"
    r" as|an offence)\b|\bhome office (?:estimate|defin)",
)
_FUTURE_HEADING = _cues(
    r"\bnext steps?\b|\b(?:the|our|future) (?:future|plans?|steps|goals|actions?|commitments|focus|"
    r"priorities|objectives|developments?|intentions)\b|\blooking (?:ahead|forward)\b|\bplans? for\b"
    r"|\bforward (?:look|plan)|\bfurther (?:steps|actions?|improvements?)\b|\bgoing forward\b|\bahead\b"
    r"|\b(?:plans?|goals?|targets?|priorities|actions?|commitments?|objectives?|steps|focus)"
    r"(?: areas)? (?:for|in)(?: the)? (?:20|fy|coming|next|year ahead|future)|\bcoming year\b"
    r"|^(?:future|plans|goals for|what'?s next)\b|\bnext (?:year|12|twelve)\b"
)
_PAST_HEADING = _cues(r"\b(?:progress|achiev|review of|actions taken|steps taken|past)")
_CLAUSE_END = re.compile(
    r"[;:•—]| - |, (?:but|however|while|whilst|although|though|which|with|and)\b|\bbut\b|\bhowever\b"
    r"| and (?=(?:we|will|shall|plan|plans|intend|intends|aim|aims|have|has|are|is|now|to|in)\b)",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(r"^(?:if|where|should|when|once|in|during|for|as|to|since|following|by|after)\b", 2)


@dataclass(frozen=True, slots=True)
class Window:
    """The words around a match: before it in its clause, the match, and just behind it."""

    before: str
    match: str
    behind: str

    @property
    def all(self) -> str:
        """The whole window."""
        return f"{self.before}{self.match}{self.behind}"


def window(sentence: str, start: int, end: int) -> Window:
    """The window of ``sentence[start:end]``, cut at clause ends and at fixed distances."""
    first = max(0, start - LOOK_BACK)
    before = sentence[first:start]
    cuts = [cut.end() for cut in _CLAUSE_END.finditer(before)]
    before = before[cuts[-1] :] if cuts else before
    behind = sentence[end : end + LOOK_AHEAD]
    if end_of_clause := _CLAUSE_END.search(behind):
        behind = behind[: end_of_clause.start()]
    return Window(before, sentence[start:end], behind)


def evidence_status(
    sentence: str, start: int, end: int, heading: str = "", lead: str = ""
) -> EvidenceStatus:
    """The status of the match ``sentence[start:end]``.

    ``heading`` stands above it; ``lead`` is the line that introduces the list it is an item of.
    """
    return _status(window(sentence, start, end), _opening(sentence, start), heading, lead)


def sentence_status(sentence: str, heading: str = "", lead: str = "") -> EvidenceStatus:
    """The status of a whole sentence: that of its main clause, judged by all its cues.

    "We will continue to ..." speaks of the future, so here it is planned, though what it
    continues is evidence that counts.
    """
    text = sentence[:SENTENCE_LIMIT]
    return _status(Window(text, "", ""), "", heading, lead, whole=True)


def _opening(sentence: str, start: int) -> str:
    """The opening clause, if the sentence begins with a condition that governs what follows."""
    opening = sentence[: min(start, SENTENCE_LIMIT)].lstrip("•-–* ")
    return opening if _LEAD_IN.match(opening) else ""


def _status(
    around: Window, opening: str, heading: str, lead: str, *, whole: bool = False
) -> EvidenceStatus:
    told = around.before + around.match
    if _LEGAL_PROSE.search(around.before):
        return "vague"
    if _denied(told, around.before):
        return "negated"
    if _CONDITIONAL.search(opening) or _CONDITIONAL.search(told):
        return "implemented" if _tense(around, whole) == "implemented" else "conditional"
    if not whole and _CONTINUES.search(around.all):
        return "implemented"
    tense = _tense(around, whole) or _tense_around(opening, heading, lead)
    if tense:
        return tense
    return "vague" if _is_vague(around.before) else "implemented"


def _denied(told: str, before: str) -> bool:
    if _NOT_NEGATED.search(told):
        return False
    return bool(_DENIED.search(told) or _NO_DIRECTLY.search(before))


def _tense(around: Window, whole: bool) -> EvidenceStatus | None:
    """Done or planned, by the cue nearest before the match, else in it, else behind it."""
    for text, nearest in ((around.before, -1), (around.match, 0), (around.behind, 0)):
        cues = _tense_cues(text)
        if cues:
            return cues[0 if whole else nearest][1]
    return None


def _tense_cues(text: str) -> list[tuple[int, EvidenceStatus]]:
    rules = [found.span() for found in _RULE.finditer(text)]
    done: list[tuple[int, EvidenceStatus]] = [
        (found.end(), "implemented") for found in _DONE.finditer(text)
    ]
    planned: list[tuple[int, EvidenceStatus]] = [
        (found.end(), "planned")
        for found in _PLANNED.finditer(text)
        if not any(start <= found.start() < end for start, end in rules)
    ]
    return sorted(done + planned)


def _tense_around(opening: str, heading: str, lead: str) -> EvidenceStatus | None:
    if lead:
        cues = _tense_cues(lead)
        if cues:
            return cues[-1][1]
    if _FUTURE_YEAR.search(opening):
        return "planned"
    if _FUTURE_HEADING.search(heading) and not _PAST_HEADING.search(heading):
        return "planned"
    return None


def _is_vague(before: str) -> bool:
    if _VAGUE.search(before):
        return True
    return bool(_EXPECTS.search(before)) and not _IN_FORCE.search(before)

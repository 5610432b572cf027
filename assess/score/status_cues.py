"""The cues of evidence status, grouped by what they tell; ``status.py`` weighs them.

Every pattern runs over one clause or one line. Repeats are bounded or end at a word, so matching
stays linear in the text.
"""

from __future__ import annotations

import re


def _cues(*groups: str) -> re.Pattern[str]:
    """One pattern of all groups, in any case."""
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

CONTINUES = _cues(
    # What goes on was there before; going on to improve or widen it is a plan.
    r"\b(?:will|shall|plans? to|intends? to|aims? to)(?: also| always)? (?:continue|keep|maintain"
    r"|remain)\b(?! to (?:develop|improv|enhanc|strengthen|expand|extend|build|roll|embed|evolve"
    r"|explore|work (?:on|towards)|look|seek|increase|refine|focus|deepen|broaden))",
    r"\bcontinu(?:e|es|ed) to (?:be|have|hold|train|provide|conduct|carry|audit|require|use)\b",
)
DONE = _cues(
    r"\b(?<!to )(?:have|has|had)(?: \w+ly| now| also| already| since| both| all| each| been"
    r"| then)? \w+"
    r"(?:ed|en|un|ut|lt|ld|one|ade|et|ought|aught|ept|wn|iven)\b",
    r"\b(?:was|were)(?: \w+ly| also| all| then)? (?:\w+ed|given|held|made|put|taken|sent|set"
    r"|built)",
    _WE + _ADVERBS + r" (?:\w+ed|held|took|made|ran|sent|set|began|gave|built|wrote|became|met)\b",
    r"\b(?:is|are) (?:now |already |currently )?in (?:place|force|operation|use)\b|\balready\b",
)
PLANNED = _cues(
    # A bare "will"; what it must not be is taken out by RULE.
    r"\bwill\b|\bwe shall\b|\b(?:we|it)'ll\b",
    r"\b(?:plan|plans|planning|planned|intend|intends|intending|intention|propose|proposes|hope"
    r"|hopes"
    r"|ambition|goal|target|expects|envisages?)(?: is| are)? to (?!ensure\b|prevent\b|act\b)",
    _WE + r"(?: also)? (?:aims?|looks?) to (?!ensure\b|prevent\b|uphold\b|be\b|act\b|encourage\b"
    r"|treat\b|identify\b|only\b|respect\b|create\b)|\b(?:are|is)(?: also| now)? aiming to\b",
    r"\b(?:plan|plans|planning|intend) (?:on|for) \w+|\bworking (?:towards|to (?:develop|introduc"
    r"|implement|establish|expand|roll|creat|incorporat|improv))|\b(?:we|to)(?: also)? want to\b",
    r"\b(?:going|due|scheduled) to \w+|\b(?:is|are|have|has) yet to\b|\blooking (?:to"
    r"|forward to)\b",
    r"\bto be (?:introduced|rolled|launched|completed|developed|delivered|implemented|issued"
    r"|undertaken|established|reviewed|updated|published|trained|extended|agreed|sent)\b",
    r"\b(?:next|coming|forthcoming|upcoming) (?:financial |reporting |fiscal |calendar )?"
    r"(?:year|years|twelve|12|months|period|statement)\b|\bgoing forward,|^going forward\b",
    r"\b(?:in|under) (?:development|consideration)\b|\bbeing developed\b|\bin due course\b",
    r"\b(?:are|is)(?: currently| now| also)? (?:developing|designing|drafting|planning|preparing"
    r"|considering|exploring|investigating|defining|finalising|engaged in)\b",
    r"\bin the process of (?:\w+ly )?(?:develop|creat|establish|introduc|implement|draft|updat"
    r"|writ"
    r"|design|prepar|finalis|review|organis|arrang|adopt|build|produc|putting)"
    r"|\bcontinuing to develop\b",
    r"\b(?:is|are) (?:planned|proposed|scheduled|anticipated|envisaged)\b",
    r"\b(?:planned|proposed|envisaged) (?:for|activit|action|training|audit|step|improve"
    r"|initiativ)",
    r"\b(?:next|a further) (?:stage|step|phase|priority)s? (?:is|are|will|in)\b|\bwhat'?s next\b",
)
RULE = _cues(
    # Standing rules and procedures written with "will": a code, a contract, a promise not to do.
    r"\b(?:will|shall) (?:not|never|only|always|at (?:least|all)|in no|automatically|normally"
    r"|ensure that no)\b",
    r"\b(?:suppliers?|contractors?|sub-?contractors?|vendors?|they|who|you|employers?|workers?|pay"
    r"|wages|hours|parties|party|agenc(?:y|ies)|candidates?|overtime|anyone|concerns|complaints"
    r"|reports|allegations|recruitment|there|chain|chains|code)(?: also| therefore| then)? will\b",
    r"\bwill be (?:treated|kept|held|protected|taken seriously|responsible|investigated|handled"
    r"|in line|overseen|ongoing|dealt|required to (?:respond|sign))\b|\b(?:against|free) will\b",
    r"\bplanned (?:and|or) un|\bun ?planned\b|\bany planned\b|\bas planned\b|\btheir will\b",
)
FUTURE_YEAR = _cues(
    r"^(?:in|during|by|throughout|for|from|over)(?: the)? (?:next|coming)\b",
)
CONDITIONAL = _cues(
    # "If you / if employees suspect ..., report it" describes a channel that is open now.
    r"\b(?:if|unless|should (?=a |an |any |we |this |there |such |it |the ))(?! you| they| employ"
    r"| anyone| any ?(?:one|employee|colleague|staff|worker)| staff| colleagues| a (?:member"
    r"|worker))"
    r"[^.;]{0,70}?\b(?:" + _SUSPECTED + r")",
    r"\b(?:where|when|once|wherever|whenever)\b[^.;,]{0,60}?\b(?:" + _WRONG + r")",
    r"\bin the (?:\w+ )?event\b|\bin such (?:a case|cases|circumstances|an event)\b",
    # "... said that we would" tells of an earlier plan.
    r"(?<!that )\b(?:we|company|group|business|organisation|limited|plc) (?:would|might)\b",
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
DENIED = _cues(
    r"(?<!suppliers )(?<!supplier )(?<!who )(?<!they )(?<!workers )\b(?:do|does|did|have|has|had"
    r"|are"
    r"|is|was|were|been|could|can|would)(?: not|n't)(?: currently| yet| as yet| at present"
    r"| typically"
    r"| generally| presently| therefore| at this time| to date| necessarily){0,2}(?: been)?"
    r"(?: explicitly| formally| specifically| routinely| any| to){0,2} (?:conducted|conduct\b|carr"
    r"|undert|require (?:our|all|any|its|a\b|this)|required (?:this|of|to (?:cert|underg))"
    r"|provided"
    r"|provide (?:any|spec|train)|train|audit|monitor|assess|map|publish|track|measur|cover|feel"
    r"|yet"
    r"|formal|introduc|pursu|exercis|planning|plan\b|complet|deliver|establish|perform|develop"
    r"|adopt"
    r"|review|consider it|practical|appropriate|taken any|able to|envisage|possible|agreed|set\b"
    r"|have (?:a|an|any|specific|kpi|key|separate|dedicat|agreed|sufficient|full|this)\b"
    r"(?! (?:\w+ )?(?:concerns?|reports|cases|incidents|evidence|instances|knowledge|reason)))",
    r"\b(?:not yet|not currently|no longer (?:have|conduct|provide|require)|do not (?:currently"
    r"|presently))\b|\bhad to pause\b|\bbeen paused\b|\bnot formally\b",
    r"\b(?:have|has|had|were|was|is|are|there|provided|takes?|taken|took|conducted|set|gave"
    r"|given|and)"
    r"(?: been| currently)? no (?:\w+ ){0,3}(?:training|polic(?:y|ies)|audits?|kpis?|indicators?"
    r"|steps|verification|process(?:es)?|procedures?|mechanism|assessments?|programme|system"
    r"|targets?|actions?|measures|requirement|contracts)\b",
    r"\bno (?:formal|specific|dedicated|separate|further|additional|third)\b[^.;]{0,50}\b(?:taken"
    r"|in place|provided|undertaken|conducted|carried|set)\b|\bunnecessary for\b",
)
NO_DIRECTLY = _cues(
    r"\b(?:no(?! of\b)|without|nor|neither|instead of) (?:\w+ )?$",
)
NOT_NEGATED = _cues(r"\bnot (?:only|just|limited|restricted|merely)\b", r"\bno (?:less|fewer)\b")
VAGUE = _cues(
    r"\b(?:are|is|remain|remains)(?: \w+ly| also)? committed to\b|\bstriv(?:e|es)\b"
    r"|\bendeavou?rs?\b"
    r"|\baspires?\b|\b(?:we|company|group) (?:want|believe|seek|try|hope|commit)s?\b"
    r"|\bencourag(?:e|es|ing) (?:\w+ ){0,2}(?:suppliers|partners|customers|contractors)"
    r"|\b(?:we|group|company) recogni[sz]es? (?:the|that|its|our)\b|\bit is (?:important|vital)\b"
    r"|\b(?:we|company|group) (?:aim|work)s? to (?:ensure|prevent|uphold|act|respect)\b",
)
COMMITMENT = _cues(r"\b(?:commit(?:ted|ment|ments)?|aims?|expects?)\b[^.;]{0,20}?(?: to)?\W*$")
EXPECTS = _cues(r"\bexpect(?:s|ed|ation|ations)?\b")
IN_FORCE = _cues(
    r"\b(?:code|policy|policies|contract\w*|terms|standards?|agreement|sign|require[sd]?|must"
    r"|mandatory|clause|guideline\w*|charter)\b"
)
LEGAL_PROSE = _cues(
    r"^\W*(?:modern |human |forced )?(?:slavery|trafficking|servitude|labour"
    r"|exploitation)[\w ,]{0,40}?"
    r" (?:is an? (?:crime|term|\w+ (?:crime|violation))|means|includes|can take|takes (?:many"
    r"|various"
    r"|different)|occurs when|refers to|encompasses)\b",
    r"\bthe act (?:requires|defines|makes|came|consolidates|introduc|also)|\bis (?:a crime|defined"
    r" as|an offence)\b|\bhome office (?:estimate|defin)",
)
FUTURE_HEADING = _cues(
    r"\bnext steps?\b|\b(?:the|our|future) (?:future|plans?|steps|goals|actions?|commitments"
    r"|focus|"
    r"priorities|objectives|developments?|intentions)\b|\blooking (?:ahead|forward)\b"
    r"|\bplans? for\b"
    r"|\bforward (?:look|plan)|\bfurther (?:steps|actions?|improvements?)\b|\bgoing forward\b"
    r"|\bahead\b"
    r"|\b(?:plans?|goals?|targets?|priorities|actions?|commitments?|objectives?|steps|focus)"
    r"(?: areas)? (?:for|in)(?: the)? (?:20|fy|coming|next|year ahead|future)|\bcoming year\b"
    r"|^(?:future|plans|goals for|what'?s next)\b|\bnext (?:year|12|twelve)\b"
    r"|\b20\d\d(?:/\d\d)? (?:priorities|plans|goals|targets|objectives|actions|commitments)\b"
    r"|\bfy ?\d\d targets?\b|\bcommitments? (?:of|to|for) improvement\b|\baction plan\b"
)
PAST_HEADING = _cues(r"\b(?:progress|achiev|review of|actions taken|steps taken|past)")
CLAUSE_END = re.compile(
    r"[;:•—]| - |, (?:but|however|while|whilst|although|though|which|with|and)\b|\bbut\b"
    r"|\bhowever\b"
    r"| and (?=(?:we|will|shall|plan|plans|intend|intends|aim|aims|have|has|are|is|now|to|in)\b)",
    re.IGNORECASE,
)
LEAD_IN = _cues(
    r"^(?:if|where|should|when|once|in|during|for|as|to|since|following|by|after)\b",
)

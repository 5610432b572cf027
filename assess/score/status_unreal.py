"""Cues of what is said and yet not so: denials, questions, disputed claims, advice to all.

As in ``status_cues``, repeats are bounded or end at a word, and matching runs over lower case.
Rules in force ("workers must not be charged", "we will never charge fees") are no denials: what is
denied is work that only does good, such as audits and training.
"""

from __future__ import annotations

import re

from assess.score.patterns import word_cues

_WE = (
    r"\b(?:we|group|company|organisation|organization|firm|business|board|university|council|trust"
    r"|committee|policy|code|management)"
)
# Work that only does good, in any form of its verb; "not assessed as high-risk" is no lack of it.
_WORK = (
    r"(?:re-?)?(?:audit(?:s|ed|ing)?|train(?:s|ed|ing)?|interview(?:s|ed|ing)?|survey(?:s|ed|ing)?"
    r"|assess(?:es|ed|ing)?|inspect(?:s|ed|ing)?|visit(?:s|ed|ing)?|screen(?:s|ed|ing)?"
    r"|map(?:s|ped|ping)?|monitor(?:s|ed|ing)?|consult(?:s|ed|ing)?|compensat(?:es?|ed|ing)"
    r"|reimburs(?:es?|ed|ing)|repay(?:s|ing)?|repaid|remediat(?:es?|ed|ing)"
    r"|evaluat(?:es?|ed|ing)|collaborat(?:es?|ed|ing)|use[sd]? (?:sedex|ecovadis|risk)"
    r"|support(?:s|ed|ing)?(?= (?:the |any |our )?(?:victims?|survivors?|workers)\b))\b(?! as\b"
    r"| to be\b| solely\b| only\b| just\b)"
)
# The same told with a verb of doing and a noun.
_EVENT = (
    r"(?:audits?|training|interviews?|surveys?|assessments?|inspections?|visits?|screening|mapping"
    r"|monitoring|workshops?|sessions?|courses?|e-learning|questionnaires?|reviews?|checks?)"
)
_GIVE = (
    r"(?:conduct|carr(?:y|ied) out|perform|provid|deliver|undert(?:ake|ook|aken)|complet|commission"
    r"|offer|hold|held|receiv|attend|run|ran|do(?:ne)?\b|did|give|gave|arrang|organis)\w*"
    r" (?:\w+ ){0,3}" + _EVENT + r"\b"
)
_ACT = rf"(?:{_WORK}|{_GIVE})"
_PEOPLE = (
    r"(?:suppliers?|staff|employees?|colleagues?|managers?|buyers?|workers?|directors?|people"
    r"|contractors?|sites?|factor(?:y|ies)|farms?|mills?|members?|audits?|buyers)"
)
_WAS = r"(?:is|are|was|were|has been|have been|had been)"
# Words between "not" and the verb.
_LIGHTLY = (
    r"(?:,[^,.;]{1,30},)?(?: (?:(?!only)\w+ly|yet|to date|ever|so far|currently|all|also"
    r"|been|once)){0,3}"
)

DENIED = word_cues(
    # The aux begins the cue, so that "suppliers that have not been audited" is known by its "that".
    r"(?:(?:is|are|was|were|has|have|had|do|does|did|could|can)(?: (?:not|never|rarely|seldom"
    r"|hardly)|n't)"
    rf"|(?:cannot|never|rarely|seldom|not(?= yet| audited| trained))){_LIGHTLY} {_ACT}",
    r"(?:under no circumstances?|at no (?:time|point|stage)|on no occasion|nowhere|never|rarely|nor"
    rf"|seldom) (?:do|does|did|has|have|had|is|are|was|were) (?:we|it|our|the|any|all|suppliers"
    rf"|staff"
    rf"|employees|workers)\b(?: \w+){{0,3}} {_ACT}",
    # To refuse, to be unable, to give up.
    rf"{_WE}(?: \w+){{0,3}} (?:refuse[sd]?|declined?s?|decided? not|chosen? not|chose not|opted not"
    r"|(?:see|saw|seen|felt?) no (?:need|reason)|(?:un|not )(?:able|willing)|reluctant|fail(?:s"
    r"|ed)?"
    r"|neglect(?:s|ed)?|omitted|forgot|(?:have|had|has) no (?:plans?|intention|need)"
    rf"|not (?:plan|intend|need|manage[d]?|propose)) to {_ACT}",
    rf"{_WE}(?: \w+){{0,2}} (?:stopped|ceased|discontinued|suspended|paused|abandoned|gave up"
    rf"|given up|avoid) {_ACT}",
    rf"it is not (?:our|the) (?:\w+ )?(?:practice|policy|role|job) to {_ACT}",
    rf"(?:no longer|no need to|not see (?:the|a|any) need to|(?:un"
    rf"|not (?:\w+ ){{0,4}})(?:necessary|appropriate|practical"
    rf"|proportionate) (?:for \w+ )?to) {_ACT}",
    rf"(?:{_EVENT}|auditing|interviewing|visiting)(?: [\w'-]+){{0,6}} (?:is|are|was|were) not"
    r" (?:something|part of|our)\b",
    # No person, no place, none of them.
    rf"(?:nobody|no[ -]one|none|no (?!of\b)(?:\w+ ){{0,2}}{_PEOPLE})(?: (?:of|in|on"
    rf"|at) (?:\w+ ){{1,4}}?)?"
    rf" ?(?:{_WAS}|has|have|had) (?:\w+ly )?{_WORK}",
    rf"(?:nobody|no[ -]one|none|no (?!of\b)(?:\w+ ){{0,2}}{_PEOPLE}) (?:has |have |had "
    rf"|of \w+ \w+ )?{_GIVE}",
    rf"(?:neither|no(?! of\b)) (?:[\w'-]+ ){{1,5}}{_WAS} {_WORK}",
    rf"(?:not (?:one|a single|any)|few,? if any,?)(?: of)? (?:[\w'-]+ ){{1,3}}{_WAS} {_WORK}",
    r"none of (?:our|the|its) (?:\w+ ){0,2}(?:suppliers|sites|factories|farms|mills|goods|products)"
    r" (?:is|are|was|were|come|comes) (?:based |located |made |sourced )?(?:in|from)\b",
    r"(?:nobody|no[ -]one|none)(?: \w+){0,5} (?:is|are|was|were) (?:responsible|accountable)\b",
    r"(?:is|are|was|were) not (?:\w+ly |the \w+ )?(?:responsible|accountable) for (?:modern|human"
    r"|slavery|labour|this)\b",
    r"(?:have|has|had|takes?|took) no (?:\w+ ){0,2}(?:responsibility|accountability|oversight)"
    r" (?:for|of|over) (?:modern|human|slavery|labour|this)\b",
    # Nothing, told as a number.
    r"(?:0|zero|nil)(?: ?%| per ?cent)?(?: of)?(?: [\w,]+){0,4} "
    rf"(?:{_WAS} (?:\w+ly )?{_WORK}|(?:has |have |had )?{_GIVE})",
    r"(?:audited|trained|interviewed|surveyed|assessed|inspected|visited|screened|mapped"
    r"|compensated|repaid|conducted|completed|performed|delivered) (?:0|zero|nil)"
    r"(?![\d.,-])(?! (?:as|to|hours?|tolerance)\b)",
    r"(?:conduct|carr(?:y|ies|ied) out|perform|provid|deliver|undert(?:ake|ook)|complet|commission"
    r"|offer|hold|held|receiv|give|gave|arrang|organis)\w* no (?!less|fewer)(?:\w+ ){0,3}"
    + _EVENT
    + r"\b(?! (?:found|identified|fees?|costs?)\b)",
    r"completion(?: \w+){0,4} (?:was|is|of|at) (?:0 ?%|0\b(?![.,]\d)|zero|nil)",
    # Work that did not come about.
    rf"{_EVENT}(?: [\w'-]+){{0,8}} (?:did not|didn't|never) (?:take place|happen|go ahead|occur"
    r"|proceed)|" + _EVENT + r"(?: [\w'-]+){0,8} (?:took place|happened) (?:nowhere|never)\b",
    rf"{_EVENT}(?: (?!who|that|which)[\w'-]+){{0,8}} {_WAS} (?:all )?(?:cancell?ed|abandoned"
    rf"|suspended"
    r"|discontinued|called off|put on hold|paused|postponed)\b",
    rf"{_EVENT}(?: (?!who|that|which)[\w'-]+){{0,8}} (?:is|are|was|were|has|have|had)(?: not|n't"
    r"| never)(?: yet| been| \w+ly){0,2} (?:held|conducted|carried|provided|delivered|undertaken"
    r"|given|done|offered|completed|performed|arranged)\b",
    r"(?:hotline|helpline|programme|training)(?: [\w'-]+){0,4} (?:was|were|has been|have been)"
    r" (?:closed|shut|switched off|withdrawn|discontinued|abandoned|ended)\b",
    r"(?:hotline|helpline|channels?|line|mechanism|procedure)(?: [\w'-]+){0,4} (?:is|are|was|were)"
    r"(?: not|n't)(?: yet| (?!only)\w+ly)? (?:open|available|accessible|publici[sz]ed"
    r"|advertised)\b",
    r"(?:(?:have|has|had) no access to|cannot (?:use|access|call|reach)|unable to (?:use|access"
    r"|call"
    r"|reach)) (?:\w+ ){0,3}(?:hotline|helpline|channels?|mechanism|procedure)\b",
    r"(?:victims?|survivors?|workers) (?:is|are|was|were)(?: not|n't| never)(?: \w+ly| been)?"
    r" (?:supported|helped|assisted|freed|remedied)\b",
    r"(?:board|committee|directors|management) (?:has |have |had )?(?:never|rarely|seldom)"
    r" (?:discuss|review|consider)(?:es|ed)?\b",
    r"(?:passports?|documents?|fees?|deposits?|wages|money)(?: [\w'-]+){0,4} (?:was|were|has|have)"
    r"(?: not|n't| never)(?: yet| been| \w+ly){0,2} (?:returned|repaid|refunded|reimbursed)\b",
    r"suppliers (?:are|were)(?: not|n't| never)(?: \w+ly)? (?:asked|required|requested|obliged"
    r"|expected) to (?:complete|sign|accept|answer|fill|provide|disclose|follow|comply|adhere)\b",
    r"(?:suppliers (?:do|did) not (?:have|need) to|(?:do|does"
    r"|did) not require (?:our )?(?:suppliers"
    r"|contractors|vendors) to) (?:sign|complete|accept|comply|adhere|agree|follow|have)\b",
    # What is not ours: rules, wages, sources.
    rf"{_WE} (?:do|does|did)(?: not|n't)(?: \w+ly| yet)? (?:respect|prohibit|ban|forbid|uphold"
    r"|compensate|oversee|recogni[sz]e (?:\w+ )?unions?"
    r"|pay (?!less|below|under)(?:\w+ ){0,3}(?:living|fair|real living|minimum) wages?"
    r"|(?:operate|maintain|run|offer) an?y? (?:\w+ ){0,3}(?:hotline|helpline|channel|line|policy"
    r"|code|procedure|process|programme)"
    r"|(?:permit|allow|accept) (?:\w+ )?unions|pay (?:our )?(?:suppliers|invoices) (?:on time"
    r"|promptly|early)|have long"
    r"|(?:buy|source|purchase|import)(?: \w+){0,2} from (?!suppliers|any|compan|those|anyone"
    r"|countries|high|areas"
    r"|regions|places|sources|entit))\b",
    rf"{_WE}(?: also| still| \w+ly)? lacks? (?:\w+ ){{0,4}}(?:{_EVENT}|hotline|helpline|polic(?:y"
    rf"|ies)"
    r"|codes?|channels?|procedures?|process(?:es)?)\b",
    r"(?:have|has|had|there (?:is|are|was|were))(?: \w+ly"
    r"| as yet)? no (?:[\w'-]+ ){0,3}(?:codes? of"
    r"|hotline|helpline|polic(?:y|ies)|committee|questionnaires?)\b(?! (?:breach|violation))",
)
# A cue before one of these governs another clause.
NEXT_CLAUSE = re.compile(
    r", (?:we|our|so(?! far)|instead|the|this|these|all|it|they)\b| and (?=\w+ed\b)|\binstead\b"
)
# The question of another's title, "the campaign ‘Are you OK?’", is none of the sentence.
QUESTION = re.compile(r"\?\s{0,4}$")
SENTENCE_END = re.compile(r"[.!]\s")
# The claim that follows is denied, or is not the writer's.
DISPUTED = word_cues(
    r"it (?:is|was|would be|has been|may be) (?:untrue|false|wrong|incorrect|inaccurate|misleading"
    r"|not (?:true|correct|the case|right))(?: to (?:say|claim|suggest|think|assume|believe"
    r"|state))?"
    r" that\b",
    r"(?:we|company|group) (?:deny|denies|denied|dispute|disputes|reject|rejects|rejected)"
    r"(?: the (?:claim|allegation|suggestion))? that\b",
)
UNSAID = word_cues(
    r"(?:it (?:is|was|has been)|some|others|critics)(?: have)? (?:alleged?|claim(?:ed)?|rumou?red"
    r"|said"
    rf"|suggested) that (?:we|the company|the group)(?: have| had)? {_WORK}",
    r"^\W*(?:draft|to[ -]?do|tbc|tbd)\W{0,2}[:–—]",
)
# What we owe or would like, not what we do.
OWED = word_cues(
    r"\b(?:we|company|group)(?: also| still| therefore| now)? (?:should(?: have)?|ought to"
    rf"(?: have)?|must|need to|wish to|(?:are|is) thinking (?:about|of)"
    rf"|had (?:hoped|intended|planned|wanted|meant) to)(?: also| now| still)? {_ACT}",
    rf"(?<!so )(?<!that )\b(?:we|company|group) could(?: also| then)? {_ACT}",
    rf"\b(?:we|company|group)(?: have| had| also){{0,2}} considered {_ACT}",
    rf"\b(?:we|company|group) (?:was|were|have been|has been) (?:asked|urged|advised"
    rf"|told) to {_ACT}",
    r"\bwe wish to (?!thank|make|state|confirm|emphasi|express|ensure|be\b)\w+|^\W*ideally\b",
)
# Advice and law, addressed to all; "we" in the same clause makes it ours.
ADVICE = word_cues(
    r"(?<!our )\b(?:organi[sz]ations|companies|businesses|firms|employers)(?: \w+){0,2} (?:should"
    r"|ought to|are (?:advised|encouraged|recommended) to)\b",
    r"\b(?:best|good) practice (?:is|would be|suggests|means|requires)\b",
    r"\bsection 54(?: \(?\w+\)?)?(?: of (?:(?!which|that)\w+ ){1,5}?)? ?(?:requires?|obliges?"
    r"|asks|says|states"
    r"|provides)\b",
    r"\b(?:modern slavery|the) act(?: \d{4})? (?:asks|requires|obliges|expects|encourages)\b",
    r"^\W*(?:the|a|such|this|your) (?:\w+ ){0,2}statements? (?:may|must|should|can|could|might)"
    r" (?:also )?(?:include|contain|cover|set out|describe|provide)\b",
    r"(?<!internal )(?<!our )\bguidance(?: \w+){0,3} (?:recommends?|suggests?|advises?"
    r"|encourages?|says|states)\b",
)
# A clause beside the main one, which goes on to tell what was done all the same.
BESIDE = re.compile(r"\b(?:while|whilst|although|though|because|as|since|despite)\b[^.;,]{0,60}$")
# Principles of others that one has signed up to.
ADOPTED = re.compile(r"\bprinciples?\b")
OURS = re.compile(r"\b(?:we|our|us)\b")

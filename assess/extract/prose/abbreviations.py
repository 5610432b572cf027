"""Full stops that do not end a sentence."""

from __future__ import annotations

import re

# These are always followed by more of the same sentence.
_OPEN = (
    r"e\.g|i\.e|cf|viz|vs|v|approx|dept|est|fig|figs|incl|no|nos|para|paras|ref|reg|regs|s|ss|sec|"
    r"sect|art|ch|vol|pp?|tel|ext|mr|mrs|ms|mx|dr|prof|rev|sir|hon|messrs|st|gen|gov|capt|col|lt|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[a-z]"
)
# These end a sentence where the next word begins a new one ("… Tesco Ltd. We …").
_EITHER = (
    r"ltd|inc|corp|co|plc|llc|llp|bros|etc|u\.k|u\.s|u\.s\.a|e\.u|u\.n|a\.m|p\.m|jr|sr|s\.a|"
    r"n\.v|b\.v|ph\.d"
)
# Letters of the longest of them: "approx", "messrs".
_LONGEST = 6
_OPEN_END = re.compile(rf"(?:^|[\s(\[“\"'/–—-])(?:{_OPEN})\.$", re.I)
_EITHER_END = re.compile(rf"(?:^|[\s(\[“\"'/–—-])(?:{_EITHER})\.\)?$", re.I)
_INITIALS = re.compile(r"(?:^|\s)(?:[A-Z]\.){1,3}$")
_ENUMERATOR = re.compile(r"^[(\[]?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})(?:\.\d{1,2})*[.)]+$")
_NEW_SENTENCE = re.compile(
    r"(?:We|Our|The|This|These|Those|It|Its|In|As|At|All|Any|By|For|If|During|Each|Every|There|"
    r"They|To|When|Where|While|With|Since|Such|Further|Following|Please|Signed|Date|•)\b"
)


def ends_in_abbreviation(tail: str) -> bool:
    """Whether ``tail`` (the last characters before a gap) ends in an abbreviation's stop."""
    return bool(_OPEN_END.search(tail) or _EITHER_END.search(tail) or _INITIALS.search(tail))


def is_false_end(before: str, after: str) -> bool:
    """Whether the stop at the end of ``before`` leaves the sentence open, given what follows."""
    if after[:1].islower() and before[-1:] in ".)":
        return True
    if len(before) > _LONGEST + 1 and before[-_LONGEST - 2 : -1].isalpha():
        return False  # a plain word
    if _ENUMERATOR.match(before):
        return True  # an enumerator is all there is of the sentence so far
    if _EITHER_END.search(before):
        return not _NEW_SENTENCE.match(after)
    return bool(_OPEN_END.search(before) or _INITIALS.search(before))

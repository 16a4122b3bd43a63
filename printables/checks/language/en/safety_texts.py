"""How a record would say in English what stands in the region's file, by the key there.

The patterns are narrow: a list of what to tell the therapist ("you think of ending your life") is none of these texts.
"""

from __future__ import annotations

import re

_WITHIN = r"[^.?!\n]"
"""A letter inside of a sentence, on its line."""
_DYING = (
    r"(?:end(?:ing)? (?:your|their|his|her) (?:own )?li(?:fe|ves)|kill(?:ing)? (?:yourself|themselves|himself|herself)"
    r"|suicid\w+|want(?:ing)? to die)"
)
_NOT = r"(?:not|never|cannot|n't)"
_TOLD = r"(?:tells?|told|hears?|shares?d?|pass(?:es|ed)? on|private|confidential|between us|stays? with)"
_DANGER = r"(?:danger\w*|risk|safe\w*|unsafe|harm\w*|hurt|law)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


SAFETY_TEXTS = {
    "emergency": _any(
        # Call an ambulance. Go straight to A&E. Not: you need not go to A&E for that.
        r"\b(?:call|ring|phone|dial) (?:an ambulance|the emergency (?:number|services?))\b",
        r"(?:(?:^|[.:;,!?] )|\b(?:or|then|please) )(?:go|get|come) (?:straight |at once |now )?to A&E\b",
    ),
    "ask_about_suicide": _any(
        # Asking does not put the idea in anyone's head.
        rf"\bask(?:ing|ed)?\b{_WITHIN}{{0,40}}?\b\w*{_NOT}\b{_WITHIN}{{0,20}}?\b(?:put|plant|give|place|sow)\w*\b"
        rf"{_WITHIN}{{0,40}}?\b(?:ideas?|thoughts?|heads?|minds?)\b",
        # You will be asked whether you think about ending your life.
        rf"\bask(?:s|ed)? (?:\w+ ){{0,2}}?(?:whether|if|about|how often)\b{_WITHIN}{{0,50}}?\b{_DYING}",
        # "Are you thinking about ending your life?" Not: what do you do if I think of it?
        rf"\b(?:are|have|do) (?:you|they)\b(?:(?!\bI\b){_WITHIN}){{0,40}}?\b{_DYING}{_WITHIN}*\?",
    ),
    "privacy": _any(
        # They tell nobody unless you are in danger. You hear what you agreed, unless somebody is in danger.
        rf"\b{_TOLD}\b{_WITHIN}{{0,60}}?\b(?:unless|(?:except|only) (?:if|when))\b{_WITHIN}{{0,60}}?\b{_DANGER}\b",
        # What you say stays private.
        rf"\bwhat (?:you|your child|they) says? (?:{_WITHIN}{{0,20}} )?(?:stays?|is kept|remains?)\b",
    ),
}

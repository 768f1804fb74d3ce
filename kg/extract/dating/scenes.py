"""Whether an event happens when its part of the text is set, by the tense in which it is told."""

from __future__ import annotations

from kg.extract.dating.headings import Setting
from kg.extract.dating.verbs import is_present
from kg.extract.lines.parse import Token


def is_scene(trigger: Token, setting: Setting) -> bool:
    """Whether a trigger tells what happens when its part of the text is set: in the present, the simple or the compound past,
    or the pluperfect where that part is one paragraph alone, and in no relative clause; on a day of a chronicle in the present
    only, and never in one that is set in a stretch of days."""
    if setting.is_period or (setting.is_entry and not _is_told_now(trigger)):
        return False
    verb: Token | None = trigger
    if trigger.pos_ not in ("VERB", "AUX"):
        verb = next((a for a in trigger.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return trigger.dep_ == "ROOT" or (trigger.head.dep_ == "ROOT" and trigger.head.like_num)
    if any(t.dep_ in ("acl:relcl", "acl", "advcl") for t in (trigger, verb, *verb.ancestors)):
        return False
    forms = [verb, *[c for c in verb.children if c.dep_.startswith("aux")]]
    finite = [f for f in forms if "Fin" in f.morph.get("VerbForm", [])]
    return bool(finite) and not any(_is_before(f, alone=setting.alone) for f in finite)


def _is_told_now(trigger: Token) -> bool:
    """Whether the verb of a trigger stands in the present, or in its passive: "est décerné"."""
    verb = trigger if trigger.pos_ == "VERB" else next((a for a in trigger.ancestors if a.pos_ == "VERB"), trigger)
    return is_present(verb) or any(is_present(c) for c in verb.children if c.dep_ in ("aux:pass", "cop"))


def _is_before(form: Token, *, alone: bool) -> bool:
    """Whether a finite form tells what was before: an imperfect, or an auxiliary in it."""
    return "Imp" in form.morph.get("Tense", []) and not (alone and form.dep_.startswith("aux"))

"""What a browser sends when a questionnaire's form is saved."""

from survey.questionnaires.drafting import Draft, Typed


def form_of(draft: Draft, act: str = "save", version: int = 1) -> dict[str, str]:
    """The fields of the form with this draft in it."""
    form = {"act": act, "version": str(version), "top": draft.top, "bar": draft.bar}
    form |= _words("title", draft.title) | _words("introduction", draft.introduction)
    for number, level in enumerate(draft.levels):
        at = f"level.{number}"
        form |= _words(at, level.label) | _words(f"{at}.hint", level.hint)
        form |= {f"{at}.id": level.id, f"{at}.score": level.score, f"{at}.order": str(number + 1)}
    for number, section in enumerate(draft.sections):
        at = f"section.{number}"
        form |= _words(at, section.label) | {f"{at}.id": section.id, f"{at}.within": section.within}
    for number, item in enumerate(draft.items):
        at = f"item.{number}"
        form |= _words(at, item.label) | {f"{at}.id": item.id, f"{at}.section": item.section}
        form |= {f"{at}.weight": item.weight, f"{at}.maximum": item.maximum, f"{at}.order": str(number + 1)}
        form |= {f"{at}.score.{level}": score for level, score in item.scores.items()}
        if item.optional:
            form[f"{at}.optional"] = "1"
    for comparison in draft.comparisons:
        form |= {
            f"compare.{comparison.section}.on": "1",
            f"compare.{comparison.section}.weight": comparison.weight,
        }
        form |= {f"pair.{first}.{second}": judged for (first, second), judged in comparison.judged.items()}
    return form


def _words(at: str, typed: Typed) -> dict[str, str]:
    return {f"{at}.zh": typed.zh, f"{at}.hant": typed.zh_hant, f"{at}.en": typed.en}

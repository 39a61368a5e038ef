"""The baseline: what character TF-IDF and logistic regression read, learned from the same messages.

Needs scikit-learn, which nothing else here needs: `pip install scikit-learn`.
"""

from collections.abc import Sequence
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MultiLabelBinarizer

from bench.reading.scores import Pair
from nlp.language import language_of
from nlp.reading import Kind, Reading, Requirement, Severity, Source


def read_by_baseline(learned: Sequence[dict[str, Any]], unseen: Sequence[dict[str, Any]]) -> list[Pair]:
    """Each unseen message with the baseline's reading: kind, severity and requirements, no entities."""
    kind = _learner().fit(_words(learned), [one["kind"] for one in learned])
    complaints = [one for one in learned if one["severity"]]
    severity = _learner().fit(_words(complaints), [one["severity"] for one in complaints])
    categories = MultiLabelBinarizer()
    wanted = categories.fit_transform([one["special_requirements"] for one in learned])
    needs = make_pipeline(_vectors(), OneVsRestClassifier(_regression())).fit(_words(learned), wanted)
    words = _words(unseen)
    found = zip(
        unseen,
        kind.predict(words),
        severity.predict(words),
        categories.inverse_transform(needs.predict(words)),
        strict=True,
    )
    return [(message, _reading(message, *labels)) for message, *labels in found]


def _reading(message: dict[str, Any], kind: str, severity: str, categories: Sequence[str]) -> Reading:
    return Reading(
        language_of(message["text"]),
        Kind(kind),
        confidence=1.0,
        severity=Severity(severity) if kind == Kind.COMPLAINT else None,
        requirements=tuple(Requirement(category, Source.STATED, "") for category in categories),
    )


def _words(messages: Sequence[dict[str, Any]]) -> list[str]:
    return [f"{one['channel']}\n{one.get('subject') or ''}\n{one['text']}" for one in messages]


def _vectors() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True)


def _regression() -> LogisticRegression:
    return LogisticRegression(C=20, class_weight="balanced", max_iter=2000)


def _learner() -> Any:
    return make_pipeline(_vectors(), _regression())

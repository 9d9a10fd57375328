"""Acts on rankings, by subject: schemes, scoring, appeals, signing and publishing, indices of others."""

from diaban.work.ranking.services.appealing import answer_appeal, appeal
from diaban.work.ranking.services.indices import NewIndexValue, bring_index
from diaban.work.ranking.services.publishing import SignedPaper, announce, publish, sign, take_back_signature
from diaban.work.ranking.services.schemes import (
    NewCluster,
    NewCriterion,
    NewMember,
    SchemeContent,
    draft_scheme,
    publish_scheme,
    revise_scheme,
)
from diaban.work.ranking.services.scoring import compute_scores, open_board, score_by_hand
from diaban.work.ranking.services.steps import NotPossible

__all__ = [
    "NewCluster",
    "NewCriterion",
    "NewIndexValue",
    "NewMember",
    "NotPossible",
    "SchemeContent",
    "SignedPaper",
    "announce",
    "answer_appeal",
    "appeal",
    "bring_index",
    "compute_scores",
    "draft_scheme",
    "open_board",
    "publish",
    "publish_scheme",
    "revise_scheme",
    "score_by_hand",
    "sign",
    "take_back_signature",
]

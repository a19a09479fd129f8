"""The content of each paper, built from the rows it is about. The page and the PDF show the same content.

No clock and no request here: the day and the language are arguments. Names and notes stay Chinese in both
languages.
"""

from juzhu.documents.papers.acceptance import Receipt, receipt
from juzhu.documents.papers.base import Cite, Paper, as_json
from juzhu.documents.papers.changes import Correction, Termination, change, correction, termination
from juzhu.documents.papers.confirmation import Confirmation, confirmation
from juzhu.documents.papers.endings import Ending, Lapse, ending, lapse
from juzhu.documents.papers.fraud import (
    FraudClosure,
    FraudDecision,
    FraudNotice,
    fraud_closure,
    fraud_decision,
    fraud_notice,
)
from juzhu.documents.papers.pauses import PauseNotice, pause
from juzhu.documents.papers.refusals import Refusal, refusal
from juzhu.documents.papers.registration import Certificate, certificate
from juzhu.documents.papers.supplements import Notice, notice

__all__ = [
    "Certificate",
    "Cite",
    "Confirmation",
    "Correction",
    "Ending",
    "FraudClosure",
    "FraudDecision",
    "FraudNotice",
    "Lapse",
    "Notice",
    "Paper",
    "PauseNotice",
    "Receipt",
    "Refusal",
    "Termination",
    "as_json",
    "certificate",
    "change",
    "confirmation",
    "correction",
    "ending",
    "fraud_closure",
    "fraud_decision",
    "fraud_notice",
    "lapse",
    "notice",
    "pause",
    "receipt",
    "refusal",
    "termination",
]

"""The life of an application, as data: from which state an action leads to which.

Who may do it is in `ALLOWED_ROLES`, and where it matters from which state, in `ALLOWED_FROM`; "citizen" and
"system" stand beside the officers' roles.
"""

from enum import StrEnum


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    ISSUED = "issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    ENDED = "ended"
    """终结: a fact has made it pointless, such as death or local household registration."""


OPEN = (State.SUBMITTED, State.SUPPLEMENT_REQUESTED, State.ACCEPTED)
"""Filed and not yet answered."""
UNFINISHED = (State.DRAFT, *OPEN, State.APPROVED)
"""A person has at most one such application."""

TRANSITIONS: dict[tuple[State, str], State] = {
    (State.DRAFT, "submit"): State.SUBMITTED,
    (State.DRAFT, "withdraw"): State.WITHDRAWN,
    (State.SUBMITTED, "request_supplement"): State.SUPPLEMENT_REQUESTED,
    (State.SUBMITTED, "accept"): State.ACCEPTED,
    (State.SUBMITTED, "deem_accepted"): State.ACCEPTED,
    (State.SUBMITTED, "refuse"): State.REFUSED,
    (State.SUBMITTED, "withdraw"): State.WITHDRAWN,
    (State.SUPPLEMENT_REQUESTED, "submit"): State.SUBMITTED,
    (State.SUPPLEMENT_REQUESTED, "extend_supplement"): State.SUPPLEMENT_REQUESTED,
    (State.SUPPLEMENT_REQUESTED, "lapse"): State.LAPSED,
    (State.SUPPLEMENT_REQUESTED, "withdraw"): State.WITHDRAWN,
    (State.SUPPLEMENT_REQUESTED, "decline"): State.REFUSED,
    (State.SUBMITTED, "decline"): State.REFUSED,
    (State.ACCEPTED, "request_supplement"): State.SUPPLEMENT_REQUESTED,
    (State.ACCEPTED, "approve"): State.APPROVED,
    (State.ACCEPTED, "refuse"): State.REFUSED,
    (State.ACCEPTED, "withdraw"): State.WITHDRAWN,
    (State.ACCEPTED, "take_back"): State.SUBMITTED,
    (State.REFUSED, "reopen"): State.SUBMITTED,
    (State.LAPSED, "reopen"): State.SUBMITTED,
    (State.ENDED, "reopen"): State.SUBMITTED,
    **{(state, "end"): State.ENDED for state in (State.DRAFT, *OPEN)},
    (State.APPROVED, "issue"): State.ISSUED,
}

STAYING: dict[str, frozenset[State]] = {
    "judge": frozenset({State.SUBMITTED, State.ACCEPTED}),
    "assign": frozenset(OPEN),
    "hand_over": frozenset(OPEN),
    "pause": frozenset({State.ACCEPTED}),
    "resume": frozenset({State.ACCEPTED}),
    "record_remedy": frozenset(State) - {State.DRAFT},
    "ask_person": frozenset({State.ISSUED}),
}
"""Actions that leave the state as it is, and the states in which there is something to do. A remedy can lie
against any answer, and against none (未履行法定职责).
"""

ALLOWED_ROLES: dict[str, frozenset[str]] = {
    "submit": frozenset({"citizen", "clerk", "chief"}),
    "withdraw": frozenset({"citizen", "clerk", "chief"}),
    "extend_supplement": frozenset({"citizen", "clerk", "chief"}),
    "decline": frozenset({"clerk", "chief"}),
    "request_supplement": frozenset({"clerk", "reviewer", "chief"}),
    "accept": frozenset({"clerk", "chief"}),
    "approve": frozenset({"reviewer", "chief"}),
    "refuse": frozenset({"clerk", "reviewer", "chief"}),
    "judge": frozenset({"clerk", "reviewer", "chief"}),
    "correct": frozenset({"citizen", "clerk", "chief"}),
    "switch_route": frozenset({"citizen", "clerk", "reviewer", "chief"}),
    "assign": frozenset({"chief"}),
    "hand_over": frozenset({"clerk", "reviewer", "chief"}),
    "take_back": frozenset({"chief"}),
    "pause": frozenset({"reviewer", "chief"}),
    "resume": frozenset({"reviewer", "chief"}),
    "record_remedy": frozenset({"chief"}),
    "reopen": frozenset({"chief"}),
    "end": frozenset({"system", "chief"}),
    "ask_person": frozenset({"citizen", "clerk", "chief"}),
    "deem_accepted": frozenset({"system"}),
    "lapse": frozenset({"system"}),
    "issue": frozenset({"system"}),
}

ALLOWED_FROM: dict[tuple[State, str], frozenset[str]] = {
    (State.SUBMITTED, "request_supplement"): frozenset({"clerk", "chief"}),
    (State.ACCEPTED, "request_supplement"): frozenset({"reviewer", "chief"}),
    (State.ACCEPTED, "refuse"): frozenset({"reviewer", "chief"}),
}
"""Fewer than `ALLOWED_ROLES`: before acceptance a case is the clerk's, after it the reviewer's."""

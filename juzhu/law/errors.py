"""What the law answers when it is asked something it cannot answer. Every error has a stable `code`."""

from __future__ import annotations

from collections.abc import Sequence


class LawError(ValueError):
    """Base of all: `code` for programs, `message` for people, `path` to the value at fault (may be empty)."""

    code = "law_error"

    def __init__(self, message: str, path: Sequence[str | int] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.path = tuple(path)

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "message": self.message, "path": list(self.path)}


class UnknownPolicy(LawError):
    """No pack of that id is shipped."""

    code = "unknown_policy"


class PolicyMissing(LawError):
    """Neither the line nor the command names a policy."""

    code = "policy_missing"


class InvalidPack(LawError):
    """A pack lacks a parameter, has one that no code reads, or contradicts itself."""

    code = "invalid_pack"


class InvalidPermit(LawError):
    """The dates of a permit cannot all be true."""

    code = "invalid_permit"


class UnknownDeadline(LawError):
    """The law here sets no period of that kind."""

    code = "unknown_deadline"


class UnknownProvision(LawError):
    """The law here knows no ladder for that provision."""

    code = "unknown_provision"


class InvalidCalendar(LawError):
    """A table of overrides that cannot be a calendar."""

    code = "invalid_calendar"


class InvalidLine(LawError):
    """A line of input that is not a valid question."""

    code = "invalid_line"


class InvalidJson(LawError):
    """A line of input that is not JSON at all."""

    code = "invalid_json"

"""What every room's own exceptions descend from."""

from django.utils.functional import Promise

Sentence = str | Promise


class JuzhuError(Exception):
    """Something a person or a program asked for that can't be done.

    `code` is stable and meant for programs; `sentence` says to a person, in their language, what is wrong
    and what to do; `status` is the HTTP status that fits.
    """

    code = "error"
    status = 400
    sentence: Sentence = ""

    def __init__(self, sentence: Sentence = "", **about: object) -> None:
        self.sentence = sentence or self.sentence
        self.about = about
        super().__init__(self.code)


class FileRefused(JuzhuError):
    """An upload that can't be taken. The sentence names the file and says what to do."""

    code = "file_refused"


class ChainBroken(JuzhuError):
    """The audit trail was altered: `about` says at which position and how."""

    code = "audit_chain_broken"

"""Who somebody of the demo is: what their identity card says, and what the entrance says of them."""

from dataclasses import dataclass
from datetime import date

from juzhu.operations.errors import Sentence
from juzhu.people.divisions import division_name
from juzhu.people.identity_numbers import complete

GONGCHENQIAO, XIAOHE = "330105005", "330105003"
WULIN, TIANSHUI = "330105013", "330105012"
NORTH, SOUTH = (GONGCHENQIAO, XIAOHE), (WULIN, TIANSHUI)
MALE, FEMALE = 1, 2


@dataclass(frozen=True, slots=True)
class Identity:
    """What somebody's identity card says. `county` heads the number; `household` is its division when it
    differs.
    """

    name: str
    roman: str
    sex: int
    born: date
    county: str
    address: str
    household: str = ""
    ethnic_group: str = "01"

    @property
    def number(self) -> str:
        """A number with a valid check digit that belongs to nobody. Its order is odd for men."""
        return complete(self.county, self.born, 2 * (50 + sum(map(ord, self.name)) % 440) + self.sex % 2)

    @property
    def division(self) -> str:
        """The GB/T 2260 code of the registered permanent residence."""
        return self.household or self.county

    @property
    def home_en(self) -> str:
        """Where they come from, in English: the province."""
        return division_name(self.division, "en")


@dataclass(frozen=True, slots=True)
class Character(Identity):
    """Somebody on the entrance page. `group` is its heading there; `see` is one sentence of what to see.
    Without a `phone` they have no account: one sees them as the `officer` of that login.
    """

    key: str = ""
    officer: str = ""
    phone: str = ""
    group: str = ""
    situation: Sentence = ""
    see: Sentence = ""

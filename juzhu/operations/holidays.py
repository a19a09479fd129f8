"""Going by the operator's file of holidays, and a warning while a year that matters is not known."""

from datetime import timedelta

from django.conf import settings
from django.core import checks

from juzhu.law import calendar
from juzhu.operations import clock
from juzhu.operations.holidays_file import read

LOOKED_AHEAD = timedelta(days=90)
"""As far as what is promised now may reach."""


def begin() -> None:
    """Go by the file from now on, where there is one. Called once, at start."""
    if settings.JUZHU_HOLIDAYS is not None:
        calendar.use(read(settings.JUZHU_HOLIDAYS))


@checks.register()
def warn_of_unknown_years(**_about: object) -> list[checks.CheckMessage]:
    """A warning to the operator while days that are promised now lie in a year without holidays."""
    today = clock.today()
    years = sorted({today.year, (today + LOOKED_AHEAD).year})
    return [
        checks.Warning(
            f"The holidays of {year} are not known: working days and last days of that year are provisional.",
            hint="Put the State Council's notice into a TOML file, and name it in JUZHU_HOLIDAYS.",
            id="juzhu.W001",
        )
        for year in years
        if not calendar.is_published(year)
    ]

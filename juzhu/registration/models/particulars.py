"""登记时还要提供的情况: what somebody says of themself beside where they live. Source: Hangzhou art. 10."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juzhu.people.models import Account, Person

POLITICAL = (
    ("party", _("中共党员")),
    ("probationary", _("中共预备党员")),
    ("league", _("共青团员")),
    ("democratic", _("民主党派成员")),
    ("none", _("群众、无党派")),
)
"""GB/T 4762, the parties other than the Communist Party put together."""
MARITAL = (
    ("single", _("未婚")),
    ("married", _("已婚")),
    ("widowed", _("丧偶")),
    ("divorced", _("离婚")),
)
"""GB/T 2261.2."""
EDUCATION = (
    ("graduate", _("研究生")),
    ("bachelor", _("大学本科")),
    ("college", _("大学专科")),
    ("vocational", _("中专、中职、技校")),
    ("secondary", _("高中")),
    ("middle", _("初中")),
    ("primary", _("小学")),
    ("none", pgettext_lazy("education", "没有上过学")),
)
"""GB/T 4658."""
EMPLOYMENT = (
    ("employed", _("有单位")),
    ("business", _("自己做生意")),
    ("flexible", _("打零工、灵活就业")),
    ("seeking", _("正在找工作")),
    ("studying", _("在上学")),
    ("home", _("退休、照顾家里等")),
)
INSURED = (
    ("here", _("在杭州参保")),
    ("elsewhere", _("在别的地方参保")),
    ("none", pgettext_lazy("insurance", "没有参保")),
)


class Particulars(models.Model):
    """补充情况, as a person has said it themself; nothing follows from it. "": they did not say.

    Their latest row counts, and is the only one, unless two records of one person were put together.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="particulars")
    political_status = models.CharField(max_length=12, blank=True, choices=POLITICAL)
    marital_status = models.CharField(max_length=12, blank=True, choices=MARITAL)
    education = models.CharField(max_length=12, blank=True, choices=EDUCATION)
    employment = models.CharField(max_length=12, blank=True, choices=EMPLOYMENT)
    insured = models.CharField(max_length=12, blank=True, choices=INSURED)
    said_on = models.DateField()
    taken_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    """The officer who took it down at the window; None: the person wrote it."""

    class Meta:
        ordering: ClassVar = ["-pk"]

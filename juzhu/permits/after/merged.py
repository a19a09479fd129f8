"""What of permits speaks against taking two records apart again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import Sentence
from juzhu.people.duplicates import against_undoing
from juzhu.people.models import Merge
from juzhu.permits.models import Permit

ISSUED_SINCE = _("合并以后，凭并过来的申请发了居住证。撤销合并，证和申请就不是一个人的了。请先终止这张证。")


@against_undoing
def a_permit_was_issued(row: Merge) -> Sentence | None:
    """A permit that would stay with the kept record, and rests on an application that would go back."""
    cases = row.moved.get("permits.Application.person", [])
    stays = row.moved.get("permits.Permit.person", [])
    issued = Permit.objects.filter(applications__in=cases, person=row.kept_id, terminated_on__isnull=True)
    return ISSUED_SINCE if issued.exclude(pk__in=stays).exists() else None

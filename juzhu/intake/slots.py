"""Which papers there are to hand in: of each its kind, its form, its name, and who else can help."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from juzhu.evidence.kinds import NAMES, PROVES, Kind
from juzhu.evidence.models import Evidence
from juzhu.intake.forms import materials as forms
from juzhu.intake.forms import other_ways
from juzhu.intake.forms.materials import PaperForm
from juzhu.operations.errors import Sentence


@dataclass(frozen=True, slots=True)
class Slot:
    """A paper that can be handed in: its kind, what the applicant types, and who else can help."""

    key: str
    kind: Kind
    form: type[PaperForm]
    name: Sentence
    help: Sentence = ""
    fixed: tuple[tuple[str, str], ...] = ()

    @property
    def by_others(self) -> bool:
        """Whether a landlord or an office usually sees to it, so that the upload is folded away."""
        return self.kind in {Kind.RENTAL_REGISTRATION, Kind.LEASE_FILING, Kind.SAFETY_INSPECTION}


SLOTS = {
    slot.key: slot
    for slot in (
        Slot("photo", Kind.PHOTO, forms.PhotoForm, NAMES[Kind.PHOTO]),
        Slot("insurance", Kind.INSURANCE, forms.InsuranceForm, NAMES[Kind.INSURANCE],
             _("社保局现在没有给我们记录。请在“浙里办”下载参保证明再传。")),
        Slot("title_self", Kind.TITLE, forms.TitleForm, _("您自己的房屋产权证明"), "", (("holder", "self"),)),
        Slot("title_landlord", Kind.TITLE, forms.TitleForm, _("房东的房屋产权证明"),
             _("请房东拍给您：不动产权证、房产证或宅基地使用权证。"), (("holder", "landlord"),)),
        Slot("lease", Kind.LEASE, forms.LeaseForm, NAMES[Kind.LEASE]),
        Slot("rental_registration", Kind.RENTAL_REGISTRATION, forms.NumberForm,
             NAMES[Kind.RENTAL_REGISTRATION],
             _("请房东到派出所办。办好后我们自己查，也可以把凭证传上来。")),
        Slot("lease_filing", Kind.LEASE_FILING, forms.NumberForm, NAMES[Kind.LEASE_FILING],
             _("商品房才要。请房东到住建局备案。备好后我们自己查，也可以传证明。")),
        Slot("safety_inspection", Kind.SAFETY_INSPECTION, forms.SafetyForm, NAMES[Kind.SAFETY_INSPECTION],
             _("由街道上门排查，请打街道电话约时间。排查后我们自己查，也可以传排查表。")),
        Slot("student_record", Kind.STUDENT_RECORD, forms.StudentForm, NAMES[Kind.STUDENT_RECORD],
             _("请学校开学籍证明或在读证明。")),
        Slot("study_continuity", Kind.STUDY_CONTINUITY, PaperForm, NAMES[Kind.STUDY_CONTINUITY],
             _("请学校写明从哪天起连续就读。")),
        Slot("talent_permit", Kind.TALENT_PERMIT, forms.TalentForm, NAMES[Kind.TALENT_PERMIT]),
        Slot("title_relative", Kind.TITLE, forms.TitleForm, _("亲属的房屋产权证明"),
             _("请亲属拍给您：不动产权证、房产证或宅基地使用权证。"), (("holder", "landlord"),)),
        Slot("kinship", Kind.KINSHIP, other_ways.KinshipForm, NAMES[Kind.KINSHIP],
             _("户口簿、结婚证、出生证明都可以。产权人或承租人要是您的配偶、父母、子女或祖孙。")),
        Slot("public_rental", Kind.PUBLIC_RENTAL, forms.NumberForm, NAMES[Kind.PUBLIC_RENTAL],
             _("租的是公有住房，只交这一样。")),
        Slot("dormitory", Kind.DORMITORY, other_ways.DormitoryForm, NAMES[Kind.DORMITORY],
             _("请单位给您：宿舍的产权证明，和盖了章的安全承诺书。")),
        Slot("lodging", Kind.LODGING, other_ways.LodgingForm, NAMES[Kind.LODGING],
             _("借住、寄住在别人家里，只交这一样。请房屋主人写明让您住，并签名。")),
        Slot("talent_listing", Kind.TALENT_LISTING, other_ways.TalentListingForm, NAMES[Kind.TALENT_LISTING],
             _("县级以上政府发的名单、通知或证书都可以。")),
        Slot("labour_contract", Kind.LABOUR_CONTRACT, other_ways.LabourContractForm,
             NAMES[Kind.LABOUR_CONTRACT], _("要一年以上，或者没有固定期限。")),
        Slot("business_licence", Kind.BUSINESS_LICENCE, other_ways.BusinessLicenceForm,
             NAMES[Kind.BUSINESS_LICENCE], _("自己做生意的，交这一样。")),
        Slot("residence_elsewhere", Kind.RESIDENCE_ELSEWHERE, other_ways.ResidenceElsewhereForm,
             NAMES[Kind.RESIDENCE_ELSEWHERE],
             _("搬来之前在杭州别的区登记过的，居住时间接着算。公安能查到的，不用交。")),
    )
}  # fmt: skip
HALF_YEAR = "residence_half_year"
BY_LEAF = {leaf: kind.value for leaf, kind in PROVES.items()} | {
    "owner_title": "title_self",
    "landlord_title": "title_landlord",
    "relative_title": "title_relative",
}
"""The slot in which a condition's proof is handed in."""


def slot_of(piece: Evidence) -> Slot | None:
    """The slot in which a piece was handed in."""
    return next(
        (
            slot
            for slot in SLOTS.values()
            if slot.kind == piece.kind and all(piece.says.get(name) == value for name, value in slot.fixed)
        ),
        None,
    )


DWELLING_KINDS = frozenset(
    {
        Kind.TITLE,
        Kind.LEASE,
        Kind.RENTAL_REGISTRATION,
        Kind.LEASE_FILING,
        Kind.SAFETY_INSPECTION,
        Kind.KINSHIP,
        Kind.PUBLIC_RENTAL,
        Kind.DORMITORY,
        Kind.LODGING,
    }
)

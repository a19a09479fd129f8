"""What each kind of message is headed with."""

from django.utils.translation import gettext_lazy

from juzhu.operations.errors import Sentence
from juzhu.portal import inbox_homes, letting_letters, of_age
from juzhu.portal.reviews import REVIEWS

TITLES: dict[str, Sentence] = {
    "received": gettext_lazy("已收到您的申请"),
    "supplement_notice": gettext_lazy("还缺材料，请您补齐"),
    "supplement_after_acceptance": gettext_lazy("受理后看出还缺材料，请您补齐"),
    "receipt": gettext_lazy("已受理，这是回执"),
    "deemed_receipt": gettext_lazy("已视为受理，这是回执"),
    "refusal": gettext_lazy("没有批准，写了理由"),
    "issued": gettext_lazy("居住证签发了"),
    "endorsed": gettext_lazy("签注办好了"),
    "lapsed": gettext_lazy("补正期过了，申请已失效"),
    "registered": gettext_lazy("居住登记办好了"),
    "endorse_open": gettext_lazy("可以办签注了"),
    "endorse_15": gettext_lazy("签注剩下不到 15 天"),
    "endorse_3": gettext_lazy("签注剩下不到 3 天"),
    "suspended": gettext_lazy("居住证功能中止了"),
    "declined": gettext_lazy("没有受理，写了理由"),
    "mended": gettext_lazy("窗口替您改了填错的内容"),
    "objection_corrected": gettext_lazy("您说不对的，部门已更正"),
    "objection_upheld": gettext_lazy("您说不对的，部门核对无误"),
    "bureau_answered": gettext_lazy("部门答复了"),
    "correction_received": gettext_lazy("收到您的更正申请"),
    "corrected": gettext_lazy("居住证更正好了"),
    "correction_declined": gettext_lazy("这次不予更正，写了理由"),
    "check_changed": gettext_lazy("核查发现情况变了，请您来改"),
    "permit_ended": gettext_lazy("居住证的使用功能终止了"),
    "fraud_told": gettext_lazy("决定之前，请您说说情况"),
    "fraud_decided": gettext_lazy("对您作出了处罚决定"),
    "fraud_closed": gettext_lazy("案件结束，不予处罚"),
    "paused": gettext_lazy("办理期限中止，写了要多久"),
    "resumed": gettext_lazy("办理期限恢复计算"),
    "taken_back": gettext_lazy("受理收回了，重新审查"),
    "reopened": gettext_lazy("原来的不予撤销了，重新办理"),
    "remedy_recorded": gettext_lazy("您的复议或诉讼记下了"),
    "remedy_concluded": gettext_lazy("复议或诉讼有结果了"),
    "review_requested": gettext_lazy("会有工作人员复核"),
    "ended": gettext_lazy("这一件终结了"),
    "fact_undone": gettext_lazy("我们记错了，已经改回来，向您道歉"),
    "issued_automatically": gettext_lazy("居住证签发了（自动办理）"),
    "endorsed_automatically": gettext_lazy("签注办好了（自动办理）"),
    "check_true": gettext_lazy("核查过了，情况属实"),
    "fraud_set_aside": gettext_lazy("对您的处罚决定撤销了"),
    **{kind: told.title for kind, told in REVIEWS.items()},
    **of_age.TITLES,
    **inbox_homes.TITLES,
    **letting_letters.TITLES,
}

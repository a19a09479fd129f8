"""What was compared, in one plain sentence a language: homes neither owned nor let by a landlord."""

from __future__ import annotations

from juzhu.law.kleene import Truth
from juzhu.law.row import Look
from juzhu.law.sentences_route import proof_sentence
from juzhu.law.wording import Text

HOMES: dict[str, Text] = {
    "relative": Text("亲属的房屋", "a relative's home"),
    "public_rental": Text("公有住房", "public housing"),
    "dormitory": Text("单位宿舍", "an employer's dormitory"),
    "lodging": Text("借住、寄住的房屋", "somebody else's home as a guest"),
}

relative_title = proof_sentence(
    Text("您亲属的房屋产权证明有了。", "Your relative's proof of title is on file."),
    Text("还没有您亲属的房屋产权证明。", "There is no proof of title from your relative yet."),
    Text("这份产权证明不是您亲属的房屋。", "The proof of title is not for a home of your relative's."),
)
kinship = proof_sentence(
    Text("您和房屋产权人的亲属关系有了。", "That the owner is your close relative is on file."),
    Text("还没有亲属关系的证明。", "There is no proof yet that the owner is your close relative."),
    Text("证明显示产权人不是您的近亲属。", "The proof shows that the owner is no close relative of yours."),
)
_certificate = proof_sentence(
    Text("公有住房租赁证有了。", "The public-housing rental certificate is on file."),
    Text("还没有公有住房租赁证。", "There is no public-housing rental certificate yet."),
    Text("公有住房租赁证不是您的住处。", "The public-housing rental certificate is not for your home."),
)


def public_rental_certificate(look: Look, truth: Truth) -> Text:
    dwelling = look.facts.dwelling
    shown = dwelling is not None and dwelling.tenure == "public_rental" and dwelling.certificate
    if truth is None and shown:
        return Text(
            "租赁证写的承租人里没有您。承租人是您的配偶或直系亲属的，请交亲属关系证明。",
            "You are not among the tenants in the certificate. If a tenant is your spouse, parent, child,"
            " grandparent or grandchild, prove it.",
        )
    return _certificate(look, truth)


dormitory_title = proof_sentence(
    Text("单位对宿舍的产权证明有了。", "Your employer's title to the dormitory is on file."),
    Text("还没有单位对宿舍的产权证明。", "There is no proof yet of your employer's title to the dormitory."),
    Text("宿舍不是这个单位的房屋。", "The dormitory does not belong to that employer."),
)
dormitory_commitment = proof_sentence(
    Text("宿舍的安全承诺书有了。", "The dormitory's safety commitment is on file."),
    Text(
        "还没有单位签的宿舍安全承诺书。",
        "Your employer has not shown its safety commitment for the dormitory.",
    ),
    Text("单位没有签宿舍安全承诺书。", "Your employer did not sign the safety commitment for the dormitory."),
)
host_statement = proof_sentence(
    Text("房屋主人同意您居住的证明有了。", "Your host's statement that you live there is on file."),
    Text("还没有房屋主人同意您居住的证明。", "There is no statement from your host yet that you live there."),
    Text("房屋主人说您没有住在那里。", "Your host says that you do not live there."),
)


def dwelling_kind_accepted(look: Look, truth: Truth) -> Text:
    """Said only of somebody whose kind of dwelling the pack does not have."""
    home = HOMES.get(look.row.tenure or "")
    if home is None:
        return Text("这种住处可以按住所申领。", "This kind of home may be applied by.")
    return Text(
        f"按现行规定，住{home.zh}不能按“合法稳定住所”申领。",
        f"Under these rules, living in {home.en} does not open the dwelling route.",
    )

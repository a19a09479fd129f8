"""What is told to who asked for a person after an automatic answer, when the person has looked."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import Sentence

CASE = _("看这一件")


@dataclass(frozen=True, slots=True)
class Review:
    """How a review ended, as a message. `place`: the route to go to; empty: the case itself."""

    title: Sentence
    lines: tuple[Sentence, ...]
    place: str = ""
    label: Sentence = CASE


REVIEWS = {
    "review_upheld": Review(
        _("复核过了，决定没有问题"),
        (_("一位工作人员重新看了一遍，自动作出的决定没有问题。现在不用做别的。"),),
    ),
    "review_changed": Review(
        _("复核过了，情况变了，请您来改"),
        (
            _("一位工作人员重新看了一遍。当时的决定没有问题，现在情况变了。"),
            _("搬了家或换了单位，请 10 日内改登记。居住时间不断，居住证照常用。"),
        ),
        "portal:registration",
        _("去改登记"),
    ),
    "review_wrong": Review(
        _("复核过了，自动办理的依据有误"),
        (
            _("一位工作人员重新看了一遍，自动办理的依据有误。居住证照常用，下次签注按核对后的信息办。"),
            _("部门的信息不对的，请提出异议，由部门更正。"),
        ),
        "portal:known",
        _("看部门的信息"),
    ),
    "review_suspected": Review(
        _("复核过了，有疑点要核实"),
        (_("一位工作人员重新看了一遍，有疑点要进一步核实。决定以前会先书面告诉您，听您说。"),),
    ),
}

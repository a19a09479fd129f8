"""What can go wrong with people and accounts."""

from django.utils.translation import gettext_lazy as _

from juzhu.operations.errors import JuzhuError


class IdentityNumberInvalid(JuzhuError):
    """A number that is no citizen's identity number. `about["reason"]` says why, for programs."""

    code = "identity_number_invalid"


class IdentityNotConfirmed(JuzhuError):
    """Name and number do not belong together, or nobody knows them. It never says which."""

    code = "identity_not_confirmed"
    sentence = _("姓名和公民身份号码对不上。请对照证件再看一遍；还是不行，请带身份证到派出所窗口办理。")


class IdentityProviderDown(JuzhuError):
    """The provider does not answer; nothing is wrong with what was typed."""

    code = "identity_provider_down"
    status = 503
    sentence = _("身份核对服务暂时没有回应，是我们这边的问题。您填的内容还在，请过几分钟再按一次。")


class PersonTaken(JuzhuError):
    """Another account is bound to this person."""

    code = "person_taken"
    status = 409
    sentence = _("这个身份已经有账号了。请用原来的手机号登录；手机号换了，请到派出所窗口改。")


class PhoneInvalid(JuzhuError):
    """Not the number of a mainland mobile phone, as it is dialled within the country."""

    code = "phone_invalid"
    sentence = _("手机号是 11 位数字，以 1 开头。请再看一遍。")


class PhoneTaken(JuzhuError):
    """An account with this phone number exists."""

    code = "phone_taken"
    status = 409
    sentence = _("这个手机号已经注册过。请直接登录。")


class NotAllowed(JuzhuError):
    """Somebody's role or area does not reach that far."""

    code = "not_allowed"
    status = 403
    sentence = _("您的岗位不能办这一步。请交给负责的同事。")


class PurposeMissing(JuzhuError):
    """A whole identity number was asked for without saying what for."""

    code = "purpose_missing"
    sentence = _("请写明看全号的用途，至少 4 个字。用途会记入日志。")


class PresenceNotProved(JuzhuError):
    """Somebody did not prove that it is they: a wrong try, which is counted."""

    code = "presence_not_proved"
    because = "password"
    sentence = _("密码不对。请再输一遍；忘了密码，请到窗口重设。")


class SourceMissing(JuzhuError):
    """A fact about somebody without saying what proves it."""

    code = "source_missing"
    sentence = _("请写明凭什么记录，至少 4 个字，比如证明的名称和编号。")


class FactDayInvalid(JuzhuError):
    """A fact on a day that has not come, or before its person was born."""

    code = "fact_day_invalid"
    sentence = _("日期不对。最晚是今天，不能早于出生那天。")


class FactRecorded(JuzhuError):
    """A death is recorded once."""

    code = "fact_recorded"
    status = 409
    sentence = _("已经记录过了。记错了，请找系统管理员更正。")


class DivisionUnknown(JuzhuError):
    """Not a division's code."""

    code = "division_unknown"
    sentence = _("行政区划代码是 6 位数字。请对照户口簿再看一遍。")


class AbsenceInvalid(JuzhuError):
    """An absence with days that can't be. `about["field"]` names the day that is wrong."""

    code = "absence_invalid"
    sentence = _("最后一天不能早于第一天，也不能是过去的日子。")


class AbsentAlready(JuzhuError):
    """There is an absence for some of these days."""

    code = "absent_already"
    status = 409
    sentence = _("这几天已经记过不在岗。请先把原来的结束掉。")


class StandInUnsuited(JuzhuError):
    """A colleague who can't do the absent officer's work."""

    code = "stand_in_unsuited"
    status = 409
    sentence = _("这位同事代不了：岗位或者辖区不一样。请选别的同事。")


class DeclaredAlready(JuzhuError):
    """The same relation twice."""

    code = "declared_already"
    status = 409
    sentence = _("这个人您已经登记过回避。")


class BirthInvalid(JuzhuError):
    """A claimed birth that can't be: in the future, or in another century."""

    code = "birth_invalid"
    sentence = _("出生日期不对：不能晚于今天。请再问一遍。")


class IdentityKnown(JuzhuError):
    """A person whose identity is proved already is not proved anew."""

    code = "identity_known"
    status = 409
    sentence = _("这个人的身份已经核实过，不用再核。")


class NumberOfAnother(JuzhuError):
    """The number that a pending person shows belongs to a person who is recorded already."""

    code = "number_of_another"
    status = 409
    sentence = _(
        "这个号码已经有一条记录，多半是同一个人。请用姓名和号码打开那一条办；这一条待核实的，对着看过以后合并。"
    )


class CreditCodeInvalid(JuzhuError):
    """No unified social credit code by GB 32100."""

    code = "credit_code_invalid"
    sentence = _("统一社会信用代码是 18 位，这一个对不上。请对照营业执照或登记证书再看一遍。")


class OrganisationNotConfirmed(JuzhuError):
    """Code and name do not belong together, or nobody knows them. It never says which."""

    code = "organisation_not_confirmed"
    sentence = _("单位名称和统一社会信用代码对不上。请对照营业执照或登记证书，名称要写全。")


class OrganisationClosed(JuzhuError):
    """The register says that it does not exist any more."""

    code = "organisation_closed"
    sentence = _("这个单位已经注销，不能开通报送。")


class NotItsHead(JuzhuError):
    """Somebody else is the legal representative."""

    code = "not_its_head"
    status = 403
    sentence = _("开通要由法定代表人（负责人）用自己的账号办。开通以后，可以把您加为报送员。")


class TradeUnknown(JuzhuError):
    """None of the kinds of organisation that the statutes name."""

    code = "trade_unknown"
    sentence = _("请选单位类型，至少选一种。")


class ColleagueUnknown(JuzhuError):
    """No account with this phone and this name. It never says which of them is wrong."""

    code = "colleague_unknown"
    sentence = _("手机号和姓名对不上。请再核对；对方要先用这个手机号登录本系统，并实名认证。")


class MemberAlready(JuzhuError):
    """The account acts for this organisation already."""

    code = "member_already"
    status = 409
    sentence = _("这位同事已经在名单里了。")


class LastManager(JuzhuError):
    """An organisation keeps at least one manager."""

    code = "last_manager"
    status = 409
    sentence = _("至少要留一位管理员。请先把另一位同事设为管理员。")


class OutOfArea(JuzhuError):
    """An officer's area does not hold it: told as if it did not exist."""

    code = "not_found"
    status = 404
    sentence = _("没有这一件，或者不在您的辖区。")


class FactUndone(JuzhuError):
    """A fact that was undone already."""

    code = "fact_undone"
    status = 409
    sentence = _("这条记录已经撤销了，可能是同事先办的。请看最新的记录。")


class UndoingUnexplained(JuzhuError):
    """A fact is undone without saying why it was wrong."""

    code = "undoing_unexplained"
    sentence = _("请写明哪里记错了，至少 5 个字。本人会看到。")


class ProofMissing(JuzhuError):
    """A fact is undone without what proves that it was wrong."""

    code = "undoing_unproved"
    sentence = _("请写明证明的名称，并传一份照片或扫描件。")


class ConflictOfInterest(JuzhuError):
    """回避: it is the officer's own case, or that of somebody near to them. Source: requirements G04."""

    code = "conflict_of_interest"
    status = 409
    sentence = _("这一件和您有利害关系，您要回避，不能办。请移交给别的同事。")


class BothKnown(JuzhuError):
    """Two records of which the population register knows each: they are two people."""

    code = "both_known"
    status = 409
    sentence = _("两个人的身份都核实过，不是同一个人，不能合并。")


class BothHave(JuzhuError):
    """Each record has something of which a person has one; one of the two has to be closed first."""

    code = "both_have"
    status = 409


class MergedAlready(JuzhuError):
    """One of the records is merged, or a merge is taken apart already."""

    code = "merged_already"
    status = 409
    sentence = _("这两条记录的情况已经变了，请刷新再看。")


class KnownStays(JuzhuError):
    """Of two records, the one whose number is proved is kept: account and permit go by it."""

    code = "known_stays"
    status = 409
    sentence = _("身份核实过的那份档案要留下。请换一份留下。")


class MergedLater(JuzhuError):
    """The record that was kept has itself gone over to another since."""

    code = "merged_later"
    status = 409
    sentence = _("留下的档案后来又并到了别的档案。请先撤销后来的那次合并。")


class CannotBeUndone(JuzhuError):
    """Something has come of the merge that would be torn apart by undoing it."""

    code = "cannot_be_undone"
    status = 409


class SameRecord(JuzhuError):
    """The other record is the same one."""

    code = "same_record"
    sentence = _("这就是同一份档案。请填另一份档案的号码。")


class HearingMovedOn(JuzhuError):
    """A step of a hearing that does not follow from where it stands."""

    code = "hearing_moved_on"
    status = 409
    sentence = _("听证已经到了别的一步，请看最新的情况。")


class HearingTermOver(JuzhuError):
    """A hearing is asked for after its term."""

    code = "hearing_term_over"
    status = 409
    sentence = _("要求听证的期限过了。还没有决定的，可以陈述、申辩。")


class HearingAhead(JuzhuError):
    """A decision before the hearing that is asked for, or while it can still be asked for."""

    code = "hearing_ahead"
    status = 409
    sentence = _("还不能决定：听证的期限没有过，或者要求了听证还没有开。")


class HearingInvalid(JuzhuError):
    """A hearing called for a day too near, or by somebody who may not preside, or held on no record."""

    code = "hearing_invalid"
    sentence = _("请从名单里选一位主持人。办这个案件的人不能主持。")

"""What each condition is called, the paper that would prove it, and what a person can do about it."""

from __future__ import annotations

from juzhu.law.wording import Text

# code: (name, material, fix)
NAMES: dict[str, tuple[Text, Text, Text]] = {
    "outside_household": (
        Text("户籍不在杭州市区", "Household registration outside urban Hangzhou"),
        Text("户口簿，或身份证上的户籍地址", "Your household register, or the address on your identity card"),
        Text(
            "请出示户口簿，说明户籍所在地。",
            "Show your household register, so that we know where you are registered.",
        ),
    ),
    "application_form": (
        Text("居住证申领表", "Application form"),
        Text("《浙江省居住证申领表》", "Application form for the Zhejiang residence permit"),
        Text("请填好申领表并签名。", "Fill in the application form and sign it."),
    ),
    "identity_document": (
        Text("身份证件", "Identity document"),
        Text("有效身份证件，或者身份证明", "A valid identity card, or another proof of identity"),
        Text("请出示有效的身份证件。", "Show a valid identity document."),
    ),
    "photo": (
        Text("相片", "Photograph"),
        Text("本人近期证件照", "A recent identity photograph of yourself"),
        Text("请交一张近期证件照。", "Hand in a recent identity photograph."),
    ),
    "representative_identity": (
        Text("代办人身份证件", "Representative's identity document"),
        Text(
            "代办人的有效身份证件，或者身份证明", "A valid identity document of the person who files for you"
        ),
        Text(
            "请代办人出示有效的身份证件。",
            "Ask the person who files for you to show a valid identity document.",
        ),
    ),
    "residence_registered": (
        Text("已办居住登记", "Registered residence"),
        Text("居住登记凭证", "Residence registration certificate"),
        Text(
            "请办理居住登记。登记之日起算居住时间，越早越好。",
            "Register your residence. Time counts from that day, so the sooner the better.",
        ),
    ),
    "residence_half_year": (
        Text("居住半年以上", "Half a year of residence"),
        Text("居住登记凭证", "Residence registration certificate"),
        Text(
            "请保持居住登记；搬家的，十日内办变更。",
            "Stay registered; if you move, report it within ten days.",
        ),
    ),
    "insured_one_year": (
        Text("社保连续满 1 年", "One year of unbroken social insurance"),
        Text("《浙江省社会保险参保证明》", "Certificate of social insurance (Zhejiang)"),
        Text(
            "请每月按时缴纳社保，不要中断或补缴。",
            "Contribute every month on time, without a gap or back payment.",
        ),
    ),
    "insured_now": (
        Text("正在缴纳社保", "Social insurance is current"),
        Text("《浙江省社会保险参保证明》", "Certificate of social insurance (Zhejiang)"),
        Text("请在杭州市区缴纳社保。", "Contribute to social insurance in urban Hangzhou."),
    ),
    "labour_contract_one_year": (
        Text("劳动合同 1 年以上", "Labour contract of one year or more"),
        Text("1 年以上期限的劳动合同", "A labour contract with a term of one year or more"),
        Text("请提供一年以上的劳动合同。", "Show a labour contract of one year or more."),
    ),
    "business_licence": (
        Text("营业执照正常", "Business licence in order"),
        Text(
            "营业执照：已年报，不在经营异常名录",
            "Business licence: annual report filed, not on the list of abnormal operations",
        ),
        Text(
            "请出示营业执照，并按时年报。", "Show your business licence, and file its annual report in time."
        ),
    ),
    "minor_employment_excluded": (
        Text("已满 16 周岁", "Aged 16 or over"),
        Text("身份证件上的出生日期", "The date of birth on your identity document"),
        Text("未满 16 周岁的，请按住所或就读申领。", "If you are under 16, apply by dwelling or by study."),
    ),
    "owner_title": (
        Text("自购房屋产权证明", "Title to your own home"),
        Text("房屋所有权或使用权证明", "Proof of ownership or right of use of the home"),
        Text("请提供您的房屋产权证明。", "Show the proof of title to your home."),
    ),
    "landlord_title": (
        Text("房屋产权证明", "Landlord's title"),
        Text("出租人的房屋所有权或宅基地使用权证明", "The landlord's proof of ownership or homestead right"),
        Text("请房东提供产权证明。", "Ask your landlord for the proof of title."),
    ),
    "lease_one_year": (
        Text("租赁合同 1 年以上", "Lease of one year or more"),
        Text("1 年以上期限的房屋租赁合同", "A lease with a term of one year or more"),
        Text("请与房东签一年以上的合同。", "Sign a lease of one year or more with your landlord."),
    ),
    "lease_half_year": (
        Text("租赁合同半年以上", "Lease of half a year or more"),
        Text("半年以上期限的房屋租赁合同", "A lease with a term of half a year or more"),
        Text("请与房东签半年以上的合同。", "Sign a lease of half a year or more with your landlord."),
    ),
    "lease_current": (
        Text("租赁合同在有效期内", "Lease is current"),
        Text("有效期内的房屋租赁合同", "A lease that is running today"),
        Text("请提供有效期内的租赁合同。", "Show a lease that is running today."),
    ),
    "rental_registration": (
        Text("出租登记", "Rental registration"),
        Text("居住房屋出租登记", "Registration of the rented dwelling"),
        Text(
            "请房东到派出所办出租登记。", "Ask your landlord to register the letting with the police station."
        ),
    ),
    "lease_filing": (
        Text("租赁登记备案", "Lease filing"),
        Text(
            "《房屋租赁登记备案证明》（商品房）", "Certificate of lease filing (if it is commodity housing)"
        ),
        Text(
            "是商品房的话，请房东先去备案。",
            "If it is commodity housing, ask your landlord to file the lease.",
        ),
    ),
    "rental_safety": (
        Text("出租安全排查", "Rental safety inspection"),
        Text("《杭州市居住房屋出租安全排查表》", "Hangzhou rental safety inspection form"),
        Text("请约街道上门排查。", "Make an appointment with the subdistrict for an inspection."),
    ),
    "relative_title": (
        Text("亲属的房屋产权证明", "Your relative's title"),
        Text("近亲属的房屋所有权或使用权证明", "Your close relative's proof of ownership or right of use"),
        Text("请亲属提供房屋产权证明。", "Ask your relative for the proof of title."),
    ),
    "kinship": (
        Text("亲属关系证明", "Proof of kinship"),
        Text(
            "户口簿、结婚证、出生证明等亲属关系证明",
            "Household register, marriage certificate, birth certificate or other proof of kinship",
        ),
        Text("请提供您和产权人的亲属关系证明。", "Show that the owner is your close relative."),
    ),
    "public_rental_certificate": (
        Text("公有住房租赁证", "Public-housing rental certificate"),
        Text("《公有住房租赁证》", "Public-housing rental certificate"),
        Text("请提供公有住房租赁证。", "Show your public-housing rental certificate."),
    ),
    "dormitory_title": (
        Text("单位对宿舍的产权证明", "Employer's title to the dormitory"),
        Text("单位宿舍的房屋产权证明", "Your employer's proof of title to the dormitory"),
        Text("请单位提供宿舍的产权证明。", "Ask your employer for the proof of title to the dormitory."),
    ),
    "dormitory_commitment": (
        Text("宿舍安全承诺书", "Dormitory safety commitment"),
        Text("《杭州市企业员工宿舍安全承诺书》", "Hangzhou safety commitment for employees' dormitories"),
        Text("请单位签宿舍安全承诺书。", "Ask your employer to sign the safety commitment."),
    ),
    "host_statement": (
        Text("借住、寄住证明", "Host's statement"),
        Text("房屋主人同意您居住的证明", "Your host's statement that you live there"),
        Text("请房屋主人写一份同意居住的证明。", "Ask your host to state in writing that you live there."),
    ),
    "dwelling_kind_accepted": (
        Text("这种住处可以申领", "A kind of home that counts"),
        Text("居住登记上的住所类型", "The kind of home in your residence registration"),
        Text(
            "请按其他途径申领，或更正登记的住所类型。",
            "Apply by another route, or correct the kind of home registered.",
        ),
    ),
    "enrolled_full_time_in_city": (
        Text("在杭州市区全日制就读", "Full-time study in urban Hangzhou"),
        Text(
            "学生基本信息，或学校出具的在读证明",
            "Student record, or the school's statement that you attend it",
        ),
        Text("请告诉我们您的学校。", "Tell us which school you attend."),
    ),
    "enrolled_one_year": (
        Text("就读 1 年以上", "One year of study"),
        Text("入学日期证明", "Proof of the day you enrolled"),
        Text(
            "请提供入学日期证明；读满一年再申领。",
            "Show the day you enrolled; apply once a year is complete.",
        ),
    ),
    "student_register": (
        Text("本市学籍证明", "Student register"),
        Text("教育主管部门出具的本市学籍证明", "Student register certificate of the education authority"),
        Text("请学校核对您的学籍。", "Ask your school to check your entry in the student register."),
    ),
    "study_continuity": (
        Text("连续就读证明", "Proof of continuous study"),
        Text("连续就读 1 年以上的证明", "Proof of one year or more of continuous study"),
        Text("请学校出具连续就读证明。", "Ask your school for a proof of continuous study."),
    ),
    "guardian_permits": (
        Text("监护人有居住证", "Guardians' residence permits"),
        Text("法定监护人的有效《浙江省居住证》", "Valid Zhejiang residence permits of the legal guardians"),
        Text("请监护人先申领居住证。", "Ask your guardians to apply for their own permits first."),
    ),
    "guardian_insured_one_year": (
        Text("监护人社保连续满 1 年", "A guardian's year of social insurance"),
        Text("一名监护人的《浙江省社会保险参保证明》", "Certificate of social insurance of one guardian"),
        Text("请一名监护人连续缴满一年社保。", "One of your guardians must contribute for an unbroken year."),
    ),
    "talent_permit": (
        Text("引进人才居住证", "Talent permit"),
        Text("有效的《浙江省引进人才居住证》", "A valid Zhejiang talent residence permit"),
        Text("有引进人才居住证的，请出示。", "Show your talent permit, if you have one."),
    ),
    "talent_listed": (
        Text("投资创业、引进人才名单", "List of investors and talents"),
        Text(
            "县级以上政府投资创业、引进人才名单的证明",
            "Proof of being on a list of investors and talents of a county government or above",
        ),
        Text("在名单上的，请提供证明。", "If you are on such a list, show the proof."),
    ),
}

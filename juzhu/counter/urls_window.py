"""The window: an officer files for somebody who stands there."""

from django.urls import path
from django.urls.resolvers import URLPattern

from juzhu.counter.views import (
    window,
    window_after,
    window_agents,
    window_cases,
    window_filing,
    window_household,
    window_permit,
    window_residence,
    window_rights,
    window_words,
)

urlpatterns: list[URLPattern] = [
    path("window", window.start, name="window"),
    path("window/pending", window.pending, name="window_pending"),
    path("window/receive", window.receive, name="window_receive"),
    path("window/receipts/<str:number>", window_after.receipt, name="window_receipt"),
    path("window/v/<str:visit>", window.person, name="window_person"),
    path("window/v/<str:visit>/prove", window.prove, name="window_prove"),
    path("window/v/<str:visit>/agent", window_agents.agent, name="window_agent"),
    path("window/v/<str:visit>/register", window_residence.register, name="window_register"),
    path("window/v/<str:visit>/move", window_residence.move, name="window_move"),
    path("window/v/<str:visit>/workplace", window_residence.workplace, name="window_workplace"),
    path("window/v/<str:visit>/leave", window_residence.leave, name="window_leave"),
    path("window/v/<str:visit>/certificate", window_residence.certificate, name="window_certificate"),
    path("window/v/<str:visit>/apply", window_filing.apply, name="window_apply"),
    path("window/v/<str:visit>/declaration", window_filing.declaration, name="window_declaration"),
    path("window/v/<str:visit>/form", window_filing.form, name="window_form"),
    path("window/v/<str:visit>/materials", window_filing.materials, name="window_materials"),
    path("window/v/<str:visit>/confirm", window_filing.confirm, name="window_confirm"),
    path("window/v/<str:visit>/supplement", window_after.supplement, name="window_supplement"),
    path("window/v/<str:visit>/endorse", window_after.endorse, name="window_endorse"),
    path("window/v/<str:visit>/household", window_household.household, name="window_household"),
    path("window/v/<str:visit>/correct", window_permit.correct, name="window_correct"),
    path("window/v/<str:visit>/checks/<str:number>", window_permit.answer_check, name="window_check"),
    path("window/v/<str:visit>/known", window_words.known, name="window_known"),
    path("window/v/<str:visit>/known/<int:pk>", window_words.objection, name="window_object"),
    path("window/v/<str:visit>/who-used", window_words.who_used, name="window_who_used"),
    path("window/v/<str:visit>/statement/<str:number>", window_rights.statement, name="window_statement"),
    path("window/v/<str:visit>/ask-person", window_rights.ask_person, name="window_ask_person"),
    path("window/v/<str:visit>/switch", window_rights.switch, name="window_switch"),
    path("window/v/<str:visit>/remedies", window_rights.remedies, name="window_remedies"),
    path("cases/<str:number>/mend", window_cases.mend, name="mend"),
    path("cases/<str:number>/mend/<int:piece>", window_cases.mend_paper, name="mend_paper"),
    path("cases/<str:number>/withdraw", window_cases.withdraw, name="withdraw"),
    path("cases/<str:number>/decline", window_cases.decline, name="decline"),
    path("cases/<str:number>/extend", window_cases.extend, name="extend"),
]

"""Application, materials, papers, permit, endorsement, verification."""

from django.urls import path
from django.urls.resolvers import URLPattern

from juzhu.portal.views import (
    after_issue,
    apply,
    documents,
    endorse,
    files,
    fraud,
    materials,
    mend,
    papers,
    permit,
    switch,
    verify,
)

urlpatterns: list[URLPattern] = [
    path("apply", apply.start, name="apply"),
    path("apply/place", apply.place, name="apply_place"),
    path("apply/declaration", apply.declaration, name="apply_declaration"),
    path("apply/form", apply.details, name="apply_form"),
    path("apply/materials", materials.materials, name="apply_materials"),
    path("apply/confirm", apply.confirm, name="apply_confirm"),
    path("apply/switch", switch.draft, name="apply_switch"),
    path("applications/<slug:number>", papers.application, name="application"),
    path("applications/<slug:number>/receipt", papers.receipt, name="receipt"),
    path("applications/<slug:number>/notice", papers.notice, name="notice"),
    path("applications/<slug:number>/refusal", papers.refusal, name="refusal"),
    path("applications/<slug:number>/papers/<slug:slug>/<slug:lang>.pdf", papers.paper, name="paper"),
    path("applications/<slug:number>/supplement", materials.supplement, name="supplement"),
    path("applications/<slug:number>/withdraw", papers.withdraw, name="withdraw"),
    path("applications/<slug:number>/mend", mend.mend, name="mend"),
    path("applications/<slug:number>/switch", switch.filed, name="switch"),
    path("applications/<slug:number>/ask-person", papers.ask_person, name="ask_person"),
    path("files/<str:name>", files.file, name="file"),
    path("permit", permit.permit, name="permit"),
    path("permit/open", permit.open_permit, name="permit_open"),
    path("permit/papers/<slug:slug>/<slug:lang>.pdf", documents.of_permit, name="permit_paper"),
    path("permit/code", permit.code, name="permit_code"),
    path("permit/endorse", endorse.endorse, name="endorse"),
    path("permit/versions", after_issue.earlier, name="permit_versions"),
    path("permit/correct", after_issue.correct, name="correct"),
    path("permit/corrections/<slug:number>", after_issue.correction, name="correction"),
    path("rights/<slug:number>", fraud.case, name="fraud_case"),
    path("rights/<slug:number>/papers/<slug:slug>/<slug:lang>.pdf", fraud.paper, name="fraud_paper"),
    path("tip", after_issue.tip, name="tip"),
    path("v/<str:code>", verify.verify, name="verify"),
    path("d", documents.ask, name="document_ask"),
    path("d/<str:code>", documents.verify, name="document"),
]

"""The reporters' pages."""

from django.urls import path

from juzhu.reporting.views import due, home, one, orders, organisation, proofs, sheets, told

app_name = "reporting"
urlpatterns = [
    path("", home.home, name="home"),
    path("who", organisation.who, name="who"),
    path("who/choose", organisation.choose_one, name="choose"),
    path("enrol", organisation.enrol, name="enrol"),
    path("colleagues", organisation.colleagues, name="colleagues"),
    path("colleagues/<int:pk>/out", organisation.take_out, name="take_out"),
    path("one/<slug:kind>", one.one, name="one"),
    path("firm", one.firm, name="firm"),
    path("reports/<str:number>", home.report, name="report"),
    path("reports/<str:number>/withdraw", home.withdraw, name="withdraw"),
    path("orders/<str:number>", orders.order, name="order"),
    path("due", due.due, name="due"),
    path("due/<str:key>", due.answer, name="due_answer"),
    path("proof", proofs.ask, name="proof"),
    path("proof/<slug:key>", proofs.proof, name="proof_asked"),
    path("proof/<slug:key>/progress", proofs.progress, name="proof_progress"),
    path("told", told.told, name="told"),
    path("told/<str:number>/hand-back", told.hand_back, name="hand_back"),
    path("told/<str:number>/pass-on", told.pass_on, name="pass_on"),
    path("sheets", sheets.overview, name="sheets"),
    path("sheets/template/<slug:kind>", sheets.template, name="template"),
    path("sheets/upload/<slug:kind>", sheets.upload, name="upload"),
    path("sheets/<int:pk>", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/progress", sheets.progress, name="progress"),
    path("sheets/<int:pk>/mend", sheets.mend, name="mend"),
    path("sheets/<int:pk>/file", sheets.file, name="file"),
    path("sheets/<int:pk>/discard", sheets.discard, name="discard"),
    path("sheets/<int:pk>/back", sheets.back, name="back"),
]

"""Official papers as PDF, and the confirmation slip."""

from django.urls import path
from django.urls.resolvers import URLPattern

from juzhu.counter.views import papers, posters

urlpatterns: list[URLPattern] = [
    path("cases/<str:number>/papers/<slug:slug>/<slug:lang>.pdf", papers.of_case, name="paper"),
    path("cases/<str:number>/archive", papers.archive, name="archive"),
    path("papers/permit/<str:number>/<slug:slug>/<slug:lang>.pdf", papers.of_permit, name="permit_paper"),
    path("papers/slip/<str:number>", papers.slip, name="slip"),
    path("papers/slips/<str:number>", papers.handed, name="slip_handed"),
    path("papers/fraud/<str:number>/<slug:slug>/<slug:lang>.pdf", papers.of_fraud, name="fraud_paper"),
    path("papers/slips/<str:number>/<slug:lang>.pdf", papers.slip_pdf, name="slip_pdf"),
    path("papers/slips/<str:number>/zh.ofd", papers.slip_ofd, name="slip_ofd"),
    path("papers/slips/<str:number>/mandate", papers.mandate, name="slip_mandate"),
    path(
        "papers/registrations/<slug:number>/<slug:lang>.pdf", papers.registration_pdf, name="registration_pdf"
    ),
    path("posters", posters.poster, name="posters"),
]

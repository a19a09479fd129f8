"""Who has which case: assignment, absence, relations; clocks, remedies, second looks."""

from django.urls import path
from django.urls.resolvers import URLPattern

from juzhu.counter.views import desks, desks_remedies, desks_staff, desks_terms

urlpatterns: list[URLPattern] = [
    path("cases/<str:number>/hand-over", desks.hand_over, name="hand_over"),
    path("cases/<str:number>/assign", desks.assign, name="assign"),
    path("cases/<str:number>/readers", desks.readers, name="readers"),
    path("cases/<str:number>/pause", desks_terms.pause, name="pause"),
    path("cases/<str:number>/resume", desks_terms.resume, name="resume"),
    path("cases/<str:number>/route", desks_terms.reroute, name="reroute"),
    path("cases/<str:number>/take-back", desks_terms.take_back, name="take_back"),
    path("cases/<str:number>/end", desks_terms.end, name="end"),
    path("cases/<str:number>/remedies", desks_remedies.remedies, name="remedies"),
    path("cases/<str:number>/remedies/<int:pk>", desks_remedies.outcome, name="outcome"),
    path("cases/<str:number>/reopen", desks_remedies.reopen_case, name="reopen"),
    path("absences", desks_staff.absences, name="absences"),
    path("absences/<int:pk>/end", desks_staff.end_absence, name="end_absence"),
    path("relations", desks_staff.relations, name="relations"),
    path("relations/<int:pk>/withdraw", desks_staff.withdraw_relation, name="withdraw_relation"),
    path("colleagues/<str:login>", desks_staff.colleague, name="colleague"),
]

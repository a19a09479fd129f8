"""The officer's pages."""

from django.urls import path
from django.views.generic import RedirectView

from juzhu.counter import (
    urls_after_issue,
    urls_departments,
    urls_desks,
    urls_district,
    urls_duplicates,
    urls_duties,
    urls_dwellings,
    urls_papers,
    urls_window,
)
from juzhu.counter.views import case, decisions, notice, oversight, people, queue

app_name = "counter"
urlpatterns = [
    path("", queue.home, name="home"),
    path("cases/<str:number>", case.case, name="case"),
    path("cases/<str:number>/judge", case.judge, name="judge"),
    path("cases/<str:number>/reveal", case.reveal, name="reveal"),
    path("cases/<str:number>/supplement", notice.supplement, name="supplement"),
    path("cases/<str:number>/accept", decisions.accept, name="accept"),
    path("cases/<str:number>/approve", decisions.approve, name="approve"),
    path("cases/<str:number>/refuse", decisions.refuse, name="refuse"),
    path("search", people.search, name="search"),
    path("people", RedirectView.as_view(pattern_name="counter:search"), name="people"),
    path("people/<str:number>", people.person, name="person"),
    path("registrations", people.registered, name="registrations"),
    path("audit", oversight.audit, name="audit"),
    path("audit/verify", oversight.verify, name="audit_verify"),
    path("colleagues", oversight.colleagues, name="colleagues"),
    *urls_window.urlpatterns,
    *urls_departments.urlpatterns,
    *urls_desks.urlpatterns,
    *urls_district.urlpatterns,
    *urls_duplicates.urlpatterns,
    *urls_duties.urlpatterns,
    *urls_after_issue.urlpatterns,
    *urls_papers.urlpatterns,
    *urls_dwellings.urlpatterns,
]

"""After issue: corrections, versions, post-checks, cases of fraud."""

from django.urls import path
from django.urls.resolvers import URLPattern

from juzhu.counter.views import (
    after_issue,
    after_issue_checks,
    after_issue_facts,
    after_issue_fraud,
    desks_remedies,
    guardianships,
)

urlpatterns: list[URLPattern] = [
    path("after", after_issue.after_issue, name="after_issue"),
    path("after/corrections/<str:number>", after_issue.correction, name="correction"),
    path("after/tips/new", after_issue.new_tip, name="new_tip"),
    path("after/tips/<str:number>", after_issue.tip, name="tip"),
    path("after/draw", after_issue_checks.draw, name="draw"),
    path("after/hints", after_issue_checks.hints, name="hints"),
    path("after/checks/<str:number>", after_issue_checks.check, name="post_check"),
    path("after/cases/<str:number>", after_issue_fraud.case, name="fraud_case"),
    path("after/cases/<str:number>/remedies", desks_remedies.of_fraud, name="fraud_remedies"),
    path("after/cases/<str:number>/remedies/<int:pk>", desks_remedies.fraud_outcome, name="fraud_outcome"),
    path("people/<str:number>/death", after_issue_facts.death, name="record_death"),
    path("people/<str:number>/facts/<int:pk>", after_issue_facts.undo, name="undo_fact"),
    path("people/<str:number>/household", after_issue_facts.household, name="record_household"),
    path("people/<str:number>/guardianships/<int:pk>/end", guardianships.end, name="end_guardianship"),
]

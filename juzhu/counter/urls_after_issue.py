"""After issue: corrections, versions, post-checks, cases of fraud."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []

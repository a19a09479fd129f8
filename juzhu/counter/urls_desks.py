"""Who has which case: assignment, absence, relations; clocks, remedies, second looks."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []

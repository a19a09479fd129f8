"""Official papers as PDF, and the confirmation slip."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []

"""The window: an officer files for somebody who stands there."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []

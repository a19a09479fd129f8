"""Departments: their own word, one by one or as a sheet, and what people object to."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []

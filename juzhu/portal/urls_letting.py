"""Letting: the landlord's pages, and the tenant's whose landlord won't help."""

from django.urls import path
from django.urls.resolvers import URLPattern

from juzhu.portal.views import letting, letting_changes, letting_dwelling, letting_help

urlpatterns: list[URLPattern] = [
    path("letting/", letting.dwellings, name="letting"),
    path("letting/new", letting.record, name="letting_record"),
    path("letting/help", letting_help.help_call, name="letting_help"),
    path("letting/<str:number>", letting_dwelling.dwelling, name="letting_dwelling"),
    path("letting/<str:number>/rooms", letting_changes.rooms, name="letting_rooms"),
    path("letting/<str:number>/close", letting_changes.close, name="letting_close"),
    path("letting/<str:number>/leases/<str:lease>", letting_changes.lease, name="letting_lease"),
]

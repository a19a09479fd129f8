"""Let dwellings: lists and work of the offices, inspections on the spot, tenants who ask for help."""

from django.urls import path
from django.urls.resolvers import URLPattern

from juzhu.counter.views import dwellings, help_calls, inspections, letting_work

urlpatterns: list[URLPattern] = [
    path("dwellings", dwellings.dwellings, name="dwellings"),
    path("dwellings/<str:number>", dwellings.dwelling, name="dwelling"),
    path("dwellings/<str:number>/inspect", inspections.plan, name="inspection_plan"),
    path("letting/<slug:kind>/<str:number>", letting_work.answer, name="letting_answer"),
    path("inspections", inspections.queue, name="inspections"),
    path("inspections/device", inspections.device, name="inspection_device"),
    path("inspections/carried.json", inspections.carried, name="inspections_carried"),
    path("inspections/worker.js", inspections.worker, name="inspection_worker"),
    path("inspections/<str:number>", inspections.inspection, name="inspection"),
    path("inspections/<str:number>/send", inspections.send, name="inspection_send"),
    path("help-calls", help_calls.calls, name="help_calls"),
    path("help-calls/<str:number>", help_calls.call, name="help_call"),
]

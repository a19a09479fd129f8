"""重复档案: two records that may be one person."""

from django.urls import path
from django.urls.resolvers import URLPattern

from juzhu.counter.views import duplicates

urlpatterns: list[URLPattern] = [
    path("duplicates", duplicates.home, name="duplicates"),
    path("duplicates/<int:pk>", duplicates.pair, name="duplicate"),
    path("duplicates/<int:pk>/merge", duplicates.merge, name="duplicate_merge"),
    path("duplicates/<int:pk>/apart", duplicates.apart, name="duplicate_apart"),
    path("duplicates/<int:pk>/reveal", duplicates.reveal, name="duplicate_reveal"),
    path("duplicates/<int:pk>/undo", duplicates.undo, name="duplicate_undo"),
    path("people/<str:number>/duplicate", duplicates.propose, name="duplicate_propose"),
]

"""The district in figures."""

from django.urls import path

from juzhu.counter.views import district

urlpatterns = [
    path("district", district.people, name="district"),
    path("district/dwellings", district.let_dwellings, name="district_dwellings"),
    path("district/<slug:figure>.csv", district.table, name="district_csv"),
]

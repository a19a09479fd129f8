"""Mounted at /demo/ in demo mode alone."""

from django.urls import path

from juzhu.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.entrance, name="entrance"),
    path("be", views.be, name="be"),
    path("bureau", views.switch_bureau, name="bureau"),
    path("clock", views.move, name="clock"),
    path("faces/<slug:key>.jpg", views.face, name="face"),
]

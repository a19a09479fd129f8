"""`face/`: size of the text, language, officers' keys; the style guide wherever it is not production."""

from django.conf import settings
from django.urls import path

from juzhu.design import views

app_name = "face"
urlpatterns = [
    path("text-size/", views.set_text_size, name="text_size"),
    path("language/", views.set_language, name="language"),
    path("keys/", views.set_keys, name="keys"),
]

if getattr(settings, "JUZHU_MODE", "production") != "production":
    from juzhu.design.guide import guide

    urlpatterns.append(path("guide/", guide, name="guide"))

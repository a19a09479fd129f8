"""Where each channel is mounted. The demo's entrance exists in the demo alone."""

from django.conf import settings
from django.urls import include, path

from juzhu.api.service import api
from juzhu.operations import health

handler400 = "juzhu.portal.views.errors.bad_request"
handler403 = "juzhu.portal.views.errors.forbidden"
handler404 = "juzhu.portal.views.errors.not_found"
handler500 = "juzhu.portal.views.errors.our_error"

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("juzhu.credentials.urls")),
    path("", include("juzhu.api.openid.urls")),
    path("api/v1/", api.urls),
    path("counter/", include("juzhu.counter.urls")),
    path("face/", include("juzhu.design.urls")),
    path("report/", include("juzhu.reporting.urls")),
    path("", include("juzhu.portal.urls")),
]

if settings.JUZHU_MODE == "demo":
    urlpatterns.insert(0, path("demo/", include("juzhu.demo.urls")))

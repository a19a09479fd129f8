"""Where the signed files are fetched by everybody's programs."""

from django.urls import path

from juzhu.credentials import serving

app_name = serving.NAMESPACE
urlpatterns = [
    path(".well-known/juzhu-trust-list", serving.trust_list, name="trust_list"),
    path(".well-known/jwks.json", serving.jwks, name="jwks"),
    path(".well-known/juzhu-root-key", serving.root_key, name="root_key"),
    path("status/<int:shard>", serving.status_list, name="status_list"),
]

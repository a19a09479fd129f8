"""The citizen's pages."""

from juzhu.portal.urls_letting import urlpatterns as letting
from juzhu.portal.urls_people import urlpatterns as people
from juzhu.portal.urls_permit import urlpatterns as permit

app_name = "portal"
urlpatterns = [*people, *permit, *letting]

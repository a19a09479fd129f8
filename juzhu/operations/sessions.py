"""Sessions in the database, so that each can be ended; read by a query whose SQL is written once."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from juzhu.operations.prepared import Prepared

_SESSION = Prepared(lambda key: Session.objects.filter(session_key=key))


class SessionStore(DatabaseSessions):
    """What `SESSION_ENGINE` names. One that has run out is no session, as in Django's own store."""

    def _get_session_from_db(self) -> Session | None:
        session = _SESSION.first(self.session_key) if self.session_key else None
        if session is None or session.expire_date <= timezone.now():
            self._session_key = None
            return None
        return session

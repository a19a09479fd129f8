"""The inbox. A message is somebody's own or their child's; anybody else's does not exist."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from juzhu.operations import clock
from juzhu.people.actions import mark_read
from juzhu.people.queries import inbox_page, messages_of
from juzhu.portal.access import account_of, citizen, index_of, no_store, viewer
from juzhu.portal.inbox import letter, title_of

PAGE = 20


@require_safe
@citizen
def inbox(request: HttpRequest) -> HttpResponse:
    """Newest first, a page at a time; nothing is counted."""
    wanted = request.GET.get("page", "1")
    number = max(1, int(wanted)) if wanted.isdecimal() and len(wanted) < 5 else 1
    rows = inbox_page(viewer(request), clock.today(), (number - 1) * PAGE, PAGE + 1)
    own = account_of(request).person_id
    context = {
        "nav": "messages",
        "rows": [(row, title_of(row.kind), row.person_id != own) for row in rows[:PAGE]],
        "previous_url": f"?page={number - 1}" if number > 1 else "",
        "next_url": f"?page={number + 1}" if len(rows) > PAGE else "",
    }
    return no_store(render(request, "portal/messages/inbox.html", context))


@require_safe
@citizen
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message. Opening it marks it as read."""
    actor, today = viewer(request), clock.today()
    row = get_object_or_404(messages_of(actor, today), pk=pk)
    index = index_of(request, row.person_id)
    suffix = f"?for={index}" if index else ""
    context = {
        "nav": "messages",
        "row": row,
        "for_ward": index > 0,
        "letter": letter(row, actor=actor, suffix=suffix, today=today),
    }
    mark_read(row)
    return no_store(render(request, "portal/messages/message.html", context))

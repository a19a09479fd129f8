"""Our own shapes: six marks of a finding and the outcomes of a check. They differ without colour."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

OPEN_24 = '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
OPEN_100 = '<svg viewBox="0 0 100 100" aria-hidden="true" focusable="false">'


def drawing(opening: str, *shapes: str) -> SafeString:
    return mark_safe(opening + "".join(shapes) + "</svg>")  # noqa: S308 - constants of this module


MARKS: dict[str, SafeString] = {
    "met": drawing(
        OPEN_24,
        '<circle cx="12" cy="12" r="11" fill="currentColor"/>',
        '<path d="M6.8 12.4l3.6 3.6 7-7.6" fill="none" stroke="#fff" stroke-width="2.6"'
        ' stroke-linecap="round" stroke-linejoin="round"/>',
    ),
    "unproven": drawing(
        OPEN_24,
        '<circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" stroke-width="2.2"'
        ' stroke-dasharray="3.6 2.7"/>',
        '<path d="M9.2 9.4a2.9 2.9 0 1 1 4 2.7c-.8.3-1.2.9-1.2 1.7" fill="none" stroke="currentColor"'
        ' stroke-width="2.2" stroke-linecap="round"/>',
        '<circle cx="12" cy="17" r="1.4" fill="currentColor"/>',
    ),
    "unmet": drawing(
        OPEN_24,
        '<path d="M7.4 1.5h9.2l5.9 5.9v9.2l-5.9 5.9H7.4l-5.9-5.9V7.4z" fill="none" stroke="currentColor"'
        ' stroke-width="2.2" stroke-linejoin="round"/>',
        '<path d="M8.4 8.4l7.2 7.2M15.6 8.4l-7.2 7.2" stroke="currentColor" stroke-width="2.6"'
        ' stroke-linecap="round"/>',
    ),
    "time": drawing(
        OPEN_24,
        '<circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" stroke-width="2.2"/>',
        '<path d="M12 6.2V12l3.8 2.6" fill="none" stroke="currentColor" stroke-width="2.4"'
        ' stroke-linecap="round" stroke-linejoin="round"/>',
    ),
    "look": drawing(
        OPEN_24,
        '<circle cx="12" cy="12" r="10.8" fill="none" stroke="currentColor" stroke-width="2"/>',
        '<path d="M5.5 12c3.4-5.4 9.6-5.4 13 0-3.4 5.4-9.6 5.4-13 0z" fill="none" stroke="currentColor"'
        ' stroke-width="2"/>',
        '<circle cx="12" cy="12" r="2.2" fill="currentColor"/>',
    ),
    "checking": drawing(
        OPEN_24,
        '<rect x="1.6" y="3.6" width="20.8" height="13.8" rx="4" fill="none" stroke="currentColor"'
        ' stroke-width="2.2"/>',
        '<path d="M6.6 17.2v4.6l5-4.6" fill="none" stroke="currentColor" stroke-width="2.2"'
        ' stroke-linejoin="round"/>',
        '<circle cx="7.4" cy="10.5" r="1.5" fill="currentColor"/>',
        '<circle cx="12" cy="10.5" r="1.5" fill="currentColor"/>',
        '<circle cx="16.6" cy="10.5" r="1.5" fill="currentColor"/>',
    ),
}

OUTCOMES: dict[str, SafeString] = {
    "valid": drawing(
        OPEN_100,
        '<circle cx="50" cy="50" r="46" fill="none" stroke="currentColor" stroke-width="7"/>',
        '<path d="M28 52l15 15 30-33" fill="none" stroke="currentColor" stroke-width="10"'
        ' stroke-linecap="round" stroke-linejoin="round"/>',
    ),
    "suspended": drawing(
        OPEN_100,
        '<rect x="6" y="6" width="88" height="88" rx="6" fill="none" stroke="currentColor"'
        ' stroke-width="7"/>',
        '<rect x="31" y="28" width="13" height="44" fill="currentColor"/>',
        '<rect x="56" y="28" width="13" height="44" fill="currentColor"/>',
    ),
    "terminated": drawing(
        OPEN_100,
        '<path d="M31 5h38l26 26v38l-26 26H31L5 69V31z" fill="none" stroke="currentColor" stroke-width="7"'
        ' stroke-linejoin="round"/>',
        '<path d="M26 50h48" stroke="currentColor" stroke-width="13"/>',
    ),
    "expired": drawing(
        OPEN_100,
        '<path d="M22 6h56M22 94h56M28 8c0 24 22 28 22 42S28 68 28 92M72 8c0 24-22 28-22 42s22 18 22 42"'
        ' fill="none" stroke="currentColor" stroke-width="7" stroke-linecap="round"'
        ' stroke-linejoin="round"/>',
        '<path d="M36 88c2-10 9-14 14-17 5 3 12 7 14 17z" fill="currentColor"/>',
    ),
    "forged": drawing(
        OPEN_100,
        '<path d="M50 6l46 84H4z" fill="none" stroke="currentColor" stroke-width="7"'
        ' stroke-linejoin="round"/>',
        '<path d="M50 34v28" stroke="currentColor" stroke-width="10" stroke-linecap="round"/>',
        '<circle cx="50" cy="77" r="6" fill="currentColor"/>',
    ),
    "unknown": drawing(
        OPEN_100,
        '<path d="M50 4l46 46-46 46L4 50z" fill="none" stroke="currentColor" stroke-width="6"'
        ' stroke-dasharray="10 7" stroke-linejoin="round"/>',
        '<path d="M39 41a11 11 0 1 1 16 10c-4 2-5 4-5 8" fill="none" stroke="currentColor" stroke-width="7"'
        ' stroke-linecap="round"/>',
        '<circle cx="50" cy="70" r="4.5" fill="currentColor"/>',
    ),
    "unreadable": drawing(
        OPEN_100,
        '<path d="M8 30V8h22M70 8h22v22M92 70v22H70M30 92H8V70" fill="none" stroke="currentColor"'
        ' stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>',
        '<path d="M4 54l16-9 15 12 15-14 15 14 15-12 16 9" fill="none" stroke="currentColor"'
        ' stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>',
    ),
}
OUTCOMES["stale"] = OUTCOMES["expired"]
OUTCOMES["not_a_permit"] = OUTCOMES["unknown"]
"""A code that can be checked without the service says the same with another word."""

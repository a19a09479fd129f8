"""Asking departments' own services (docs/bureaus.md): their addresses, one question, and when not to ask."""

"""The notice as code: pure functions of facts, a policy and a date. No Django, no clock, no I/O but the packs."""

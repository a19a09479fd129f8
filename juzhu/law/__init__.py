"""The notice as code: pure functions of facts, a policy and a date; no I/O but the packs."""

"""After issue: what follows from facts, corrections on proof, post-checks, hints, cases of fraud."""

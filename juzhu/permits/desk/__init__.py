"""Who has which case, how one ends that nobody answers, and what is filed against an answer."""

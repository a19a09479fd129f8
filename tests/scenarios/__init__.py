"""What the rules ask, told as people live it: one test or more for every row of docs/requirements.md."""

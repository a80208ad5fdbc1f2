"""The smt back end: questions about the policy itself, answered by a solver, with witnesses replayed by the definition."""

"""Summary: what a policy comes to for a whole workforce in counts: by rule, by group, and what is missing most often."""

from asnpolicy.decisions.summary.summary import Summary as Summary

"""Who and what a policy is about: employees, their histories, ranks, posts, NIP and the agency."""

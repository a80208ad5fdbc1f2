"""Letters: what an office writes to people: a notice of a decision, an assignment of a mentor, the page of a career card."""

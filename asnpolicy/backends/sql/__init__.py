"""SQL: the rules of a plan as one query, for a database to answer."""

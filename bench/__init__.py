"""Side-by-side benchmarks: the same people, the same question, in one run, each checked to give the same answers."""

"""The same meaning, four ways: compiled (one employee), columns (a workforce), rete (forward chaining), smt (proof)."""

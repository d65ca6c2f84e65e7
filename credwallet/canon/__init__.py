"""What exactly was signed: strict JSON, and the two canonical forms of it."""

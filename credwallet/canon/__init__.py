"""What exactly was signed: strict JSON, and the two canonical forms of it.

RFC 8259 and RFC 7493 (JSON), RFC 8785 (its canonical text), JSON-LD 1.1 and RDFC-1.0
(its canonical statements).
"""

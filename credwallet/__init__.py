"""credwallet: a learner's own wallet for micro-credentials."""

__version__ = "0.1.0"

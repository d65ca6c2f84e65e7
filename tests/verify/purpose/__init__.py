"""The rows answered otherwise on purpose, by kind."""

"""The command line: the only place that reads argv, environment, clock and terminal."""

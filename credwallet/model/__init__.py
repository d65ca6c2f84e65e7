"""What things are: plain immutable values. No input or output, no cryptography."""

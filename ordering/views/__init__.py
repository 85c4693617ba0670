"""What staff do with stock."""

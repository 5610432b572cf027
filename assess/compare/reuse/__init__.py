"""Text that several organisations share: runs of words, sentences, near-copies and clusters."""

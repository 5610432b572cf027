"""Sources in: the registry, and documents matched to it; originals kept by hash."""

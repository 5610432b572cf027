"""What a workspace holds, written for other programs and people: one module for each format."""

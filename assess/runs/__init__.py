"""What a run was made with, and whether it can be made again."""

"""Each organisation's statements year on year: what was kept, added, dropped and promised."""

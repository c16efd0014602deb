"""Who may see what, decided in one place, and who opened what, written down."""

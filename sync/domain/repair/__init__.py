"""What a repair decides: ``verify`` and ``verify_book`` name what is off in archive and book, ``rebuild`` makes a lost
archive list again, ``restore`` puts rows back, ``renumber`` and ``renumber_changes`` make a lost ledger again."""

"""Forms v1: the form, its publishing, its responses."""

"""The period's figures and documents."""

"""Sheets v4: the model of a spreadsheet and its methods."""

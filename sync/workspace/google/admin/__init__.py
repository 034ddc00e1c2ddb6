"""Setting an office up on Google and proving how Google behaves: what the daily job never does itself.

setup       all of it, in order, re-runnable        words      what people read in the form and the book
making      folder, spreadsheet and form, each once  calls      the few calls that only these commands need
book        the spreadsheet: read, plan, complete    form       the form: read, complete, publish
sharing     access for the groups in config          linking    the one step that a person has to do
probe       experiments on scratch objects of the real account
"""

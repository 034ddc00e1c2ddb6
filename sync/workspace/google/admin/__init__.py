"""Setting an office up on Google and proving how Google behaves: what the daily job never does itself.

setup       all of it, in order, re-runnable        words      what people read in the form and the book
making      folder, spreadsheet and form, each once  calls      the few calls that only these commands need
book, book_found, book_plan, book_warnings, look     the spreadsheet: read, plan, complete
form, form_plan   the form: read, complete, publish      session, signing_in, login   who the command is
sharing     access for the groups in config          linking    the one step that a person has to do
probe, probe_sheets, probe_drive   experiments on scratch objects of the real account
"""

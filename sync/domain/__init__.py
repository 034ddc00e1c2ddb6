"""Decisions: values in, values out. No clock, no file, no network, no logging.

Words (English in code, Indonesian for people):

- *response* (respons): what a visitor sent through the form; evidence, never edited.
- *registration* (registrasi): a response that was given a number, once and for ever.
- *agenda*: the agenda book (buku agenda), one row a registration; never a meeting plan.
- *step* (kegiatan): one of the SOP's three activities; its *standard* (mutu baku waktu) is in minutes.
- *verdict*: what is said of one step's time. *Finding* (temuan): what is said of one row.
- *telaahan*: the staff study written after a consultation; the word is kept, "staff study" says less.
- *recap* (rekap): the counts and lists of one period.

Every moment in this package is a naive ``datetime``: wall-clock time in the office's own zone (Asia/Pontianak, which
has no daylight saving). The edge (``cli``) converts. Every interval is half-open: its start is in it, its end is not.
"""

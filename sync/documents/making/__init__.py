"""The Word templates, written by Python: ``python -m sync.documents.making [NAMES]`` makes them again, byte for byte.

One module a document (:mod:`.receipt`, :mod:`.telaahan` …), all on the house style of :mod:`.style`. An officer changes
the .docx files in Word; whoever changes these modules instead makes the files again and commits both.
"""

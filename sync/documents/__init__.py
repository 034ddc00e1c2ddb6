"""Word documents: a template of the office, the fields of a document, the office's letterhead → the bytes of a .docx.

``templates`` reads and checks the templates of a folder; ``fieldcheck`` says what is wrong with one, ``tagcheck`` with
which of its tags; ``prepare`` lets docxtpl turn a template's XML into Jinja source, once; ``environment`` is the strict
sandbox the source runs in; ``render`` fills it in for one document; ``issued`` writes and reads the moment in its
properties; ``package`` writes the zip; ``images`` and ``charts`` make the pictures; ``sample`` invents an office's
visits, and ``tryout`` lets an officer try a template with them; ``pdf`` asks LibreOffice for a PDF.

What a template may say: the fields of its document (``sync.domain.fields``) and what the renderer adds, see
:func:`sync.documents.context.issue_context`; pictures by name (``{{ qr }}``, and those that
``charts.draw_charts(fields)`` returns, a mapping of names to :class:`~sync.documents.images.Picture`).
"""

"""Lists as files that people have: read with a preview, written so that they can be read again.

``reading.read(name, data)`` and ``writing.write(name, terms)``; the ending of the name tells the kind.
"""

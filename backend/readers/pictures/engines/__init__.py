"""The OCR engines, one module each; :mod:`backend.readers.pictures.ocr` chooses among them."""

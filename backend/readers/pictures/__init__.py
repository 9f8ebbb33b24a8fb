"""What the picture reader is made of: decoding, looking, OCR, orientation, safe copies."""

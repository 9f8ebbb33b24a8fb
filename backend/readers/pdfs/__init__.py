"""What the PDF reader is made of: pages and their text, what is covered, pages as pictures, the flat copy."""

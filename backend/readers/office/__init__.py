"""What readers of office files are made of: OOXML packages, OpenDocument files, OLE containers."""

"""Words before meaning: normalising with a way back, and looking up literals."""

"""Rules as data: what a rule is, how a pack is read, how a rule is matched, how it is proven."""

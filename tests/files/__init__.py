"""Files made as people's programs make them, with something hidden in each: the same arguments, the same words."""

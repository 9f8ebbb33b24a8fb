"""The learned half of situations: features, a linear model, and words that explain it."""

"""Second Look as it is installed: ``app/`` beside this file is laid out as the checkout is."""

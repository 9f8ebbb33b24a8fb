"""Speed and quality against the budgets; ``python -m benchmarks`` runs them all."""

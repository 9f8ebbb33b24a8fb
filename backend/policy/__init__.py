"""The policy as data: a table (JSON, TOML), profiles to begin from, four questions, and what it does to findings."""

"""What several servers of a team share: a secret, a broker."""

"""People of a team: their roles, how they join and how they sign in.  Pure: no web, no database."""

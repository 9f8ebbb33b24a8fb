"""The command line's commands: one module each, found by folder.

A module has ``HELP``, ``add_arguments(parser)`` and ``run(args) -> int``.  It imports
the web and the database only inside ``run``, so that ``--help`` answers at once.
"""

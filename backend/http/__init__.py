"""How requests are let in, read, answered and described; no resource of its own.

``api`` holds one blueprint a resource; what all of them share lives here.
"""

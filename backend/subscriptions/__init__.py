"""Lists and packs by subscription: fetched by HTTPS, signed, shown before they take effect.

What is in force stays so when the next version is bad.
"""

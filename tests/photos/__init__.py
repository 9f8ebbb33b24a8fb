"""Test photographs of invented papers, drawn and then warped as a phone would."""

"""How a message travels: stored, answered in one transaction, sent afterwards."""

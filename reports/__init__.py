"""What the Board and the admins read."""

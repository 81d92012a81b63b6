"""What is said: conversations as steps, a file each. `book.py` is their table."""

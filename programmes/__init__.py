"""What is run: a folder of data for each programme."""

"""What is kept: schema, migrations, and a file of SQL for each noun."""

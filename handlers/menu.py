"""Which commands a messenger offers. Rights are checked when a command runs, whatever a menu shows."""

MENU = ("dangky", "lich", "gopy", "hoso", "themmay", "doimay", "trogiup", "huy", "language")
"""Everybody's."""

OPERATOR_MENU = ("duyet", "tonghop", "tinhtrang", *MENU)
"""Theirs who have been given a right."""

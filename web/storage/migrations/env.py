"""What Alembic runs: the steps that are missing, within the transaction that the caller has begun.

A new step is a new file under versions/, with the next number; SQLite can add columns and tables, and change none.
"""

from alembic import context
from sqlalchemy import Connection

connection = context.config.attributes["connection"]
assert isinstance(connection, Connection)
context.configure(connection=connection, transactional_ddl=True)
context.run_migrations()

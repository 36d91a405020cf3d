"""The fields, the tables, appending, publishing and reading. Imports no other package of ours."""

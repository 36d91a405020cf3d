"""The sites: one YAML and, where needed, one small parser each."""

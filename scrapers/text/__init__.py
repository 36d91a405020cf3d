"""Text as values: normalising, dates, languages."""

"""The facts a release states, read from its text by an extraction grammar whose words are data."""

"""Are these facts believable, alone and beside what we knew? Great Expectations lives here only."""

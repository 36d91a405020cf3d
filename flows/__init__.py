"""What happens in which order, and the command line. No parsing, no arithmetic."""

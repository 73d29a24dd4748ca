"""What is typed in outreach."""

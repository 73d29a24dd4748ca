"""What the team and its leader may read: what is owed, a report, a journal, and the published figures."""

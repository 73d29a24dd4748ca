"""What the team may read: the board, a course, the month, inquiries and searches."""

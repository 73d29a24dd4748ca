"""The screens of this room: contacts, places (a partnership sets itself up), groups, and ours (the own authority)."""

"""Papers that leave: tagged PDF that a screen reader reads and an authority can send (house.md, floor 2)."""

"""Floor 6: the tovholder and what hangs on the network of one citizen."""

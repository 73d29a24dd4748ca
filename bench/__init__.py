"""Pages at the size of Denmark: a seeder and a measurer. Neither asserts a time; they print."""

"""What a result was made from, and whether that is still so: the text behind it, what it read, what it left. Nothing here judges."""

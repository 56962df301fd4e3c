"""What leads do for questions: name somebody, post one to a channel, choose which channels are open for them."""

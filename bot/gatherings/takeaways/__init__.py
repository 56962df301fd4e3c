"""Takeaways: what people take from a gathering, shared under its post by whoever likes, and what came of it later."""

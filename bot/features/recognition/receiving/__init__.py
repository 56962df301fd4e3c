"""What whoever is thanked reads, and what they make of it."""

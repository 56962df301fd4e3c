"""What leads see of load: totals by kind of work, of five people or more, and nobody by name."""

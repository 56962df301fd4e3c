"""What the archive's buttons are called where more than one room draws them."""

READ = "archive.read"  # opens a card; its value is the card's id

"""Points worth a quiet moment, celebrated as loudly as whoever reached them likes."""

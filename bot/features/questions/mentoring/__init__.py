"""How somebody helps: what they offer, which questions they take, how they like to be asked, and how it goes."""

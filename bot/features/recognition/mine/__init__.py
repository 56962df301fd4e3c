"""What belongs to one person: a page of their Home tab, and the same in the browser and on paper."""

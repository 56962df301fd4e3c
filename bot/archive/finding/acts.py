"""What the buttons and forms of finding are called, and where its pages on the Home tab are."""

PLACE = "find"
SEARCH, SEARCH_FORM = "archive.search", "archive.search_form"
FIND_TAG = "archive.find_tag"
ALL = "archive.all_results"  # its value is what was typed, veiled
EXACTLY, MORE, EARLIER = "archive.exactly", "archive.more", "archive.earlier"
LOOK_FOR_TAG = "archive.look_for_tag"
OPEN_COLLECTION = "archive.open_collection"
READ = "archive.read"  # its value is the card's id, as in all that follow
CHANGE = "archive.edit"  # the form in which a card is written anew; bot/archive/cards answers it
KEEP, LET_GO = "archive.bookmark", "archive.unbookmark"
WORKED, PARTLY, NOT, UNTOLD = "archive.worked", "archive.partly", "archive.not", "archive.untold"
STILL_TRUE, UNDO_STILL_TRUE = "archive.still_true", "archive.undo_still_true"
COLLECT, COLLECT_FORM, UNCOLLECT = "archive.collect", "archive.collect_form", "archive.uncollect"

"""Finding a time: offered from stated hours, agreed by everybody, kept in calendars."""

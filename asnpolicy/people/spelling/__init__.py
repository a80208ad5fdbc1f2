"""Spelling: one field of people, as the models write it and as offices and their spreadsheets do, wherever it is delivered."""

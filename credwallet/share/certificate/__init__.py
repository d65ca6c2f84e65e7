"""A certificate for people: one page that says what a credential says.

What it says (`wording`), in which letters (`lettering`, `direction`, `joining`), with
which picture (`picture`), where on the page (`page`) and in what kind of file
(`document`). Nothing is fetched, and nothing on the page is what proves anything: the
credential that the file carries is.
"""

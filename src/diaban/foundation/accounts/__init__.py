"""Sign-in: accounts, their preferences and the notices they get. A person may have none; an account is not a person."""

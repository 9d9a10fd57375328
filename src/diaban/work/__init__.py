"""One room per job of the authority; rooms of one shelf are strangers."""

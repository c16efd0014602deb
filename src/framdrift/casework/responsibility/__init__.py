"""Who has each case: given, taken, shared out when somebody leaves; and who has nobody."""

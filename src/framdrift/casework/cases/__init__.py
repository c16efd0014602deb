"""One registration period of one person: who has it now, and how far its journal has come."""

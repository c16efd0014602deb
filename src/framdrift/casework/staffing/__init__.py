"""Who works at an office, in which roles, cleared for whom, and away when: changed by those who may, and written down."""

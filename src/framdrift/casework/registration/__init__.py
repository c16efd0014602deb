"""The job-seeker's registration: a draft filled in by steps, and versions of what was sent, which never change."""

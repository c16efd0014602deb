"""The pages of the registration, shared by the job-seeker's portal and the staff who fill it in with somebody."""

"""Pages of the job-seeker: their own case, and nothing else."""

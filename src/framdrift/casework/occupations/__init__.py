"""What people work as: occupations with their codes of STYRK-08, found by fragments of their titles."""

"""The site: settings by environment, what start-up refuses, what every request passes through, and the root of URLs."""

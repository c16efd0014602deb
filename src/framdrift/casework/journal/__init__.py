"""What happened, written once: append-only, chained per case, sealed daily."""

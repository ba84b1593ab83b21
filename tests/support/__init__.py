"""What several tests need: real servers, real clients, and waiting for events instead of sleeping."""

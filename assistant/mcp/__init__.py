"""The assistant as a Model Context Protocol server, for chat clients and agents."""

"""Reading pages, feeds and sitemaps of other people's servers: politely, bounded, and never inside our own network."""

"""A site's page -> a release -> the facts it states. No polars, no Prefect, no Great Expectations."""

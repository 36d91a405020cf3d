"""A site's page -> a release -> the facts it states. No polars, Prefect or Great Expectations."""

"""What the server bears, beside the naive build under the same gunicorn: `python -m bench.load`."""

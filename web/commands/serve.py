"""`radce serve`."""

import gc
import os
import subprocess
import sys

import click


@click.command()
@click.option("--host", help="Address to listen on.  [default: RADCE_HOST or 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.  [default: RADCE_PORT or 8000]")
@click.option("--workers", type=click.IntRange(1, 64), help="Worker processes.  [default: RADCE_WORKERS or 2]")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Answer in the browser and over HTTP."""
    # Until all is loaded, nothing is garbage: a collector would look through what stays, again and again.
    gc.disable()
    from web.server import serve as serve_http
    from web.settings import Settings

    settings = Settings.from_environment(os.environ)
    chosen = {"host": host, "port": port, "workers": workers}
    settings = settings.model_copy(update={name: value for name, value in chosen.items() if value})
    if not (settings.index_dir / "current").is_file():
        _build_first()
    serve_http(settings)


def _build_first() -> None:
    """Build the index in a process of its own: a model that has been used does not survive a fork."""
    click.echo("There is no index yet: it is built first.", err=True)
    if code := subprocess.run([sys.executable, "-m", "web.cli", "index", "build"], check=False).returncode:
        sys.exit(code)

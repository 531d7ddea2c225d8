"""A real nginx with the project's own files, on ports of its own."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import ROOT, free_port, missing

PATIENCE = 60
HOST = "help.example.com"


@dataclass(frozen=True)
class Proxy:
    """An nginx that answers by HTTPS at a port of this machine, and by HTTP at another."""

    port: int
    plain_port: int
    folder: Path

    def log(self) -> str:
        """What it has logged of requests."""
        return (self.folder / "access.log").read_text(encoding="utf-8")

    @property
    def host(self) -> str:
        """The host and port that it was told that visitors see."""
        return f"{HOST}:{self.port}"


def find_nginx() -> str | None:
    """The program; systems keep it where only root looks for programs."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin")


def written(folder: Path, app: str, *, port: int, plain_port: int) -> Path:
    """The configuration, as compose.yaml puts it together, with paths and ports that any user may use."""
    nginx, openssl = find_nginx(), shutil.which("openssl")
    if nginx is None or openssl is None:
        missing("there is no nginx, or no openssl: apt-get install nginx openssl")
    key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
    made = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        f"/CN={HOST}",
        "-keyout",
        key,
        "-out",
        certificate,
    ]
    subprocess.run([openssl, *made], check=True, capture_output=True, timeout=PATIENCE)
    (folder / "radce").mkdir()
    for path in (ROOT / "deploy/nginx").iterdir():
        (folder / "radce" / path.name).write_text(_moved(path.read_text(encoding="utf-8"), folder), encoding="utf-8")
    template = (ROOT / "deploy/templates/host.conf.template").read_text(encoding="utf-8")
    (folder / "host.conf").write_text(
        template.replace("${RADCE_PUBLIC_URL}", f"https://{HOST}:{port}"), encoding="utf-8"
    )
    main = _moved((ROOT / "deploy/nginx.conf").read_text(encoding="utf-8"), folder)
    assert "rate=50r/s" in main
    main = main.replace("rate=50r/s", "rate=1r/s")  # so that a flood is one, however slow the machine is
    main = main.replace("include /etc/nginx/mime.types;", "").replace("server app:8000;", f"server {app};")
    main = re.sub(r"^ *listen \[::\].*$", "", main, flags=re.MULTILINE)
    main = main.replace("listen 8080", f"listen 127.0.0.1:{plain_port}").replace(
        "listen 8443", f"listen 127.0.0.1:{port}"
    )
    # Root's own folders are closed to the user that nginx would change to.
    (folder / "nginx.conf").write_text(("user root;\n" if os.geteuid() == 0 else "") + main, encoding="utf-8")
    return folder / "nginx.conf"


def _moved(text: str, folder: Path) -> str:
    """The paths of the containers, in the folder."""
    text = text.replace("/etc/nginx/certificates", str(folder)).replace("/etc/nginx/radce", f"{folder}/radce")
    text = re.sub(r"/tmp/(?=nginx\.pid|host|body|proxy|fastcgi|uwsgi|scgi)", f"{folder}/", text)
    return text.replace("/dev/stdout", f"{folder}/access.log").replace("/dev/stderr", f"{folder}/error.log")


@contextmanager
def proxying(folder: Path, app: str) -> Iterator[Proxy]:
    """A proxy in front of an app (host:port), stopped at the end."""
    proxy_port, plain_port = free_port(), free_port()
    file = written(folder, app, port=proxy_port, plain_port=plain_port)
    nginx = find_nginx()
    assert nginx is not None
    process = subprocess.Popen([nginx, "-c", file, "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    try:
        _wait(process, proxy_port)
        yield Proxy(proxy_port, plain_port, folder)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
            return
        except ConnectionRefusedError:
            assert process.poll() is None, "nginx did not start"
            assert time.monotonic() < end, "nginx takes no connections"
            time.sleep(0.01)

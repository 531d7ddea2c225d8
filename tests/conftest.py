"""What takes long is made once a session: the encoder, the index of the real content, a server.

Property tests draw 200 examples; `--hypothesis-profile=nightly` (make test-nightly) draws 10,000.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.vendor.pretty import for_type_by_name

from bot.assistant import Assistant
from index.encoder import BUNDLED_ENCODER, Encoder
from index.encoders import open_encoder
from index.pointer import current_folder
from index.store import build, open_index
from kb.load import BUNDLED_CONTENT
from tests.servers import Server, serving

ROOT = Path(__file__).parent.parent

# A reply of the real bot takes longer than Hypothesis expects of an example.
settings.register_profile("ci", max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", settings.get_profile("ci"), max_examples=10_000)
settings.load_profile("ci")
# An example that fails is told without the assistant, in which all of the content stands.
for_type_by_name("bot.assistant", "Assistant", lambda assistant, printer, cycle: printer.text("the assistant"))


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The bundled encoder, as it is served."""
    return open_encoder(str(BUNDLED_ENCODER))


@pytest.fixture(scope="session")
def index_dir(encoder: Encoder) -> Path:
    """A folder with the current index of the real content, kept between runs of the same code."""
    folder = ROOT / "var" / "tests" / f"index-{_code_hash()}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "building.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of several processes one builds, and the others find it built
        build(BUNDLED_CONTENT, folder, encoder)
    return folder


def _code_hash() -> str:
    """Of the modules that build an index: the index's own name tells changed content, encoder and weights."""
    digest = hashlib.sha256()
    for path in sorted([*(ROOT / "kb").glob("*.py"), *(ROOT / "index").glob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture(scope="session")
def assistant(index_dir: Path, encoder: Encoder) -> Assistant:
    """The assistant over the real content."""
    return Assistant.of(open_index(current_folder(index_dir), encoder))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Iterator[Server]:
    """A real server with two workers over the real content."""
    folder = tmp_path_factory.mktemp("server")
    settings = {"RADCE_INDEX_DIR": str(index_dir), "DATABASE_URL": f"sqlite:///{folder}/radce.db"}
    with serving(folder, settings) as started:
        yield started


@pytest.fixture(scope="session")
def server_url(server: Server) -> str:
    """The server's address, without a slash at the end."""
    return server.url

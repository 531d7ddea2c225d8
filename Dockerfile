# Radce with its index built in. Build: docker build -t radce . (PIP_EXTRA_INDEX_URL: PyTorch's own CPU index, for a small image)
FROM python:3.11-slim-bookworm AS build
ARG PIP_EXTRA_INDEX_URL=""
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_EXTRA_INDEX_URL=${PIP_EXTRA_INDEX_URL}
RUN python -m venv /opt/radce
WORKDIR /build
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY kb ./kb
COPY index ./index
COPY bot ./bot
COPY web ./web
RUN /opt/radce/bin/pip install -c constraints.txt . \
    && RADCE_INDEX_DIR=/srv/radce/index /opt/radce/bin/radce index build

FROM python:3.11-slim-bookworm
ENV PATH=/opt/radce/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    RADCE_HOST=0.0.0.0 \
    RADCE_INDEX_DIR=/srv/radce/index \
    DATABASE_URL=sqlite:////var/lib/radce/radce.db
RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/radce --create-home --shell /usr/sbin/nologin radce
COPY --from=build /opt/radce /opt/radce
COPY --from=build /srv/radce /srv/radce
WORKDIR /var/lib/radce
USER 10001:10001
VOLUME ["/var/lib/radce"]
EXPOSE 8000
# The root file system may be read-only: what is written goes into the volume, or into /tmp.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["radce", "serve"]

# One image for every role: `serve`, `serve --role web`, `serve --role worker`, `migrate`, `doctor` and the rest.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/perennial \
    && /opt/perennial/bin/pip install --no-cache-dir --require-hashes -r requirements.lock \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE manifest.yml ./
COPY bot bot
COPY migrations migrations
RUN /opt/build/bin/python -m hatchling build -t wheel -d /tmp/wheel \
    && /opt/perennial/bin/pip install --no-cache-dir --no-deps --no-index /tmp/wheel/*.whl

FROM python:${PYTHON}-slim
RUN groupadd --gid 10001 perennial \
    && useradd --uid 10001 --gid perennial --home-dir /data --create-home --shell /usr/sbin/nologin perennial
COPY --from=build /opt/perennial /opt/perennial
ENV PATH=/opt/perennial/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/perennial.db \
    LOG_FORMAT=json \
    HOST=0.0.0.0 \
    PORT=3000
# By number, so that an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
# Not `perennial healthcheck`, which loads the whole bot to ask; and not urllib, which might ask through a proxy.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", "import http.client, os; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["perennial"]
CMD ["serve"]

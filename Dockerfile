# emulate for `docker run` and `docker compose` (docs/docker.md). It needs BuildKit, Docker's builder since version 23.
#
#   docker build -t emulate .
#   docker build -t emulate:nodejs --target nodejs .      with Node.js for functions that need it
#
# BASE and NODE name other images to start from: any with Python 3.11 or newer as `python3`, with its `venv`, and any
# with Node.js in /usr/local, as Docker's own have it. Behind a company's package index its settings are passed as
# secrets, of which nothing stays in the image: --secret id=pip,src=pip.conf --secret id=ca,src=ca.pem

ARG BASE=python:3.13-slim
ARG NODE=node:22-slim

FROM ${BASE} AS build
WORKDIR /build
COPY requirements/serve.txt .
# What was last tested, by its hashes, and nothing that a compiler would have to make. The second `pip` is without an index.
RUN --mount=type=secret,id=pip --mount=type=secret,id=ca --mount=type=cache,target=/root/.cache/pip \
    export PIP_CONFIG_FILE=/run/secrets/pip PIP_DISABLE_PIP_VERSION_CHECK=1 \
    && if [ -s /run/secrets/ca ]; then export PIP_CERT=/run/secrets/ca; fi \
    && python3 -m venv builder \
    && builder/bin/pip download --quiet --require-hashes --only-binary :all: --dest wheels --requirement serve.txt \
    && builder/bin/pip install --quiet --no-index --find-links wheels --require-hashes --requirement serve.txt
COPY pyproject.toml README.md LICENSE emulator.yaml emulator.schema.json ./
COPY sample_handlers sample_handlers
COPY examples/page examples/page
COPY emulator emulator
# Without pip, and without what only builds: a folder that `emulate` alone looks into, so that functions, which run in the
# same Python, see the packages that an image made from this one installs, and none of emulate's.
RUN export PIP_DISABLE_PIP_VERSION_CHECK=1 \
    && builder/bin/pip wheel --quiet --no-index --no-deps --no-build-isolation --wheel-dir dist . \
    && builder/bin/pip install --quiet --no-index --find-links wheels --target /opt/emulate dist/*.whl \
    && printf '%s\n' '#!/usr/bin/env -S python3 -I' 'import sys' '' 'sys.path.insert(1, "/opt/emulate")' '' \
        'from emulator.cli.main import main' '' 'sys.exit(main())' > /opt/emulate/bin/emulate \
    && find /opt/emulate/bin -type f ! -name emulate -delete

FROM ${BASE} AS api
COPY --from=build /opt/emulate /opt/emulate
RUN ln -s /opt/emulate/bin/emulate /usr/local/bin/emulate \
    && useradd --create-home --non-unique --uid 1000 --shell /usr/sbin/nologin emulate
USER emulate
WORKDIR /srv/api
# Published ports come in by the container's own address, not by its loopback. Whom that lets in, `serve` says.
ENV EMULATE_HOST=0.0.0.0 \
    EMULATE_CONTROL_HOST=0.0.0.0 \
    EMULATE_CONTROL_PORT=4000
EXPOSE 3000 4000
HEALTHCHECK --interval=3s --timeout=10s --start-period=30s --retries=3 \
    CMD ["emulate", "wait", "--timeout", "0", "http://127.0.0.1:4000"]
ENTRYPOINT ["emulate"]
CMD ["serve"]

FROM ${NODE} AS node

FROM api AS nodejs
COPY --from=node /usr/local/bin/node /usr/local/bin/node

# The default, without Node.js.
FROM api

# PostgreSQL 15 under Patroni, from Debian's own packages.
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-15 patroni python3-etcd3 && rm -rf /var/lib/apt/lists/* \
    && rm -rf /var/lib/postgresql/15
USER postgres
VOLUME /var/lib/postgresql

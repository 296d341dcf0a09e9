# The desk's image with pg_dump and pg_restore, for `backup` and `restore` on PostgreSQL. Build the desk's image first (docs/operations.md).
ARG CHATDESK_IMAGE=chatdesk:1.0
FROM ${CHATDESK_IMAGE}
USER root
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
USER $APP_UID

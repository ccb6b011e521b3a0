#!/bin/bash
# The role that owns the schema: no superuser, so that row-level security binds it too; it makes `lyss_app` itself.
set -euo pipefail
psql --set ON_ERROR_STOP=1 --set password="$LYSS_OWNER_PASSWORD" --username postgres <<'SQL'
create role lyss_owner login createrole nosuperuser nobypassrls password :'password';
create database lyss owner lyss_owner;
SQL

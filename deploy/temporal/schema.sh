#!/bin/sh
# Makes Temporal's two databases, or brings their schema up to this version of the server. Safe to repeat.
set -eu
tool() { temporal-sql-tool --plugin postgres12 --endpoint postgres --port 5432 --user tandem "$@"; }
for pair in temporal:temporal temporal_visibility:visibility; do
  database=${pair%%:*}
  tool --database "$database" create
  tool --database "$database" setup-schema --version 0.0
  tool --database "$database" update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/${pair##*:}/versioned"
done

#!/usr/bin/env bash
# Runs a command with DATABASE_URL set to a PostgreSQL of its own, made in a temporary folder and gone afterwards.
# TIENDO_PG_DURABLE=1 keeps writes as safe as in production (for measuring); tests do without.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/debian.sh

[ $# -gt 0 ] || { say "Cách dùng: scripts/postgres.sh LỆNH…"; exit 2; }
need postgresql '/usr/lib/postgresql/*/bin/initdb'
bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)
home=$(mktemp -d /tmp/tiendo-postgres.XXXXXX)

# The server refuses to run as root; the package made a user for it.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

stop() {
    as_server "$bin/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap stop EXIT

[ "$(id -u)" != 0 ] || chown postgres: "$home"
port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
options="-p $port -k $home -c listen_addresses=127.0.0.1 -c max_connections=200"
[ "${TIENDO_PG_DURABLE:-0}" = 1 ] || options+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
as_server "$bin/initdb" -D "$home/data" -U tiendo -E UTF8 --locale=C.UTF-8 --auth=trust >/dev/null
if ! as_server "$bin/pg_ctl" -D "$home/data" -l "$home/log" -o "$options" -w start >/dev/null; then
    say "PostgreSQL không khởi động được:"
    cat "$home/log" >&2 || true
    exit 1
fi
as_server "$bin/createdb" -h 127.0.0.1 -p "$port" -U tiendo tiendo

DATABASE_URL="postgres://tiendo@127.0.0.1:$port/tiendo" "$@"

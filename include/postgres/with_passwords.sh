#!/bin/sh
# Start a command with a password file of the PostgreSQL client, made of the secrets that the
# service was given: no password stands in a URI or in the environment.
set -eu
umask 077
: > "$PGPASSFILE"

add() {
    secret="$SECRETS_FOLDER/$2"
    [ -e "$secret" ] || return 0
    if [ ! -s "$secret" ]; then
        echo "The secret $2 is empty. Next: set its variable; docker-compose.yaml names it." >&2
        exit 1
    fi
    printf '*:*:*:%s:%s\n' "$1" "$(sed 's/[\\:]/\\&/g' "$secret")" >> "$PGPASSFILE"
}

add postgres postgres-password
add airflow airflow-database-password
add regulars warehouse-password
exec "$@"

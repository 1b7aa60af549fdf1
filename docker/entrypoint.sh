#!/bin/sh
# Runs the same supervisor, with the same server configuration, as ./run does.
set -eu

home=$(cd "$(dirname "$0")" && pwd)

# Container engines hand secrets over as files: the content of NAME_FILE becomes NAME.
for name in DATABASE_URL DATABASE_PASSWORD BROKER_ENCRYPTION_KEY CLI_SYNC_SECRET SMTP_PASSWORD \
  OIDC_CLIENT_SECRET; do
  eval "file=\${${name}_FILE-}"
  if [ -n "$file" ]; then
    [ -r "$file" ] || {
      echo "claudemesh: ${name}_FILE names $file, which cannot be read" >&2
      exit 1
    }
    export "$name=$(cat "$file")"
  fi
done

if [ -z "${DATABASE_URL-}" ]; then
  echo "claudemesh: set DATABASE_URL or DATABASE_URL_FILE; the image holds no database" >&2
  exit 1
fi

# Inside the container every address is the container's own; what of it is reachable is decided outside.
export CLAUDEMESH_LISTEN_ADDRESS="${CLAUDEMESH_LISTEN_ADDRESS:-0.0.0.0}"

case ${1-} in
  status | stop | logs | help) ;;
  *) set -- --with-log "$@" ;;
esac

exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp "$home/lib/*" com.claudemesh.distribution.Main \
  --port "${CLAUDEMESH_PORT:-7900}" --data "${CLAUDEMESH_DATA_DIR:-/data}" "$@"

#!/bin/bash
# Succeeds when the server in this container is ready. Bash's own sockets: the image has no HTTP client.
set -eu

exec 3<>"/dev/tcp/127.0.0.1/${CLAUDEMESH_PORT:-7900}"
printf 'GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r -t 4 _ status _ <&3
[ "$status" = 200 ]

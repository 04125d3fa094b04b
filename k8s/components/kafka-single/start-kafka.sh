#!/bin/sh
# Starts the broker of image apache/kafka as the image's own script does, but on a file system that is read-only except for /tmp, and
# also with storage that is already formatted.
set -eu

# Settings: server.properties beside this script, and those derived from variables KAFKA_*.
settings=/tmp/kafka
mkdir -p "$settings" /tmp/mounted
cp /etc/kafka/docker/*.properties /etc/kafka/docker/*.yaml "$settings"
# The copy can be written, which a mounted file cannot.
cat "${0%/*}/server.properties" > /tmp/mounted/server.properties
export LOG_DIR="$settings/logs"

setup=$(/opt/kafka/bin/kafka-run-class.sh kafka.docker.KafkaDockerWrapper setup --default-configs-dir /etc/kafka/docker \
  --mounted-configs-dir /tmp/mounted --final-configs-dir "$settings" 2>&1) || {
  echo "$setup"
  echo "$setup" | grep -q 'already formatted'
}
exec /opt/kafka/bin/kafka-server-start.sh "$settings/server.properties"

#!/bin/sh
# Starts the broker of image apache/kafka as the image's own script does, but on a file system that is read-only except for /tmp, and
# also with storage that is already formatted.
set -eu

# Settings: the image's own, or those derived from variables KAFKA_*.
settings=/tmp/kafka
mkdir -p "$settings"
cp /etc/kafka/docker/*.properties /etc/kafka/docker/*.yaml "$settings"
export LOG_DIR="$settings/logs"

setup=$(/opt/kafka/bin/kafka-run-class.sh kafka.docker.KafkaDockerWrapper setup --default-configs-dir /etc/kafka/docker \
  --mounted-configs-dir /mnt/shared/config --final-configs-dir "$settings" 2>&1) || {
  echo "$setup"
  echo "$setup" | grep -q 'already formatted'
}
exec /opt/kafka/bin/kafka-server-start.sh "$settings/server.properties"
